import { expect, test } from 'vitest';
import en from '../i18n/en.json';
import ru from '../i18n/ru.json';
import { sections } from './sections';

test.each([
  ['ru', ru],
  ['en', en],
])('every step of the help has its words in %s', (_, texts) => {
  for (const { id, steps } of sections) {
    const chapter = texts[id] as Record<string, string>;
    for (const step of ['title', ...steps]) expect(chapter[step], `${id}.${step}`).toBeTruthy();
    expect(Object.keys(chapter)).toHaveLength(steps.length + 1);
  }
});
