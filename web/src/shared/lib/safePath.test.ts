import { expect, test } from 'vitest';
import { safePath } from './safePath';

test('a path of this site is kept with its query', () => {
  expect(safePath('/r/abc-defg-hij?x=1')).toBe('/r/abc-defg-hij?x=1');
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', undefined, 7])(
  'anything else leads home: %s',
  (next) => {
    expect(safePath(next)).toBe('/');
  },
);
