import type { TFunction } from 'i18next';
import { ApiError } from '@/shared/api';

export type ErrorWords = {
  title: string;
  text: string;
  code: string;
  /** What is most likely to help: try again, sign in, go elsewhere, or what the words themselves say. */
  remedy: 'retry' | 'signIn' | 'home' | 'words';
};

/** People's words for a failure: the server's own where it has them, ours otherwise. */
export function wordsOf(error: unknown, t: TFunction<'shared'>): ErrorWords {
  if (!(error instanceof ApiError)) {
    return { title: t('errors.unknown.title'), text: t('errors.unknown.text'), code: 'client', remedy: 'retry' };
  }
  const { status, code, title, detail } = error.problem;
  const own = ourWords(status, t);
  return {
    title: title ?? own.title,
    text: detail ?? (title === undefined ? own.text : ''),
    code,
    // A wrong password is a 401 too, and signing in is what the person is doing.
    remedy: own.remedy === 'signIn' && code.startsWith('sign_in.') && code !== 'sign_in.needed' ? 'words' : own.remedy,
  };
}

/** The sign-in page, and from there back to this one. */
export function signInHref(): string {
  const { pathname, search } = window.location;
  return `/sign-in?next=${encodeURIComponent(pathname + search)}`;
}

function ourWords(status: number, t: TFunction<'shared'>): Omit<ErrorWords, 'code'> {
  if (status === 0) return { title: t('errors.network.title'), text: t('errors.network.text'), remedy: 'retry' };
  if (status === 401) return { title: t('errors.signIn.title'), text: t('errors.signIn.text'), remedy: 'signIn' };
  if (status === 403) return { title: t('errors.forbidden.title'), text: t('errors.forbidden.text'), remedy: 'home' };
  if (status === 404) return { title: t('errors.notFound.title'), text: t('errors.notFound.text'), remedy: 'home' };
  if (status === 429) return { title: t('errors.tooMany.title'), text: t('errors.tooMany.text'), remedy: 'retry' };
  if (status >= 500) return { title: t('errors.server.title'), text: t('errors.server.text'), remedy: 'retry' };
  return { title: t('errors.unknown.title'), text: t('errors.unknown.text'), remedy: 'words' };
}
