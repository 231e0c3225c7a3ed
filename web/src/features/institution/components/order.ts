import type { Institution } from '@/shared/api';

const byWords = new Intl.Collator('ru', { numeric: true });

/** Institutions by a column: `name`, `kind` or `people`, with a minus for the other way round. School 2 before School 10. */
export function inOrder(institutions: Institution[], sort: string, kindOf: (one: Institution) => string): Institution[] {
  const byName = (a: Institution, b: Institution) => byWords.compare(a.shortName || a.name, b.shortName || b.name);
  const column = sort.replace(/^-/, '');
  const compare = (a: Institution, b: Institution) => {
    if (column === 'kind') return byWords.compare(kindOf(a), kindOf(b)) || byName(a, b);
    if (column === 'people') return (a.peopleCount ?? 0) - (b.peopleCount ?? 0) || byName(a, b);
    return byName(a, b);
  };
  const direction = sort.startsWith('-') ? -1 : 1;
  return [...institutions].sort((a, b) => direction * compare(a, b));
}
