import { expect, it } from 'vitest';
import { fromChoices, toChoices } from './disseminating';

it('takes settings apart and puts them together again', () => {
  const settings = [
    { role: 'speaker' as const, kinds: [] },
    { role: 'host' as const, kinds: ['lesson' as const, 'master_class' as const] },
  ];
  expect(fromChoices(toChoices(settings))).toEqual(settings);
});

it('shows a role that counts anywhere as such, whatever else is written of it', () => {
  const choices = toChoices([
    { role: 'speaker', kinds: ['webinar'] },
    { role: 'speaker', kinds: [] },
  ]);
  expect(choices.find(({ role }) => role === 'speaker')).toEqual({ role: 'speaker', counts: true, kinds: [] });
});
