/**
 * Sounds made on the spot, so that nothing need be loaded: the test of the speakers, and the soft double tone that
 * tells a host of somebody in the lobby.
 */
let shared: AudioContext | null = null;

/** One context for the whole page; browsers allow only a few. */
export function audioContext(): AudioContext {
  shared ??= new AudioContext();
  if (shared.state === 'suspended') void shared.resume();
  return shared;
}

type WithSink = HTMLAudioElement & { setSinkId?: (id: string) => Promise<void> };

/** True where a page may choose the speakers; Safari and older Firefox leave that to the system. */
export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}

/** Three rising tones on the chosen speakers; resolves when they have sounded. */
export async function playTest(speakerId: string | undefined): Promise<void> {
  await playNotes([523.25, 659.25, 783.99], 0.28, 0.25, speakerId);
}

export async function playKnock(): Promise<void> {
  await playNotes([587.33, 880], 0.16, 0.12, undefined);
}

async function playNotes(notes: readonly number[], step: number, loud: number, speakerId?: string): Promise<void> {
  const context = audioContext();
  const out = context.createMediaStreamDestination();
  const start = context.currentTime + 0.05;
  notes.forEach((frequency, index) => {
    const at = start + index * step;
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = frequency;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(loud, at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, at + step * 1.6);
    tone.connect(gain).connect(out);
    tone.start(at);
    tone.stop(at + step * 1.7);
  });
  const element: WithSink = new Audio();
  element.srcObject = out.stream;
  if (speakerId && element.setSinkId) await element.setSinkId(speakerId).catch(() => undefined);
  await element.play();
  await new Promise((resolve) => setTimeout(resolve, (notes.length + 1) * step * 1000));
  element.pause();
  element.srcObject = null;
  for (const track of out.stream.getTracks()) track.stop();
}
