import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice, Stack, Text, Textarea } from '@/shared/ui';
import { useWriteNote } from '../api/decks';

/** A note is kept a moment after one stops typing, and when one goes on to another page. */
const KEPT_AFTER_MS = 800;
const LONGEST = 4000;

export function NoteField({ deckId, page, body }: { deckId: string; page: number; body: string }) {
  const { t } = useTranslation('deck');
  const [typed, setTyped] = useState(body);
  const write = useWriteNote(deckId);
  const { mutate } = write;
  const kept = useRef(body);
  const latest = useRef(body);
  useEffect(() => {
    latest.current = typed;
    if (typed === kept.current) return undefined;
    const timer = setTimeout(() => {
      kept.current = typed;
      mutate({ page, body: typed });
    }, KEPT_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed, page, mutate]);
  useEffect(
    () => () => {
      if (latest.current !== kept.current) mutate({ page, body: latest.current });
    },
    [page, mutate],
  );
  return (
    <Stack gap="xs">
      <Textarea
        label={t('note', { page })}
        description={t('noteHint')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maxLength={LONGEST}
        autosize
        minRows={4}
        maxRows={14}
      />
      <ErrorNotice error={write.error} />
      <Text size="sm" c="dimmed" role="status">
        {write.isPending ? t('saving') : write.isSuccess && write.variables.body === typed ? t('saved') : ''}
      </Text>
    </Stack>
  );
}
