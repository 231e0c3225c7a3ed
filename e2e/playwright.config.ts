import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { launchOptions } from './harness/browser';
import { output } from './harness/kafedra';

export default defineConfig({
  globalSetup: './harness/setup.ts',
  outputDir: path.join(output, 'results'),
  // One browser process and a few contexts: two cores also run the server and every encoder.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  // The machines are shared: a scenario that a busy minute failed has one more try, and the run names it.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  globalTimeout: 35 * 60_000,
  reporter: [['list'], ['json', { outputFile: path.join(output, 'report.json') }]],
  use: {
    launchOptions,
    actionTimeout: 20_000,
    navigationTimeout: 20_000,
  },
  projects: [
    { name: 'scenarios', testDir: './specs' },
    { name: 'screenshots', testDir: './screenshots' },
    { name: 'bench', testDir: './bench', testMatch: '*.bench.ts', timeout: 180_000 },
  ],
});
