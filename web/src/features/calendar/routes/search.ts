import type { EventKind } from '@/shared/api';
import { compact, flagOf, textOf } from '@/shared/lib/search';

export type CalendarView = 'month' | 'week' | 'list';

/** All of a calendar's state: an address shows the same to whoever opens it. */
export type CalendarSearch = {
  /** A month when left out. */
  view?: 'week' | 'list';
  /** A day within the span that is shown, 2026-11-24; today when left out. */
  day?: string;
  associationId?: string;
  institutionId?: string;
  kind?: EventKind;
  subject?: string;
  /** Only what concerns me. */
  mine?: true;
};

const kinds: EventKind[] = [
  'association_meeting',
  'staff_meeting',
  'webinar',
  'master_class',
  'conference',
  'lesson',
  'training',
  'contest_stage',
  'celebration',
  'readiness_test',
];

export function parseCalendarSearch(search: Record<string, unknown>): CalendarSearch {
  const view = textOf(search['view']);
  const day = textOf(search['day']);
  const kind = textOf(search['kind']);
  return compact({
    view: view === 'week' || view === 'list' ? view : undefined,
    day: day && /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : undefined,
    associationId: textOf(search['associationId']),
    institutionId: textOf(search['institutionId']),
    kind: kinds.find((known) => known === kind),
    subject: textOf(search['subject']),
    mine: flagOf(search['mine']),
  });
}

export { kinds };
