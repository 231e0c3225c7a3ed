import { IconMicrophone, IconMicrophoneOff, IconSettings, IconVideo, IconVideoOff } from '@tabler/icons-react';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, myName, type Me } from '@/shared/api';
import { ActionIcon, Button, ErrorNotice, Stack, Text, Tooltip } from '@/shared/ui';
import type { DeviceChoice, HandedTracks } from '../call/media';
import type { Memory } from '../call/memory';
import { useStore } from '../call/store';
import type { RoomCard } from '../call/wire';
import { Preview } from '../prejoin/preview';
import { ConnectionLine } from './ConnectionLine';
import { DevicePickers } from './DevicePickers';
import { DeviceProblemNotice } from './DeviceProblemNotice';
import { emptyGuest, GuestFields, type GuestDraft, guestProblem } from './GuestFields';
import { LevelMeter } from './LevelMeter';
import classes from './Room.module.css';
import { PupilField } from './PupilField';
import { RoomHead } from './RoomHead';
import { TrackVideo } from './TrackVideo';

export interface JoinWish {
  readonly guest?: { guestName: string; consentVersion: string } | { pupilCode: string } | undefined;
  readonly start: { microphone: boolean; camera: boolean };
  readonly devices: DeviceChoice;
  /** Gives the tracks of the preview away, once there is a seat to give them to. */
  readonly hand: () => HandedTracks;
}

interface Props {
  card: RoomCard;
  me: Me;
  asGuest: boolean;
  early: boolean;
  memory: Memory;
  failure: unknown;
  onJoin: (wish: JoinWish) => Promise<void>;
}

/** The page before the call: see yourself, hear yourself, know that the line holds, go in. */
export function PreJoin({ card, me, asGuest, early, memory, failure, onJoin }: Props) {
  const { t } = useTranslation('room');
  const habits = useMemo(() => memory.habits(), [memory]);
  const [wanted, setWanted] = useState({ microphone: habits.microphone, camera: habits.camera });
  const preview = usePreview(memory);
  const state = useStore(preview.state);
  const [guest, setGuest] = useState<GuestDraft>(() => ({ ...emptyGuest, name: me.guest?.name ?? habits.guestName ?? '' }));
  // A link of a pupil's own carries the code where no server's log sees it.
  const [pupilCode, setPupilCode] = useState(() => window.location.hash.slice(1));
  const [tried, setTried] = useState(false);
  const [joining, setJoining] = useState(false);
  const [devicesShown, setDevicesShown] = useState(false);

  const asPupil = asGuest && card.byPupilCode;
  const toggle = (kind: 'microphone' | 'camera') => {
    const on = !wanted[kind];
    setWanted({ ...wanted, [kind]: on });
    memory.keepHabits({ [kind]: on });
    void preview.set(kind, on);
  };
  const choose = (kind: 'microphone' | 'camera' | 'speaker', id: string) => {
    const kept = { microphone: 'microphoneId', camera: 'cameraId', speaker: 'speakerId' } as const;
    memory.keepHabits({ [kept[kind]]: id });
    void preview.choose(kind, id);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (asPupil ? !pupilCode.trim() : asGuest && guestProblem(guest)) return;
    setJoining(true);
    if (asGuest && !asPupil) memory.keepHabits({ guestName: guest.name.trim() });
    await onJoin({
      guest: asPupil
        ? { pupilCode: pupilCode.trim() }
        : asGuest && guest.version
          ? { guestName: guest.name.trim(), consentVersion: guest.version }
          : undefined,
      // A device that does not work must not be tried once more in the call, where nobody expects its question.
      start: {
        microphone: wanted.microphone && state.microphone.status !== 'problem',
        camera: wanted.camera && state.camera.status !== 'problem',
      },
      devices: preview.state.get().choice,
      hand: () => preview.hand(),
    });
    setJoining(false);
  };

  const asking = state.asking;
  // One refusal covers both devices, and is told once.
  const bothAlike = wanted.camera && wanted.microphone && state.camera.problem === state.microphone.problem;
  return (
    <form className={classes.prejoin} onSubmit={(event) => void submit(event)} noValidate>
      <section className={classes.look} aria-label={t('preview.label')}>
        <div className={classes.selfView}>
          {state.camera.track ? (
            <TrackVideo track={state.camera.track} className={classes.mirrored} />
          ) : (
            <div className={classes.selfViewWords}>
              {asking ? (
                <div role="status">
                  <Text size="lg" fw={600}>
                    {t('preview.asking.title')}
                  </Text>
                  <Text>{t('preview.asking.text')}</Text>
                </div>
              ) : (
                <Text>{t(state.camera.status === 'starting' ? 'preview.cameraStarting' : 'preview.cameraOff')}</Text>
              )}
            </div>
          )}
          <div className={classes.selfViewTools}>
            <RoundSwitch
              on={state.microphone.status === 'on' || state.microphone.status === 'starting'}
              trouble={state.microphone.status === 'problem'}
              label={t(wanted.microphone ? 'preview.turnMicrophoneOff' : 'preview.turnMicrophoneOn')}
              onIcon={<IconMicrophone aria-hidden />}
              offIcon={<IconMicrophoneOff aria-hidden />}
              onClick={() => toggle('microphone')}
            />
            <RoundSwitch
              on={state.camera.status === 'on' || state.camera.status === 'starting'}
              trouble={state.camera.status === 'problem'}
              label={t(wanted.camera ? 'preview.turnCameraOff' : 'preview.turnCameraOn')}
              onIcon={<IconVideo aria-hidden />}
              offIcon={<IconVideoOff aria-hidden />}
              onClick={() => toggle('camera')}
            />
          </div>
        </div>
        <div className={classes.meterRow}>
          <LevelMeter track={state.microphone.track} />
          <Text size="sm" c="dimmed">
            {t(state.microphone.track ? 'preview.levelHint' : 'preview.levelOff')}
          </Text>
        </div>
        {wanted.microphone && state.microphone.problem && (
          <DeviceProblemNotice
            device={bothAlike ? 'both' : 'microphone'}
            problem={state.microphone.problem}
            onRetry={() => void (bothAlike ? preview.start(wanted) : preview.set('microphone', true))}
          />
        )}
        {wanted.camera && state.camera.problem && !bothAlike && (
          <DeviceProblemNotice device="camera" problem={state.camera.problem} onRetry={() => void preview.set('camera', true)} />
        )}
      </section>

      <Stack className={classes.door} gap="lg">
        <RoomHead card={card} />
        {early && <Text>{t('card.early')}</Text>}
        {asPupil ? (
          <PupilField
            code={pupilCode}
            onChange={setPupilCode}
            tried={tried}
            problem={failure instanceof ApiError ? failure.fields['pupilCode'] : undefined}
          />
        ) : asGuest ? (
          <GuestFields
            draft={guest}
            onChange={setGuest}
            tried={tried}
            nameProblem={failure instanceof ApiError ? failure.fields['guestName'] : undefined}
          />
        ) : (
          <Text>{t('join.as', { name: myName(me) })}</Text>
        )}
        <ErrorNotice error={failure} />
        <div className={classes.joinBar}>
          <Button type="submit" size="lg" loading={joining} fullWidth data-testid="join">
            {t(card.mySeat ? 'join.rejoin' : 'join.button')}
          </Button>
        </div>
        <ConnectionLine stopped={joining} />
        <Button
          variant="subtle"
          color="gray"
          size="sm"
          leftSection={<IconSettings size={18} aria-hidden />}
          aria-expanded={devicesShown}
          onClick={() => setDevicesShown(!devicesShown)}
        >
          {t('settings.title')}
        </Button>
        {devicesShown && (
          <DevicePickers
            microphones={state.microphones}
            cameras={state.cameras}
            speakers={state.speakers}
            choice={state.choice}
            onChoose={choose}
          />
        )}
      </Stack>
    </form>
  );
}

interface SwitchProps {
  on: boolean;
  trouble: boolean;
  label: string;
  onIcon: React.ReactNode;
  offIcon: React.ReactNode;
  onClick: () => void;
}

function RoundSwitch({ on, trouble, label, onIcon, offIcon, onClick }: SwitchProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        type="button"
        size={52}
        radius="xl"
        className={classes.round}
        data-off={on ? undefined : true}
        data-trouble={trouble || undefined}
        aria-label={label}
        onClick={onClick}
      >
        {on ? onIcon : offIcon}
      </ActionIcon>
    </Tooltip>
  );
}

/** One preview for the life of the page; it starts once and lets the devices go when the page is left. */
function usePreview(memory: Memory): Preview {
  const [preview] = useState(() => makePreview(memory));
  useEffect(() => {
    const { camera, microphone } = memory.habits();
    void preview.start({ camera, microphone });
    return () => preview.dispose();
  }, [memory, preview]);
  return preview;
}

function makePreview(memory: Memory): Preview {
  const habits = memory.habits();
  return new Preview(navigator.mediaDevices as MediaDevices | undefined, {
    microphone: habits.microphoneId,
    camera: habits.cameraId,
    speaker: habits.speakerId,
  });
}
