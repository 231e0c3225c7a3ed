import { IconCopy } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type Event } from '@/shared/api';
import { addDays, isoDay, momentOf } from '@/shared/lib/dates';
import { Button, ErrorNotice, Group, Modal, Stack, Text, TextInput, toast, useDisclosure } from '@/shared/ui';
import { useCopyEvent } from '../api/events';
import { valuesOf } from './eventForm';

/** The same meeting once more, at another time. */
export function CopyEvent({ event }: { event: Event }) {
  const { t } = useTranslation(['event', 'shared']);
  const [opened, dialog] = useDisclosure(false);
  const navigate = useNavigate();
  const copy = useCopyEvent(event.id);
  const [day, setDay] = useState(() => isoDay(addDays(new Date(), 7)));
  const [time, setTime] = useState(() => valuesOf(event).time);
  const start = momentOf(day, time);
  const refused = copy.error instanceof ApiError ? copy.error.fields : {};
  const submit = () => {
    if (!start) return;
    copy.mutate(start.toISOString(), {
      onSuccess: ({ id }) => {
        dialog.close();
        toast(t('planned'));
        void navigate({ to: '/meetings/$eventId', params: { eventId: id } });
      },
    });
  };
  return (
    <>
      <Button variant="default" onClick={dialog.open} leftSection={<IconCopy size={18} aria-hidden />}>
        {t('copy.open')}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t('copy.title')}
        closeButtonProps={{ 'aria-label': t('shared:actions.close') }}
      >
        <Stack>
          <Text>{t('copy.text')}</Text>
          <Group align="flex-start" grow>
            <TextInput
              type="date"
              label={t('form.day')}
              value={day}
              onChange={(input) => setDay(input.currentTarget.value)}
              error={refused['startsAt']}
            />
            <TextInput type="time" label={t('form.time')} value={time} onChange={(input) => setTime(input.currentTarget.value)} />
          </Group>
          <ErrorNotice error={copy.error} />
          <Group>
            <Button onClick={submit} disabled={!start} loading={copy.isPending}>
              {t('plan')}
            </Button>
            <Button variant="default" onClick={dialog.close}>
              {t('shared:actions.cancel')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
