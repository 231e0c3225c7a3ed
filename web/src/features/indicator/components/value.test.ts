import { describe, expect, it } from 'vitest';
import { heights } from './value';

describe('a chart', () => {
  it('is filled by its greatest value or plan', () => {
    expect(heights([1000, 2000, null], [null, 1500, 4000])).toEqual([
      { value: 25, plan: null },
      { value: 50, plan: 37.5 },
      { value: 0, plan: 100 },
    ]);
  });

  it('stays flat without any value', () => {
    expect(heights([null, 0], [null, null])).toEqual([
      { value: 0, plan: null },
      { value: 0, plan: null },
    ]);
  });
});
