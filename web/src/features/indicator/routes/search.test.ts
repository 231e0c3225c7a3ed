import { expect, it } from 'vitest';
import { parseIndicatorSearch, parseIndicatorsSearch } from './search';

it('reads an address that anyone may have typed', () => {
  expect(parseIndicatorsSearch({ day: '2017-12-31', institutionId: 'a', position: 'teacher', subject: 'Физика', parental: true })).toEqual({
    day: '2017-12-31',
    institutionId: 'a',
    position: 'teacher',
    subject: 'Физика',
    parental: true,
  });
  for (const day of ['31.12.2017', '2017-13-01', '', 5]) expect(parseIndicatorsSearch({ day })).toEqual({});
  expect(parseIndicatorSearch({ shown: 'counted', page: 2 })).toEqual({ shown: 'counted', page: 2 });
  expect(parseIndicatorSearch({ shown: 'others', page: 1, parental: 'yes' })).toEqual({});
});
