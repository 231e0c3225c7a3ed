import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PollDraft } from '@/shared/api';
import {
  ActionIcon,
  Button,
  Checkbox,
  ErrorNotice,
  Group,
  Modal,
  NativeSelect,
  NumberInput,
  Radio,
  SegmentedControl,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@/shared/ui';
import { draftOf, emptyDraft, problemOf, toSend, type DraftForm } from '../../call/pollDraft';
import type { Poll } from '../../call/wire';
import { useAsked } from '../../hooks/useAsked';

const OPTIONS_AT_MOST = 12;

/** Preparing a poll, or changing one that is not open yet. It may be opened at once. */
export function PollForm({ poll, onClose }: { poll: Poll | null; onClose: () => void }) {
  const { t } = useTranslation('room');
  const { api } = useAsked();
  const [form, setForm] = useState<DraftForm>(() => (poll ? draftOf(poll) : emptyDraft));
  const [error, setError] = useState<unknown>(null);
  const [sending, setSending] = useState(false);
  const change = (what: Partial<DraftForm>) => setForm((now) => ({ ...now, ...what }));
  const isVote = form.kind === 'vote';
  const problem = problemOf(form);

  const save = async (open: boolean) => {
    setSending(true);
    setError(null);
    try {
      const draft: PollDraft = toSend(form);
      const saved = await (poll ? api.rewrite(poll.id, draft) : api.prepare(draft));
      if (open) await api.open(saved.id);
      onClose();
    } catch (failure) {
      setError(failure);
    } finally {
      setSending(false);
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(poll ? 'polls.form.edit' : 'polls.form.new')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('notice.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save(false);
        }}
      >
        <Stack>
          <NativeSelect
            label={t('polls.form.kind')}
            value={form.kind}
            onChange={(event) => change({ kind: event.currentTarget.value as DraftForm['kind'] })}
            data={(['single', 'several', 'quiz', 'vote'] as const).map((value) => ({ value, label: t(`polls.form.kinds.${value}`) }))}
          />
          <Textarea
            data-autofocus
            label={t(isVote ? 'polls.form.wording' : 'polls.form.text')}
            description={isVote ? t('polls.form.wordingHint') : undefined}
            autosize
            minRows={2}
            maxLength={300}
            value={form.text}
            onChange={(event) => change({ text: event.currentTarget.value })}
          />
          {isVote ? <VoteFields form={form} change={change} /> : <Options form={form} change={change} />}
          {form.kind === 'several' && (
            <NumberInput
              label={t('polls.form.most')}
              min={2}
              max={form.options.length}
              value={form.most}
              onChange={(most) => change({ most: Number(most) })}
            />
          )}
          <Radio.Group
            label={t('polls.form.names')}
            value={form.named ? 'named' : 'secret'}
            onChange={(value) => change({ named: value === 'named' })}
          >
            <Stack gap="xs" mt="xs">
              <Radio
                value="secret"
                label={t(isVote ? 'polls.form.secretVote' : 'polls.form.anonymous')}
                description={t('polls.form.anonymousHint')}
              />
              <Radio
                value="named"
                label={t(isVote ? 'polls.form.openVote' : 'polls.form.named')}
                description={t(isVote ? 'polls.form.openVoteHint' : 'polls.form.namedHint')}
              />
            </Stack>
          </Radio.Group>
          {!isVote && (
            <Switch
              label={t('polls.form.live')}
              description={t('polls.form.liveHint')}
              checked={form.live}
              onChange={(event) => change({ live: event.currentTarget.checked })}
            />
          )}
          {isVote && (
            <Text size="sm" c="dimmed">
              {t('polls.form.frozen')}
            </Text>
          )}
          <ErrorNotice error={error} />
          <Group>
            <Button loading={sending} disabled={problem !== null} onClick={() => void save(true)}>
              {t('polls.form.open')}
            </Button>
            <Button type="submit" variant="default" loading={sending} disabled={problem !== null}>
              {t('polls.form.save')}
            </Button>
          </Group>
          {problem && (
            <Text size="sm" c="dimmed">
              {t(`polls.form.missing.${problem}`)}
            </Text>
          )}
        </Stack>
      </form>
    </Modal>
  );
}

interface FieldsProps {
  form: DraftForm;
  change: (what: Partial<DraftForm>) => void;
}

function Options({ form: { kind, options }, change }: FieldsProps) {
  const { t } = useTranslation('room');
  const put = (place: number, what: Partial<DraftForm['options'][number]>) =>
    change({ options: options.map((option, at) => (at === place ? { ...option, ...what } : option)) });
  return (
    <Stack gap="xs" role="group" aria-label={t('polls.form.options')}>
      <Text size="sm" fw={500} aria-hidden>
        {t('polls.form.options')}
      </Text>
      {options.map((option, place) => (
        <Group key={option.key} gap="xs" wrap="nowrap">
          <TextInput
            flex={1}
            aria-label={t('polls.form.option', { number: place + 1 })}
            placeholder={t('polls.form.option', { number: place + 1 })}
            maxLength={200}
            value={option.text}
            onChange={(event) => put(place, { text: event.currentTarget.value })}
          />
          {kind === 'quiz' && (
            <Checkbox
              label={t('polls.form.right')}
              aria-label={t('polls.form.rightOf', { number: place + 1 })}
              checked={option.right}
              onChange={(event) => put(place, { right: event.currentTarget.checked })}
            />
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('polls.form.remove', { number: place + 1 })}
            disabled={options.length <= 2}
            onClick={() => change({ options: options.filter((_, at) => at !== place) })}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {options.length < OPTIONS_AT_MOST && (
        <Group>
          <Button
            variant="subtle"
            size="sm"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => change({ options: [...options, { key: Math.max(...options.map(({ key }) => key)) + 1, text: '', right: false }] })}
          >
            {t('polls.form.add')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function VoteFields({ form, change }: FieldsProps) {
  const { t } = useTranslation('room');
  return (
    <>
      <Radio.Group
        label={t('polls.form.electorate')}
        value={form.electorate}
        onChange={(electorate) => change({ electorate: electorate as DraftForm['electorate'] })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="members" label={t('polls.form.members')} />
          <Radio value="admitted" label={t('polls.form.admitted')} />
        </Stack>
      </Radio.Group>
      <Stack gap={6}>
        <Text size="sm" fw={500} id="poll-quorum">
          {t('polls.form.quorum')}
        </Text>
        <SegmentedControl
          aria-labelledby="poll-quorum"
          value={form.quorum}
          onChange={(quorum) => change({ quorum: quorum as DraftForm['quorum'] })}
          data={(['none', 'half', 'two_thirds'] as const).map((value) => ({ value, label: t(`polls.form.quorums.${value}`) }))}
        />
      </Stack>
    </>
  );
}
