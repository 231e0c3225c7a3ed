import type { Present } from '@/shared/api';

const fold = (text: string) => text.toLowerCase().replaceAll('ё', 'е');

/** Those whose name or institution holds every typed word. */
export function matching(items: readonly Present[], typed: string): Present[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  return items.filter((one) => {
    const text = fold(`${one.name} ${one.institution}`);
    return words.every((word) => text.includes(word));
  });
}
