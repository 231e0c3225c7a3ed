import type { FormQuestion, QuestionKind, RegistrationForm } from '@/shared/api';
import { isoDay, momentOf } from '@/shared/lib/dates';

/** A question as it is typed: its answers to choose from one under another. */
export type QuestionValues = { id: string; kind: QuestionKind; text: string; options: string; required: boolean };

export type RegistrationValues = {
  asked: boolean;
  /** Empty for any number. */
  seats: string;
  deadlineDay: string;
  deadlineTime: string;
  approval: boolean;
  questions: QuestionValues[];
};

export const blankRegistration: RegistrationValues = {
  asked: false,
  seats: '',
  deadlineDay: '',
  deadlineTime: '',
  approval: false,
  questions: [],
};

export function blankQuestion(): QuestionValues {
  return { id: newId(), kind: 'text', text: '', options: '', required: false };
}

export function registrationOf(form: RegistrationForm | null): RegistrationValues {
  if (!form) return blankRegistration;
  const deadline = form.deadline ? new Date(form.deadline) : null;
  const two = (n: number) => String(n).padStart(2, '0');
  return {
    asked: true,
    seats: form.seats === null ? '' : String(form.seats),
    deadlineDay: deadline ? isoDay(deadline) : '',
    deadlineTime: deadline ? `${two(deadline.getHours())}:${two(deadline.getMinutes())}` : '',
    approval: form.approval ?? false,
    questions: (form.questions ?? []).map((question) => ({
      id: question.id,
      kind: question.kind,
      text: question.text,
      options: (question.options ?? []).join('\n'),
      required: question.required ?? false,
    })),
  };
}

/** What goes to the server; null where nobody registers. */
export function formOf(values: RegistrationValues): RegistrationForm | null {
  if (!values.asked) return null;
  const deadline = momentOf(values.deadlineDay, values.deadlineTime || '23:59');
  return {
    seats: values.seats.trim() === '' ? null : Number(values.seats),
    deadline: deadline?.toISOString() ?? null,
    approval: values.approval,
    questions: values.questions.map(questionOf),
  };
}

function questionOf({ id, kind, text, options, required }: QuestionValues): FormQuestion {
  const lines = options
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return { id, kind, text: text.trim(), options: kind === 'choice' || kind === 'several' ? lines : [], required };
}

/** `crypto.randomUUID` is there only over HTTPS. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
