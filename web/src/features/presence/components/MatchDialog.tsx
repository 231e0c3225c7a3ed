import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Present } from '@/shared/api';
import { PeoplePicker, type Picked } from '@/shared/pickers';
import { Button, ErrorNotice, Group, Modal, Stack, Text, toast } from '@/shared/ui';
import { useMatch, useUnmatch } from '../api/presence';

/** Says who a guest was, or takes that back. */
export function MatchDialog({ eventId, present, onClose }: { eventId: string; present: Present; onClose: () => void }) {
  const { t } = useTranslation(['presence', 'shared']);
  const [picked, setPicked] = useState<Picked[]>([]);
  const match = useMatch(eventId);
  const unmatch = useUnmatch(eventId);
  const person = picked[0];
  const seat = present.guestSeats[0];
  const done = { onSuccess: onClose };
  return (
    <Modal opened onClose={onClose} title={present.name} closeButtonProps={{ 'aria-label': t('shared:actions.close') }}>
      {present.personId ? (
        <Stack>
          {present.guestSeats.map(({ seatId, name }) => (
            <Group key={seatId} justify="space-between">
              <Text>{t('guest.was', { name })}</Text>
              <Button variant="default" loading={unmatch.isPending} onClick={() => unmatch.mutate(seatId, done)}>
                {t('guest.undo')}
              </Button>
            </Group>
          ))}
          <ErrorNotice error={unmatch.error} />
        </Stack>
      ) : (
        <Stack>
          <Text>{t('guest.text')}</Text>
          <PeoplePicker label={t('guest.person')} value={picked} onPick={(people) => setPicked(people.slice(-1))} />
          <ErrorNotice error={match.error} />
          <Group>
            <Button
              disabled={!person || !seat}
              loading={match.isPending}
              onClick={() => {
                if (!person || !seat) return;
                match.mutate({ seatId: seat.seatId, personId: person.id }, {
                  onSuccess: () => {
                    toast(t('guest.done', { name: person.name }));
                    onClose();
                  },
                });
              }}
            >
              {t('guest.do')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('shared:actions.cancel')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
