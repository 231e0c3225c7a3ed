/** The papers of a project, as the server names them. */
export const papers = [
  'passport',
  'master-plan',
  'schedule',
  'monthly-report',
  'quarterly-report',
  'final-report',
  'figures',
] as const;

export type PaperName = (typeof papers)[number];
export type PaperFormat = 'pdf' | 'docx' | 'xlsx';

export function formatsOf(paper: PaperName): PaperFormat[] {
  return paper === 'figures' ? ['xlsx'] : ['pdf', 'docx'];
}

/** Where a paper is; without a day it is today's. */
export function paperHref(paper: PaperName, format: PaperFormat, day: string): string {
  const query = new URLSearchParams({ format, ...(day && { date: day }) });
  return `/api/project/papers/${paper}?${query.toString()}`;
}
