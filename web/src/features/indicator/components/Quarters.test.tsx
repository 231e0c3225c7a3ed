import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { IndicatorFigure } from '@/shared/api';
import { show } from '@/shared/testing/render';
import indicator from '../i18n/ru.json';
import { Quarters } from './Quarters';

const figure: IndicatorFigure = {
  key: 'qualification',
  name: null,
  source: { computed: { who: { groups: ['teaching', 'management'] }, evidence: 'qualification', base: 'share' } },
  ordinal: 1,
  unit: 'percent',
  value: 8650,
  counted: 173,
  members: 200,
  withoutParentalLeave: null,
  plan: 8700,
  light: 'yellow',
  baseYear: 2016,
  baseValue: 8500,
  quarters: [
    { year: 2017, quarter: 1, plan: null, value: 8500, counted: 170, members: 200, light: 'grey', revision: 0, toSign: true },
    { year: 2017, quarter: 2, plan: 8600, value: 8600, counted: 172, members: 200, light: 'green', revision: 1, toSign: false },
    { year: 2017, quarter: 3, plan: 8700, value: 8650, counted: 173, members: 200, light: 'yellow', revision: 0, toSign: false },
    { year: 2017, quarter: 4, plan: 8800, value: null, counted: 0, members: 0, light: 'grey', revision: 0, toSign: false },
  ],
};

it('writes the value and the plan of every quarter below its column', async () => {
  await show(<Quarters figure={figure} />, { texts: { indicator } });
  const quarters = within(screen.getByRole('list', { name: 'По кварталам' })).getAllByRole('listitem');
  expect(quarters.map((one) => one.textContent)).toEqual([
    'I кв.85 %без плана',
    'II кв.86 %план 86 %подписан',
    'III кв.86,5 %план 87 %',
    'IV кв.—план 88 %',
  ]);
});
