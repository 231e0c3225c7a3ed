import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { output } from './kafedra';

const RATE = 48_000;
const SECONDS = 10;
const HERTZ = 440;

/** Where the sound of every fake microphone lies. */
export const tonePath = path.join(output, 'tone.wav');

/**
 * A steady tone as 16-bit mono WAV. Chromium's own fake microphone beeps for a moment each
 * second, which nobody counts as speech.
 */
export function writeTone(): void {
  const samples = Buffer.alloc(RATE * SECONDS * 2);
  for (let i = 0; i < RATE * SECONDS; i += 1) {
    samples.writeInt16LE(Math.round(Math.sin((2 * Math.PI * HERTZ * i) / RATE) * 12_000), i * 2);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  mkdirSync(output, { recursive: true });
  writeFileSync(tonePath, Buffer.concat([header, samples]));
}
