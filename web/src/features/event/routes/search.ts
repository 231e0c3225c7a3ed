import { compact, textOf } from '@/shared/lib/search';

/** With what a new meeting begins. */
export type NewEventSearch = {
  /** The association that meets. */
  associationId?: string;
};

export function parseNewEventSearch(search: Record<string, unknown>): NewEventSearch {
  return compact({ associationId: textOf(search['associationId']) });
}
