import { useTranslation } from 'react-i18next';
import { Divider, Modal, SegmentedControl, Stack, Switch, Text } from '@/shared/ui';
import type { RoomChange } from '../../api/room';
import { useSelected } from '../../call/store';
import { useCall } from '../../hooks/useCall';

/** What participants may do, and who may come in: each switch acts at once and for everybody. */
export function RulesDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('room');
  const { session, api } = useCall();
  const room = useSelected(session.live, (live) => live.room);
  const change = (what: RoomChange) => void session.attempt(() => api.change(what));
  return (
    <Modal opened={opened} onClose={onClose} title={t('rules.title')} closeButtonProps={{ 'aria-label': t('notice.close') }}>
      <Stack>
        <Stack gap={6}>
          <Text size="sm" fw={500} id="rules-mode">
            {t('rules.mode')}
          </Text>
          <SegmentedControl
            aria-labelledby="rules-mode"
            value={room.mode}
            onChange={(mode) => {
              if (mode === 'meeting' || mode === 'webinar') change({ mode });
            }}
            data={[
              { value: 'meeting', label: t('rules.modeMeeting') },
              { value: 'webinar', label: t('rules.modeWebinar') },
            ]}
          />
          <Text size="sm" c="dimmed">
            {t(room.mode === 'webinar' ? 'rules.modeWebinarHint' : 'rules.modeMeetingHint')}
          </Text>
        </Stack>
        <Divider />
        <Switch label={t('rules.unmute')} checked={room.allowUnmute} onChange={(event) => change({ allowUnmute: event.currentTarget.checked })} />
        <Switch label={t('rules.video')} checked={room.allowVideo} onChange={(event) => change({ allowVideo: event.currentTarget.checked })} />
        <Switch label={t('rules.share')} checked={room.allowShare} onChange={(event) => change({ allowShare: event.currentTarget.checked })} />
        <Switch label={t('rules.chat')} checked={room.allowChat} onChange={(event) => change({ allowChat: event.currentTarget.checked })} />
        <Text size="sm" c="dimmed">
          {t('rules.hint')}
        </Text>
        <Divider />
        <Switch
          label={t('rules.review')}
          description={t('rules.reviewHint')}
          checked={room.reviewQuestions}
          onChange={(event) => change({ reviewQuestions: event.currentTarget.checked })}
        />
        <Switch
          label={t('rules.anonymous')}
          description={t('rules.anonymousHint')}
          checked={room.anonymousQuestions}
          onChange={(event) => change({ anonymousQuestions: event.currentTarget.checked })}
        />
        <Divider />
        <Switch
          label={t('rules.locked')}
          description={t('rules.lockedHint')}
          checked={room.locked}
          onChange={(event) => change({ locked: event.currentTarget.checked })}
        />
        <Switch label={t('rules.guests')} checked={room.guestsAllowed} onChange={(event) => change({ guestsAllowed: event.currentTarget.checked })} />
        <Stack gap={6}>
          <Text size="sm" fw={500} id="rules-lobby">
            {t('rules.lobby')}
          </Text>
          <SegmentedControl
            aria-labelledby="rules-lobby"
            value={room.lobby}
            onChange={(lobby) => {
              if (lobby === 'off' || lobby === 'guests' || lobby === 'everyone') change({ lobby });
            }}
            data={[
              { value: 'off', label: t('rules.lobbyOff') },
              { value: 'guests', label: t('rules.lobbyGuests') },
              { value: 'everyone', label: t('rules.lobbyEveryone') },
            ]}
          />
        </Stack>
      </Stack>
    </Modal>
  );
}
