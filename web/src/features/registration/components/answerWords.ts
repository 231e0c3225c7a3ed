import type { RegistrationAnswers } from '@/shared/api';

/** An answer as one line. */
export function answerWords(answer: RegistrationAnswers[string] | undefined, yes: string, no: string): string {
  if (answer === undefined) return '';
  if (typeof answer === 'boolean') return answer ? yes : no;
  return Array.isArray(answer) ? answer.join('; ') : answer;
}
