import {
  IconHandOff,
  IconMessageOff,
  IconMicrophoneOff,
  IconPin,
  IconPinnedOff,
  IconScreenShareOff,
  IconStairsDown,
  IconStairsUp,
  IconUserMinus,
  IconUserStar,
  IconVideoOff,
} from '@tabler/icons-react';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Group, Menu, Modal, Stack, Text } from '@/shared/ui';
import type { SeatChange } from '../../api/room';
import type { MediaPerson } from '../../call/media';
import { cameraKey, type TileKey } from '../../call/stage';
import { useSelected } from '../../call/store';
import { listens } from '../../call/webinar';
import { useCall, useMySeat } from '../../hooks/useCall';
import classes from './Call.module.css';

interface Props {
  person: MediaPerson;
  tileKey?: TileKey;
  opened: boolean;
  onClose: () => void;
  children: ReactElement;
}

/**
 * What can be done about a person, the same on their tile and in the list. Moderation is shown to those the server
 * lets moderate; whether each deed is allowed the server decides anew.
 */
export function PersonMenu({ person, tileKey, opened, onClose, children }: Props) {
  const { t } = useTranslation('room');
  const { session, api, view } = useCall();
  const me = useMySeat();
  const seat = useSelected(session.live, (live) => live.seats.get(person.id) ?? null);
  const room = useSelected(session.live, (live) => live.room);
  const listening = seat !== null && listens(room, seat);
  const hand = useSelected(session.live, (live) => live.hands.includes(person.id));
  const [removing, setRemoving] = useState(false);
  const key = tileKey ?? cameraKey(person.id);
  const pinned = useSelected(view.state, (state) => state.pinned.includes(key));
  const name = seat?.name ?? person.name;
  // Each rank leads those below it; who is a co-host the host alone decides.
  const moderate =
    me?.may.moderate === true && !person.local && (me.role === 'host' ? seat?.role !== 'host' : seat?.role === 'participant');
  const act = (request: () => Promise<unknown>) => () => void session.attempt(request);
  const change = (what: SeatChange) => act(() => api.changeSeat(person.id, what));
  const size = 18;

  return (
    <>
      <Menu
        opened={opened && !removing}
        onChange={(open) => {
          if (!open) onClose();
        }}
        position="bottom-end"
        width={260}
        withinPortal
        trapFocus
        returnFocus
      >
        <Menu.Target>{children}</Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={pinned ? <IconPinnedOff size={size} aria-hidden /> : <IconPin size={size} aria-hidden />}
            onClick={() => view.togglePin(key)}
          >
            {t(pinned ? 'tile.unpin' : 'tile.pin')}
          </Menu.Item>
          {moderate && seat && (
            <>
              <Menu.Divider />
              <Menu.Label>{t('people.moderator')}</Menu.Label>
              {listening && (
                <Menu.Item
                  leftSection={<IconStairsUp size={size} aria-hidden />}
                  onClick={act(() => (seat.stage === 'invited' ? api.takeOffStage(person.id) : api.inviteOnStage(person.id)))}
                >
                  {t(seat.stage === 'invited' ? 'webinar.withdraw' : 'webinar.invite')}
                </Menu.Item>
              )}
              {room.mode === 'webinar' && seat.role === 'participant' && seat.stage === 'on' && (
                <Menu.Item leftSection={<IconStairsDown size={size} aria-hidden />} onClick={act(() => api.takeOffStage(person.id))}>
                  {t('webinar.takeOff')}
                </Menu.Item>
              )}
              {person.microphone && (
                <Menu.Item leftSection={<IconMicrophoneOff size={size} aria-hidden />} onClick={act(() => api.mute(person.id, 'microphone'))}>
                  {t('people.muteMicrophone')}
                </Menu.Item>
              )}
              {person.camera && (
                <Menu.Item leftSection={<IconVideoOff size={size} aria-hidden />} onClick={act(() => api.mute(person.id, 'camera'))}>
                  {t('people.muteCamera')}
                </Menu.Item>
              )}
              {person.screen && (
                <Menu.Item leftSection={<IconScreenShareOff size={size} aria-hidden />} onClick={act(() => api.mute(person.id, 'screen_share'))}>
                  {t('people.stopScreen')}
                </Menu.Item>
              )}
              {hand && (
                <Menu.Item leftSection={<IconHandOff size={size} aria-hidden />} onClick={act(() => api.lowerHandOf(person.id))}>
                  {t('people.lowerHand')}
                </Menu.Item>
              )}
              {seat.role === 'participant' && (
                <>
                  {/* Who only listens is let speak by the stage alone. */}
                  {!listening && (
                    <>
                      <Menu.Item leftSection={<IconMicrophoneOff size={size} aria-hidden />} onClick={change({ allowUnmute: !seat.may.unmute })}>
                        {t(seat.may.unmute ? 'people.forbidUnmute' : 'people.allowUnmute')}
                      </Menu.Item>
                      <Menu.Item leftSection={<IconVideoOff size={size} aria-hidden />} onClick={change({ allowVideo: !seat.may.video })}>
                        {t(seat.may.video ? 'people.forbidVideo' : 'people.allowVideo')}
                      </Menu.Item>
                      <Menu.Item leftSection={<IconScreenShareOff size={size} aria-hidden />} onClick={change({ allowShare: !seat.may.share })}>
                        {t(seat.may.share ? 'people.forbidShare' : 'people.allowShare')}
                      </Menu.Item>
                    </>
                  )}
                  <Menu.Item leftSection={<IconMessageOff size={size} aria-hidden />} onClick={change({ allowChat: !seat.may.chat })}>
                    {t(seat.may.chat ? 'people.forbidChat' : 'people.allowChat')}
                  </Menu.Item>
                </>
              )}
              <Menu.Divider />
              {me?.role === 'host' && (
                <Menu.Item
                  leftSection={<IconUserStar size={size} aria-hidden />}
                  onClick={change({ role: seat.role === 'cohost' ? 'participant' : 'cohost' })}
                >
                  {t(seat.role === 'cohost' ? 'people.takeCohost' : 'people.makeCohost')}
                </Menu.Item>
              )}
              <Menu.Item
                className={classes.grave}
                leftSection={<IconUserMinus size={size} aria-hidden />}
                closeMenuOnClick={false}
                onClick={() => setRemoving(true)}
              >
                {t('people.remove')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={removing} onClose={onClose} title={t('people.removeTitle', { name })} closeButtonProps={{ 'aria-label': t('people.cancel') }}>
        <Stack>
          <Text>{t('people.removeText')}</Text>
          <Group>
            <Button
              color="red"
              onClick={() => {
                act(() => api.remove(person.id))();
                onClose();
              }}
            >
              {t('people.removeConfirm')}
            </Button>
            <Button variant="default" onClick={onClose} data-autofocus>
              {t('people.cancel')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
