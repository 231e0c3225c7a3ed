import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Minutes } from '@/shared/api';
import { useDraft } from '@/shared/lib/useDraft';
import { Alert, Button, ConfirmButton, DraftNotice, ErrorNotice, Group, Paper, Section, Stack, Text, TextInput, toast } from '@/shared/ui';
import { useSaveMinutes, useSignMinutes } from '../api/minutes';
import { AttendedFields } from './AttendedFields';
import { ItemFields } from './ItemFields';
import { editOf, put, valuesOf, type MinutesValues } from './minutesForm';

type Props = { eventId: string; minutes: Minutes; onSigned: () => void };

/** Minutes being written: kept on this device while typed, on the server when saved, then signed. */
export function MinutesForm({ eventId, minutes, onSigned }: Props) {
  const { t } = useTranslation(['minutes', 'shared']);
  // A draft belongs to the state it was begun from: a later one makes it useless.
  const draft = useDraft<MinutesValues>(`minutes.${eventId}.${minutes.updatedAt ?? 'new'}`, valuesOf(minutes));
  const [values, setValues] = useState(draft.initial);
  const [changed, setChanged] = useState(draft.restored || minutes.updatedAt === null);
  const save = useSaveMinutes(eventId);
  const sign = useSignMinutes(eventId);
  const { body } = values;

  const change = (next: MinutesValues) => {
    setValues(next);
    setChanged(true);
    draft.keep(next);
  };
  const changeBody = (part: Partial<MinutesValues['body']>) => change({ ...values, body: { ...body, ...part } });
  const submit = async () => {
    const saved = await save.mutateAsync(editOf(values, minutes.updatedAt));
    draft.forget();
    setValues(valuesOf(saved));
    setChanged(false);
    return saved;
  };
  const signNow = async () => {
    const seen = changed ? (await submit()).updatedAt : minutes.updatedAt;
    if (!seen) return;
    await sign.mutateAsync(seen);
    toast(t('signedNow'));
    onSigned();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit().then(
          () => toast(t('saved')),
          () => {
            // The notice below shows why.
          },
        );
      }}
    >
      <Stack gap="lg">
        {draft.restored && (
          <DraftNotice
            onDiscard={() => {
              draft.forget();
              setValues(valuesOf(minutes));
              setChanged(minutes.updatedAt === null);
            }}
          />
        )}
        {minutes.version === 0 && (
          <Alert color="teal" variant="light" role="status">
            {t('prefilled')}
          </Alert>
        )}
        <Paper p="lg">
          <Group gap="md" align="flex-start">
            <TextInput
              w={120}
              label={t('number')}
              maxLength={20}
              value={values.number}
              onChange={(event) => change({ ...values, number: event.currentTarget.value })}
            />
            <TextInput
              flex="1 1 14rem"
              label={t('chair')}
              maxLength={300}
              value={body.chair}
              onChange={(event) => changeBody({ chair: event.currentTarget.value })}
            />
            <TextInput
              flex="1 1 14rem"
              label={t('secretary')}
              maxLength={300}
              value={body.secretary}
              onChange={(event) => changeBody({ secretary: event.currentTarget.value })}
            />
          </Group>
        </Paper>
        <Section title={t('attended.count', { count: body.attended.length })}>
          <Paper p="lg">
            <AttendedFields attended={body.attended} onChange={(attended) => changeBody({ attended })} />
          </Paper>
        </Section>
        <Section title={t('agenda')}>
          <Stack>
            {body.items.map((item, place) => (
              <ItemFields
                // An item is its place on the agenda.
                // oxlint-disable-next-line react/no-array-index-key
                key={place}
                item={item}
                number={place + 1}
                onChange={(to) => changeBody({ items: put(body.items, place, to) })}
                onRemove={() => changeBody({ items: put(body.items, place) })}
              />
            ))}
            <Group>
              <Button
                variant="default"
                leftSection={<IconPlus size={18} aria-hidden />}
                onClick={() => changeBody({ items: [...body.items, { topic: '', decided: [] }] })}
              >
                {t('item.add')}
              </Button>
            </Group>
          </Stack>
        </Section>
        <ErrorNotice error={save.error} />
        <Group>
          <Button type="submit" loading={save.isPending} variant={changed ? 'filled' : 'default'}>
            {t('shared:actions.save')}
          </Button>
          <ConfirmButton
            title={t('sign.question')}
            text={t('sign.text')}
            confirm={t('sign.do')}
            onConfirm={signNow}
            pending={sign.isPending || save.isPending}
            error={sign.error ?? save.error}
          >
            {t('sign.do')}
          </ConfirmButton>
          {changed && (
            <Text size="sm" c="dimmed">
              {t('unsaved')}
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  );
}
