import { compact, flagOf, pageOf, textOf } from '@/shared/lib/search';

/** For which day and part of the city. */
export type IndicatorsSearch = {
  /** As 2017-12-31; today without it. */
  day?: string;
  institutionId?: string;
  position?: string;
  /** Of an association that people belong to. */
  subject?: string;
  /** Without those on parental leave. */
  parental?: true;
};

export type Shown = 'counted' | 'uncounted';

export type IndicatorSearch = IndicatorsSearch & { shown?: Shown; page?: number };

export function parseIndicatorsSearch(search: Record<string, unknown>): IndicatorsSearch {
  const day = textOf(search['day']);
  return compact({
    day: day && /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : undefined,
    institutionId: textOf(search['institutionId']),
    position: textOf(search['position']),
    subject: textOf(search['subject']),
    parental: flagOf(search['parental']),
  });
}

export function parseIndicatorSearch(search: Record<string, unknown>): IndicatorSearch {
  const shown = search['shown'];
  return compact({
    ...parseIndicatorsSearch(search),
    shown: shown === 'counted' || shown === 'uncounted' ? shown : undefined,
    page: pageOf(search['page']),
  });
}
