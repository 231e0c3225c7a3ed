import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Anchor, Checkbox, ErrorNotice, Modal, ScrollArea, Stack, Text, TextInput, useDisclosure } from '@/shared/ui';
import { consentTextQuery } from '../api/room';

export interface GuestDraft {
  readonly name: string;
  readonly agreed: boolean;
  /** The version of the notice that was shown; null until it is there. */
  readonly version: string | null;
}

export const emptyGuest: GuestDraft = { name: '', agreed: false, version: null };

export function guestProblem(draft: GuestDraft): 'name' | 'consent' | null {
  if (draft.name.trim() === '') return 'name';
  return draft.agreed && draft.version !== null ? null : 'consent';
}

interface Props {
  draft: GuestDraft;
  onChange: (draft: GuestDraft) => void;
  /** The person pressed «join»: what is missing is said. */
  tried: boolean;
  /** What the server said of the name. */
  nameProblem?: string | undefined;
}

/** A guest's name and their consent; the text's version goes to the server with it. */
export function GuestFields({ draft, onChange, tried, nameProblem }: Props) {
  const { t } = useTranslation(['room', 'shared']);
  const consent = useQuery(consentTextQuery);
  const [reading, notice] = useDisclosure(false);
  const version = consent.data?.version ?? null;
  useEffect(() => {
    if (draft.version !== version) onChange({ ...draft, version });
  }, [draft, version, onChange]);

  const problem = tried ? guestProblem(draft) : null;
  return (
    <Stack gap="md">
      <TextInput
        label={t('join.name')}
        description={t('join.nameHint')}
        value={draft.name}
        onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
        error={problem === 'name' ? t('join.nameMissing') : nameProblem}
        autoComplete="name"
        maxLength={80}
        required
        withAsterisk={false}
      />
      <Checkbox
        label={t('join.consent')}
        checked={draft.agreed}
        onChange={(event) => onChange({ ...draft, agreed: event.currentTarget.checked })}
        error={problem === 'consent' ? t('join.consentMissing') : undefined}
      />
      <Text size="sm">
        <Anchor component="button" type="button" onClick={notice.open}>
          {t('join.consentRead')}
        </Anchor>
        {' · '}
        <Anchor href={`/sign-in?next=${encodeURIComponent(window.location.pathname)}`}>{t('join.signIn')}</Anchor>
      </Text>
      <ErrorNotice error={consent.error} onRetry={() => void consent.refetch()} />
      <Modal
        opened={reading}
        onClose={notice.close}
        title={consent.data?.title}
        size="lg"
        closeButtonProps={{ 'aria-label': t('shared:actions.close') }}
        scrollAreaComponent={ScrollArea.Autosize}
      >
        <Text style={{ whiteSpace: 'pre-line' }}>{consent.data?.body}</Text>
      </Modal>
    </Stack>
  );
}
