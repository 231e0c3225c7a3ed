import type { Readable } from './store';

/**
 * What the call knows of media, without a word about how it is carried: the LiveKit adapter fills it, tests fake
 * it, components only read it.
 */
export type Source = 'microphone' | 'camera' | 'screen_share';

/** A place on a page of slides, each from 0 to 1. */
export interface Point {
  readonly page: number;
  readonly x: number;
  readonly y: number;
}

export type Quality = 'unknown' | 'excellent' | 'good' | 'poor' | 'lost';

/** A moving picture that can be shown in any number of video elements. The same object for the same track. */
export interface Picture {
  readonly id: string;
  /** Shows the picture in the element; call the result to take it away again. */
  attach(element: HTMLVideoElement): () => void;
}

export interface MediaPerson {
  /** The seat's id. */
  readonly id: string;
  readonly name: string;
  readonly local: boolean;
  /** When they came, milliseconds since the epoch. */
  readonly joinedAt: number;
  readonly speaking: boolean;
  readonly quality: Quality;
  readonly microphone: boolean;
  readonly camera: Picture | null;
  readonly screen: Picture | null;
  /** The camera looks at its owner and is shown mirrored to them. */
  readonly mirrored: boolean;
}

export type MediaLink = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'closed';

export interface MediaState {
  readonly link: MediaLink;
  readonly people: readonly MediaPerson[];
  /** Seat ids of those who speak now, the loudest first. */
  readonly speakers: readonly string[];
  /** The browser waits for a touch before it plays sound. */
  readonly soundBlocked: boolean;
}

export const noMedia: MediaState = { link: 'idle', people: [], speakers: [], soundBlocked: false };

/** Why the media connection is over, as far as the next step differs. */
export type ClosedWhy = 'left' | 'elsewhere' | 'removed' | 'ended' | 'lost';

export interface MediaEvents {
  onClosed(why: ClosedWhy): void;
  onReaction(seatId: string, emoji: string): void;
  /** Somebody points at a slide, or (null) no longer does. */
  onPointer(seatId: string, point: Point | null): void;
  /** The source went off and we did not ask for it: a moderator did, the device went away, or the browser's own bar. */
  onSwitchedOff(source: Source, by: 'moderator' | 'device' | 'browser'): void;
}

export interface DeviceChoice {
  readonly microphone?: string | undefined;
  readonly camera?: string | undefined;
  readonly speaker?: string | undefined;
}

/** Tracks the pre-join page already holds; handed over so that the camera does not blink on the way in. */
export interface HandedTracks {
  readonly microphone?: MediaStreamTrack | undefined;
  readonly camera?: MediaStreamTrack | undefined;
}

export interface Media {
  readonly state: Readable<MediaState>;
  /** Resolves once media may flow. Rejects with the transport's error; the caller decides about another try. */
  connect(url: string, token: string): Promise<void>;
  leave(): Promise<void>;
  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  /** Resolves to false when the person closed the browser's picker. */
  setScreen(on: boolean): Promise<boolean>;
  useDevice(kind: 'microphone' | 'camera' | 'speaker', deviceId: string): Promise<void>;
  /** What is used now, as far as it is known. */
  devices(): DeviceChoice;
  /** Front and back camera of a phone. */
  flipCamera(): Promise<void>;
  react(emoji: string): Promise<void>;
  /** Sent once and never again: the next one is on its way already. */
  point(point: Point | null): Promise<void>;
  /** Must be called from a touch or a key press. */
  startSound(): Promise<void>;
  /** The microphone's own track, for the level meter; null while there is none. */
  microphoneTrack(): MediaStreamTrack | null;
}

export type MediaFactory = (
  events: MediaEvents,
  devices: DeviceChoice,
  handed: HandedTracks,
) => Promise<Media>;
