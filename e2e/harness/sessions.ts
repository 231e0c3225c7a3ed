import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from '@playwright/test';
import { signIn } from '../pages/sign-in';
import { desktop } from './browser';
import { output } from './kafedra';

/** The accounts of the demo city; each signs in with the word itself. */
export type Role = 'admin' | 'methodist' | 'coordinator' | 'director' | 'teacher' | 'teacher2' | 'official';

export const DEMO_PASSWORD = 'kafedra-demo';

/** Signs a role in through the pages, once for a run and a server, and returns the file that keeps the session. */
export async function storedSession(browser: Browser, origin: string, role: Role): Promise<string> {
  const folder = path.join(output, 'sessions');
  const file = path.join(folder, `${new URL(origin).port}-${role}.json`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const context = await browser.newContext({ ...desktop, baseURL: origin, locale: 'ru-RU' });
  try {
    await signIn(await context.newPage(), role, DEMO_PASSWORD);
    await context.storageState({ path: file });
  } finally {
    await context.close();
  }
  return file;
}
