import type { Event } from '@/shared/api';

/** A planned meeting for unit tests. */
export function meeting(change: Partial<Event> = {}): Event {
  return {
    id: 'event-1',
    description: '',
    audience: 'invited',
    level: 'city',
    subject: null,
    association: null,
    institution: null,
    seriesId: null,
    wasHeld: false,
    sections: [],
    myRoles: ['organiser'],
    mayChange: true,
    mayPrepare: true,
    title: 'Заседание ГМО учителей физики',
    kind: 'association_meeting',
    startsAt: '2026-11-24T11:00:00Z',
    endsAt: '2026-11-24T12:00:00Z',
    timezone: 'Europe/Moscow',
    status: 'planned',
    organiser: { id: 'person-1', name: 'Смирнова Анна Петровна' },
    room: {
      id: 'room-1',
      code: 'abc-defg-hij',
      title: '',
      url: 'https://vks.example.org/r/abc-defg-hij',
      lobby: 'guests',
      guestsAllowed: true,
      mode: 'meeting',
    },
    invitees: [],
    myInvitation: null,
    registration: null,
    updatedAt: '2026-11-20T08:00:00Z',
    iAmHost: true,
    ...change,
  };
}
