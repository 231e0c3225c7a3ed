/**
 * The shapes of the HTTP API, in the form `openapi-typescript` writes (`npm run schema`).
 */
type None = Record<string, never>;

/** One operation: query parameters, path parameters, body and successful answer. */
type Operation<Answer, Body = never, Query = never, Path = never> = {
  parameters: { header?: never; cookie?: never } & ([Query] extends [never] ? { query?: never } : { query?: Query }) &
    ([Path] extends [never] ? { path?: never } : { path: Path });
  responses: {
    200: { headers: None; content: [Answer] extends [never] ? never : { 'application/json': Answer } };
    default: { headers: None; content: { 'application/problem+json': components['schemas']['Problem'] } };
  };
} & ([Body] extends [never] ? { requestBody?: never } : { requestBody: { content: { 'application/json': Body } } });

type S = components['schemas'];
type Id = { id: string };
type Page = { page?: number; perPage?: number };
type List<T> = { items: T[]; total: number; nextPage?: number | null };

export interface paths {
  '/api/server': { get: Operation<S['Server']> };
  '/api/session': { post: Operation<S['Me'], S['SignIn']>; delete: Operation<never> };
  '/api/me': { get: Operation<S['Me']>; patch: Operation<S['Me'], { locale?: S['Locale'] }> };
  '/api/me/password': { post: Operation<never, { current: string; new: string }> };
  '/api/me/consents': { post: Operation<S['Me'], { version: string }> };
  '/api/consent-text': { get: Operation<S['ConsentText']> };

  '/api/institutions': {
    get: Operation<List<S['Institution']>, never, { q?: string; sort?: string; archived?: boolean } & Page>;
    post: Operation<S['Institution'], S['InstitutionDraft']>;
  };
  '/api/institutions/{id}': {
    get: Operation<S['Institution'], never, never, Id>;
    patch: Operation<S['Institution'], Partial<S['InstitutionDraft']>, never, Id>;
  };
  '/api/institutions/{id}/archive': { post: Operation<S['Institution'], never, never, Id> };
  '/api/institutions/{id}/restore': { post: Operation<S['Institution'], never, never, Id> };
  '/api/institutions/{id}/slips': { post: Operation<{ items: S['Slip'][] }, { personIds?: string[] }, never, Id> };
  '/api/positions': { get: Operation<{ items: S['Position'][] }> };

  '/api/people': {
    get: Operation<
      List<S['PersonRow']>,
      never,
      { q?: string; institutionId?: string; role?: string; sort?: string; archived?: boolean } & Page
    >;
    post: Operation<S['Person'], S['PersonDraft']>;
  };
  '/api/people/{id}': {
    get: Operation<S['Person'], never, never, Id>;
    patch: Operation<S['Person'], Partial<S['PersonDraft']>, never, Id>;
  };
  '/api/people/{id}/archive': { post: Operation<S['Person'], never, never, Id> };
  '/api/people/{id}/restore': { post: Operation<S['Person'], never, never, Id> };
  '/api/people/{id}/employments': { post: Operation<S['Employment'], S['EmploymentDraft'], never, Id> };
  '/api/people/{id}/grants': { post: Operation<S['Grant'], S['GrantDraft'], never, Id> };
  '/api/people/{id}/reset-link': { post: Operation<{ url: string; expiresAt: string }, never, never, Id> };
  '/api/people/import': { post: Operation<S['ImportReport'], never, { dryRun?: boolean }> };
  '/api/employments/{id}': {
    patch: Operation<S['Employment'], Partial<S['EmploymentDraft']>, never, Id>;
    delete: Operation<never, never, never, Id>;
  };
  '/api/grants/{id}': { delete: Operation<never, never, never, Id> };

  '/api/invitations': {
    get: Operation<List<S['Invitation']>, never, { institutionId?: string } & Page>;
    post: Operation<S['Invitation'], S['InvitationDraft']>;
  };
  '/api/invitations/{id}': { delete: Operation<never, never, never, Id> };
  '/api/invitations/by-token/{token}': { get: Operation<S['InvitationCard'], never, never, { token: string }> };
  '/api/invitations/by-token/{token}/accept': {
    post: Operation<S['Me'], S['InvitationAccept'], never, { token: string }>;
  };
  '/api/slips/redeem': { post: Operation<{ token: string }, { code: string }> };

  '/api/access-log': {
    get: Operation<List<S['AccessEntry']>, never, { subjectId?: string; actorId?: string } & Page>;
  };
  '/api/problem-reports': {
    get: Operation<List<S['ProblemReport']>, never, Page>;
    post: Operation<never, { text: string; page: string; context: string }>;
  };

  '/api/events': {
    get: Operation<List<S['Event']>, never, { from?: string; to?: string }>;
    post: Operation<S['Event'], S['EventDraft']>;
  };
  '/api/events/now': { post: Operation<S['Event'], { title?: string }> };
  '/api/events/{id}': {
    get: Operation<S['Event'], never, never, Id>;
    patch: Operation<S['Event'], Partial<S['EventDraft']>, never, Id>;
  };
  '/api/events/{id}/cancel': { post: Operation<S['Event'], never, never, Id> };

  '/api/rooms/by-code/{code}': { get: Operation<S['RoomCard'], never, never, { code: string }> };
  '/api/rooms/{id}/seats': {
    post: Operation<S['Seat'], { guestName?: string; consentVersion?: string }, never, Id>;
  };
  '/api/rooms/{id}/token': { post: Operation<S['MediaToken'], never, never, Id> };
  '/api/rooms/{id}': { patch: Operation<S['Room'], Partial<S['RoomRules']>, never, Id> };
  '/api/rooms/{id}/end': { post: Operation<never, never, never, Id> };
  '/api/rooms/{id}/mute-all': { post: Operation<never, never, never, Id> };
  '/api/rooms/{id}/lobby/admit-all': { post: Operation<never, never, never, Id> };
  '/api/rooms/{id}/seats/{seat}/admit': { post: Operation<S['Seat'], never, never, Id & { seat: string }> };
  '/api/rooms/{id}/seats/{seat}/refuse': { post: Operation<S['Seat'], never, never, Id & { seat: string }> };
  '/api/rooms/{id}/seats/{seat}/remove': { post: Operation<S['Seat'], never, never, Id & { seat: string }> };
  '/api/rooms/{id}/seats/{seat}/mute': {
    post: Operation<never, { source: 'microphone' | 'camera' | 'screen_share' }, never, Id & { seat: string }>;
  };
  '/api/rooms/{id}/seats/{seat}': {
    patch: Operation<S['Seat'], S['SeatChange'], never, Id & { seat: string }>;
  };
  '/api/rooms/{id}/seats/{seat}/hand': { delete: Operation<never, never, never, Id & { seat: string }> };
  '/api/rooms/{id}/hand': {
    put: Operation<never, never, never, Id>;
    delete: Operation<never, never, never, Id>;
  };
  '/api/rooms/{id}/hands': { delete: Operation<never, never, never, Id> };
  '/api/rooms/{id}/chat': {
    get: Operation<List<S['Message']>, never, { before?: number; limit?: number }, Id>;
    post: Operation<S['Message'], { body: string; key: string }, never, Id>;
  };
  '/api/rooms/{id}/chat/{message}': { delete: Operation<never, never, never, Id & { message: string }> };
  '/api/connection-check': { post: Operation<S['MediaToken']> };
}

export interface components {
  schemas: {
    Problem: {
      type: string;
      title: string;
      status: number;
      detail?: string;
      code: string;
      errors?: { field: string; code: string; detail: string }[];
    };
    Locale: 'ru' | 'en';
    Role: 'administrator' | 'methodologist' | 'coordinator' | 'director' | 'association_head' | 'teacher' | 'official';
    ScopeKind: 'city' | 'institution' | 'association' | 'event';
    Server: {
      name: string;
      version: string;
      demo: boolean;
      demoAccounts: { login: string; password: string; role: string; name: string }[];
      locales: S['Locale'][];
    };
    SignIn: { login: string; password: string };
    Me: {
      person: {
        id: string;
        familyName: string;
        givenName: string;
        patronymic: string | null;
        email: string | null;
        login: string | null;
      } | null;
      guest: { id: string; name: string } | null;
      grants: S['Grant'][];
      capabilities: string[];
      locale: S['Locale'];
      consentDue: boolean;
      consentVersion: string | null;
    };
    ConsentText: { version: string; title: string; body: string };
    Institution: {
      id: string;
      name: string;
      shortName: string;
      kind: S['InstitutionKind'];
      address: string | null;
      peopleCount?: number;
      archivedAt: string | null;
    };
    InstitutionKind: 'school' | 'kindergarten' | 'extended_education' | 'method_centre' | 'committee' | 'other';
    InstitutionDraft: { name: string; shortName: string; kind: S['InstitutionKind']; address?: string | null };
    Position: { code: string; name: string; group: 'teaching' | 'management' | 'support' };
    PersonRow: {
      id: string;
      familyName: string;
      givenName: string;
      patronymic: string | null;
      institutionName: string | null;
      positionName: string | null;
      archivedAt: string | null;
    };
    Person: {
      id: string;
      familyName: string;
      givenName: string;
      patronymic: string | null;
      email: string | null;
      login: string | null;
      employments: S['Employment'][];
      grants: S['Grant'][];
      archivedAt: string | null;
    };
    PersonDraft: {
      familyName: string;
      givenName: string;
      patronymic?: string | null;
      email?: string | null;
      login?: string | null;
    };
    Employment: {
      id: string;
      institutionId: string;
      institutionName: string;
      positionCode: string;
      positionName: string;
      isMain: boolean;
      startsOn: string;
      endsOn: string | null;
    };
    EmploymentDraft: {
      institutionId: string;
      positionCode: string;
      isMain: boolean;
      startsOn: string;
      endsOn?: string | null;
    };
    Grant: {
      id: string;
      role: S['Role'];
      scopeKind: S['ScopeKind'];
      scopeId: string | null;
      scopeName: string | null;
    };
    GrantDraft: { role: S['Role']; scopeKind: S['ScopeKind']; scopeId?: string | null };
    Invitation: {
      id: string;
      institutionId: string;
      institutionName: string;
      positionCode: string | null;
      role: S['Role'] | null;
      maxUses: number;
      uses: number;
      expiresAt: string;
      /** Only in the answer that creates the invitation. */
      url?: string | null;
    };
    InvitationDraft: {
      institutionId: string;
      positionCode?: string | null;
      role?: S['Role'] | null;
      maxUses: number;
      expiresInDays: number;
    };
    InvitationCard: {
      kind: 'link' | 'reset' | 'slip';
      institutionName: string | null;
      personName?: string | null;
      login?: string | null;
    };
    InvitationAccept: {
      login?: string;
      password: string;
      familyName?: string;
      givenName?: string;
      patronymic?: string;
      positionCode?: string;
      consentVersion: string;
    };
    Slip: { personId: string; name: string; login: string; code: string };
    ImportReport: {
      rows: { line: number; ok: boolean; errors: string[]; duplicateOf?: string | null }[];
      created: number;
    };
    AccessEntry: {
      id: string;
      at: string;
      actorId: string | null;
      actorName: string | null;
      action: string;
      subjectId: string | null;
      subjectName: string | null;
    };
    ProblemReport: {
      id: string;
      text: string;
      page: string;
      context: string;
      reporterName: string | null;
      createdAt: string;
    };
    EventKind:
      | 'association_meeting'
      | 'conference'
      | 'staff_meeting'
      | 'webinar'
      | 'lesson'
      | 'master_class'
      | 'contest_stage'
      | 'celebration'
      | 'training'
      | 'readiness_test';
    Lobby: 'off' | 'guests' | 'everyone';
    Event: {
      id: string;
      title: string;
      kind: S['EventKind'];
      startsAt: string;
      endsAt: string;
      timezone: string | null;
      status: 'planned' | 'live' | 'ended' | 'cancelled';
      organiser: { id: string; name: string };
      room: { id: string; code: string; url: string; lobby?: S['Lobby']; guestsAllowed?: boolean };
      invitees?: { id: string; name: string; institutionName?: string | null }[];
      iAmHost: boolean;
    };
    EventDraft: {
      title: string;
      kind: S['EventKind'];
      startsAt: string;
      endsAt: string;
      timezone?: string;
      lobby?: S['Lobby'];
      guestsAllowed?: boolean;
      inviteeIds?: string[];
    };
    RoomCard: {
      id: string;
      code: string;
      title: string;
      kind: S['EventKind'];
      startsAt: string;
      endsAt: string;
      status: S['Event']['status'];
      hostName: string;
      guestsAllowed: boolean;
      locked: boolean;
      present: number;
      mySeat: S['Seat'] | null;
    };
    Room: {
      id: string;
      title: string;
      status: S['Event']['status'];
      startedAt: string | null;
    } & S['RoomRules'];
    RoomRules: {
      locked: boolean;
      lobby: S['Lobby'];
      guestsAllowed: boolean;
      allowUnmute: boolean;
      allowVideo: boolean;
      allowShare: boolean;
      allowChat: boolean;
    };
    Seat: {
      id: string;
      roomId: string;
      name: string;
      role: 'host' | 'cohost' | 'participant';
      status: 'waiting' | 'admitted' | 'refused' | 'removed';
      personId: string | null;
      isGuest: boolean;
      handRaisedAt: string | null;
      may: { unmute: boolean; video: boolean; share: boolean; chat: boolean; moderate: boolean };
    };
    SeatChange: {
      role?: 'cohost' | 'participant';
      allowUnmute?: boolean;
      allowVideo?: boolean;
      allowShare?: boolean;
      allowChat?: boolean;
    };
    Message: { id: string; seq: number; seatId: string; name: string; body: string; sentAt: string };
    MediaToken: { url: string | null; token: string };
  };
}
