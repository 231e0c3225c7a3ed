import type { PollDraft } from '@/shared/api';
import type { Poll } from './wire';

/** A poll as its form holds it. */
export interface DraftForm {
  readonly kind: Poll['kind'];
  readonly text: string;
  /** `key` names a line of the form while others come and go. */
  readonly options: readonly { readonly key: number; readonly text: string; readonly right: boolean }[];
  readonly most: number;
  readonly named: boolean;
  /** Everybody sees the numbers while it is open. */
  readonly live: boolean;
  readonly electorate: 'members' | 'admitted';
  readonly quorum: 'none' | 'half' | 'two_thirds';
}

export const emptyDraft: DraftForm = {
  kind: 'single',
  text: '',
  options: [
    { key: 0, text: '', right: false },
    { key: 1, text: '', right: false },
  ],
  most: 2,
  named: false,
  live: true,
  electorate: 'members',
  quorum: 'half',
};

export function draftOf(poll: Poll): DraftForm {
  return {
    kind: poll.kind,
    text: poll.text,
    options:
      poll.kind === 'vote'
        ? emptyDraft.options
        : poll.options.map(({ text, right }, key) => ({ key, text, right: right === true })),
    most: Math.max(2, poll.most),
    named: poll.named,
    live: poll.results === 'live',
    electorate: poll.electorate ?? 'members',
    quorum: poll.quorum ?? 'half',
  };
}

/** What is still missing; the server checks the rest. */
export function problemOf(form: DraftForm): 'text' | 'options' | 'right' | null {
  if (form.text.trim() === '') return 'text';
  if (form.kind === 'vote') return null;
  if (form.options.some(({ text }) => text.trim() === '')) return 'options';
  if (form.kind === 'quiz' && !form.options.some(({ right }) => right)) return 'right';
  return null;
}

export function toSend(form: DraftForm): PollDraft {
  const vote = form.kind === 'vote';
  return {
    kind: form.kind,
    text: form.text,
    options: vote ? [] : form.options.map(({ text, right }) => ({ text, right: right && form.kind === 'quiz' })),
    ...(form.kind === 'several' ? { most: Math.min(form.most, form.options.length) } : {}),
    named: form.named,
    results: !vote && form.live ? 'live' : 'after_closing',
    ...(vote ? { electorate: form.electorate, quorum: form.quorum } : {}),
  };
}
