import type { PassportChange } from '@/shared/api';
import type { Language } from '@/shared/i18n';
import { formatMoney, formatValue } from '@/shared/lib/figures';

/** Names of a passport's fields that have words of their own. */
export const fieldNames = [
  'title', 'goal', 'start', 'end', 'approval', 'body', 'date', 'minutesNumber', 'head', 'responsibleExecutor',
  'participants', 'position', 'organisation', 'part', 'municipalProgrammes', 'regionalPriorityProjects', 'results',
  'text', 'indicator', 'indicators', 'name', 'unit', 'baseYear', 'baseValue', 'plan', 'value', 'denominator', 'source',
  'funding', 'planKopecks', 'actualKopecks', 'stages', 'checkpoints', 'needs', 'serves', 'risks', 'measure',
  'probability', 'impact', 'owner', 'status', 'expenses', 'statedTotals', 'kopecks', 'number', 'year', 'quarter',
] as const;

export type FieldName = (typeof fieldNames)[number];

/** `indicators/1/plan/2017 4/value`, part by part: words where there are any, else the row's own number. */
export function fieldParts(field: string): (FieldName | { row: string })[] {
  return field.split('/').map((part) => fieldNames.find((name) => name === part) ?? { row: part });
}

/** One side of a change as people read it; a dash where there is nothing. */
export function changeValue({ field }: Pick<PassportChange, 'field'>, value: unknown, language: Language): string {
  if (value === null || value === undefined) return '—';
  const name = field.split('/').at(-1) ?? '';
  if (typeof value === 'number') {
    if (/kopecks$/i.test(name)) return formatMoney(value, language);
    return name === 'value' || name === 'baseValue' ? formatValue(value, 'count', language) : String(value);
  }
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((one: unknown) => changeValue({ field: '' }, one, language)).join('; ') || '—';
  const row = value as Record<string, unknown>;
  // A row that came or went is known by its words.
  const words = [row['number'] ?? row['ordinal'], row['name'] ?? row['text'] ?? row['position'], row['organisation']];
  const told = words.filter((word) => typeof word === 'string' || typeof word === 'number').join(' ');
  return told || JSON.stringify(value);
}
