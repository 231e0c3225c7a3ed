import { expect, test } from 'vitest';
import { meeting } from '@/shared/testing/meetings';
import type { EventTemplate } from '@/shared/api';
import { blankEvent, draftOf, spanOf, valuesOf, withTemplate } from './eventForm';

test('a new meeting is offered at a time that can still be reached', () => {
  const values = blankEvent(new Date(2026, 10, 24, 23, 58));
  expect([values.day, values.time]).toEqual(['2026-11-25', '00:15']);
});

test('what is sent is the moment in universal time, start and end', () => {
  const values = { ...blankEvent(new Date(2026, 10, 24, 9)), title: '  Педсовет ', day: '2026-11-24', time: '14:00', minutes: '90' };
  const draft = draftOf(values);
  expect(draft?.title).toBe('Педсовет');
  expect(draft?.startsAt).toBe(new Date(2026, 10, 24, 14, 0).toISOString());
  expect(draft?.endsAt).toBe(new Date(2026, 10, 24, 15, 30).toISOString());
});

test('an edited meeting comes back unchanged', () => {
  const event = meeting({ invitees: [{ id: 'p', name: 'Иванов Иван' }] });
  const draft = draftOf(valuesOf(event));
  expect(draft).toMatchObject({ title: event.title, kind: event.kind, inviteeIds: ['p'] });
  expect(Date.parse(draft?.startsAt ?? '')).toBe(Date.parse(event.startsAt));
  expect(Date.parse(draft?.endsAt ?? '')).toBe(Date.parse(event.endsAt));
});

test('a half-typed time gives no span', () => {
  expect(spanOf({ ...blankEvent(new Date()), time: '' })).toBeNull();
});

test('a kind brings its usual words and leaves what was typed', () => {
  const template = (kind: EventTemplate['kind'], title: string): EventTemplate => ({
    kind,
    title,
    description: '',
    minutes: 60,
    audience: 'city',
    lobby: 'off',
    guestsAllowed: true,
    mode: kind === 'webinar' ? 'webinar' : 'meeting',
    programme: [],
  });
  const webinar = template('webinar', 'Вебинар');
  const lesson = template('lesson', 'Открытый урок');
  const first = withTemplate(blankEvent(new Date()), webinar, undefined);
  expect([first.title, first.audience, first.mode]).toEqual(['Вебинар', 'city', 'webinar']);
  expect(withTemplate(first, lesson, webinar).title).toBe('Открытый урок');
  expect(withTemplate({ ...first, title: 'Опыты' }, lesson, webinar).title).toBe('Опыты');
});
