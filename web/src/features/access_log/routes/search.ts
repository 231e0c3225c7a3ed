import { compact, pageOf, textOf } from '@/shared/lib/search';

export type AccessLogSearch = { subjectId?: string; actorId?: string; page?: number };

export function parseAccessLogSearch(search: Record<string, unknown>): AccessLogSearch {
  return compact({ subjectId: textOf(search['subjectId']), actorId: textOf(search['actorId']), page: pageOf(search['page']) });
}
