import { expect, test } from 'vitest';
import { orderOf, usualRule } from './rule';

test('an emptied field asks for nothing, and hours are left to the server', () => {
  expect(orderOf({ ...usualRule, minShare: '' })).toEqual({
    rule: { roles: ['speaker', 'moderator', 'listener'], minMinutes: 0, minShare: 0 },
  });
  expect(orderOf({ ...usualRule, hours: 4 })).toMatchObject({ hours: 4 });
});
