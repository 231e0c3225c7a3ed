import { expect, type APIRequestContext, type APIResponse } from '@playwright/test';

export interface Meeting {
  readonly id: string;
  readonly title: string;
  readonly room: { readonly id: string; readonly code: string; readonly url: string };
}

export interface Seat {
  readonly id: string;
  readonly roomId: string;
  readonly name: string;
  readonly role: 'host' | 'cohost' | 'participant';
  readonly status: 'waiting' | 'admitted' | 'refused' | 'removed';
}

export interface RoomPolicy {
  readonly locked?: boolean;
  readonly lobby?: 'off' | 'guests' | 'everyone';
  readonly guestsAllowed?: boolean;
  readonly allowUnmute?: boolean;
  readonly allowVideo?: boolean;
  readonly allowShare?: boolean;
  readonly allowChat?: boolean;
}

/** The HTTP API, where a scenario wants a state quickly or asks for what no page offers. */
export class Api {
  constructor(private readonly request: APIRequestContext) {}

  get(path: string): Promise<APIResponse> {
    return this.request.get(path);
  }

  send(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, data?: object): Promise<APIResponse> {
    return this.request.fetch(path, { method, ...(data === undefined ? {} : { data }) });
  }

  /** A meeting that runs now. Its door is open to guests too, unless the policy says otherwise. */
  async startMeeting(title: string, policy: RoomPolicy = {}): Promise<Meeting> {
    const meeting = await this.json<Meeting>(this.send('POST', '/api/events/now', { title }));
    // Only who has a seat moderates the room.
    await this.takeSeat(meeting);
    await this.setPolicy(meeting, { lobby: 'off', ...policy });
    return meeting;
  }

  async setPolicy(meeting: Meeting, policy: RoomPolicy): Promise<void> {
    await this.json(this.send('PATCH', `/api/rooms/${meeting.room.id}`, policy));
  }

  async takeSeat(meeting: Meeting, guestName?: string): Promise<Seat> {
    const consent = await this.json<{ version: string }>(this.get('/api/consent-text'));
    const body = guestName === undefined ? {} : { guestName, consentVersion: consent.version };
    return this.json<Seat>(this.send('POST', `/api/rooms/${meeting.room.id}/seats`, body));
  }

  /** The answer's body; a status that is no success fails the test with the server's own words. */
  async json<T>(answer: Promise<APIResponse>): Promise<T> {
    const response = await answer;
    expect(response.ok(), `${response.status()} from ${response.url()}: ${await response.text()}`).toBe(true);
    return (response.status() === 204 ? undefined : await response.json()) as T;
  }

  /** Status and stable code of an answer that must be a refusal. */
  async refusal(answer: Promise<APIResponse>): Promise<{ status: number; code: string }> {
    const response = await answer;
    const body = (await response.json().catch(() => ({}))) as { code?: string };
    return { status: response.status(), code: body.code ?? '' };
  }

  dispose(): Promise<void> {
    return this.request.dispose();
  }
}
