import type { Passport } from '@/shared/api';
import { isoDay } from '@/shared/lib/dates';

/** What a new project starts with: this year's term and nothing else. */
export function emptyPassport(now: Date): Passport {
  const day = isoDay(now);
  const year = day.slice(0, 4);
  return {
    format: 2,
    title: '',
    goal: '',
    start: day.slice(0, 7),
    end: `${year}-12`,
    approval: { body: '', date: day, minutesNumber: '' },
    head: '',
    responsibleExecutor: '',
    participants: [],
    municipalProgrammes: [],
    regionalPriorityProjects: [],
    results: [],
    indicators: [],
    funding: [],
    stages: [],
    risks: [],
  };
}
