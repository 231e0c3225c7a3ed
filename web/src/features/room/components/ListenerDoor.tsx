import { IconHeadphones } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, myName, type Me } from '@/shared/api';
import { Button, ErrorNotice, Stack, Text } from '@/shared/ui';
import type { Memory } from '../call/memory';
import type { RoomCard } from '../call/wire';
import { ConnectionLine } from './ConnectionLine';
import { emptyGuest, GuestFields, type GuestDraft, guestProblem } from './GuestFields';
import type { JoinWish } from './PreJoin';
import { PupilField } from './PupilField';
import classes from './Room.module.css';
import { RoomHead } from './RoomHead';

interface Props {
  card: RoomCard;
  me: Me;
  asGuest: boolean;
  memory: Memory;
  failure: unknown;
  onJoin: (wish: JoinWish) => Promise<void>;
}

/** The way into a webinar for those who come to listen: nobody asks for their camera or microphone. */
export function ListenerDoor({ card, me, asGuest, memory, failure, onJoin }: Props) {
  const { t } = useTranslation('room');
  const [guest, setGuest] = useState<GuestDraft>(() => ({ ...emptyGuest, name: me.guest?.name ?? memory.habits().guestName ?? '' }));
  // A link of a pupil's own carries the code where no server's log sees it.
  const [pupilCode, setPupilCode] = useState(() => window.location.hash.slice(1));
  const [tried, setTried] = useState(false);
  const [joining, setJoining] = useState(false);
  const asPupil = asGuest && card.byPupilCode;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (asPupil ? !pupilCode.trim() : asGuest && guestProblem(guest)) return;
    setJoining(true);
    if (asGuest && !asPupil) memory.keepHabits({ guestName: guest.name.trim() });
    const { microphoneId, cameraId, speakerId } = memory.habits();
    await onJoin({
      guest: asPupil
        ? { pupilCode: pupilCode.trim() }
        : asGuest && guest.version
          ? { guestName: guest.name.trim(), consentVersion: guest.version }
          : undefined,
      start: { microphone: false, camera: false },
      devices: { microphone: microphoneId, camera: cameraId, speaker: speakerId },
      hand: () => ({}),
    });
    setJoining(false);
  };
  return (
    <form className={classes.hallDoor} onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="lg">
        <RoomHead card={card} />
        <div className={classes.listenNote}>
          <IconHeadphones size={28} aria-hidden />
          <Text>{t('webinar.door')}</Text>
        </div>
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
      </Stack>
    </form>
  );
}
