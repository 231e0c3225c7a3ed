import type { Position } from '@/shared/api';
import { isoDay } from './dates';

/** The dictionary without positions that may not be given today. */
export function inForce<List extends { items: Position[] }>(list: List, day = isoDay(new Date())): List {
  const items = list.items.filter(({ from, until }) => (from === null || from <= day) && (until === null || day <= until));
  return { ...list, items };
}
