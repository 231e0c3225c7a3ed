import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Poll } from '@/shared/api';

const VOTE = ['for', 'against', 'abstain'] as const;

/** An option as people read it: those of a formal vote in the reader's language. */
export function useOptionWords(): (poll: Poll, place: number) => string {
  const { t } = useTranslation('shared');
  return useCallback(
    (poll: Poll, place: number) =>
      poll.kind === 'vote' ? t(`poll.${VOTE[place] ?? 'abstain'}`) : (poll.options[place]?.text ?? ''),
    [t],
  );
}
