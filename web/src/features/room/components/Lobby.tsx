import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Loader, Stack, Text, Title } from '@/shared/ui';
import type { CallSession } from '../call/session';
import { useSelected } from '../call/store';
import type { RoomCard } from '../call/wire';
import classes from './Room.module.css';
import { RoomHead } from './RoomHead';
import { TrackVideo } from './TrackVideo';

/** Waiting to be let in, with one's own picture for company. */
export function Lobby({ session, card }: { session: CallSession; card: RoomCard }) {
  const { t } = useTranslation('room');
  const feed = useSelected(session.state, (state) => state.feed);
  const [camera] = useState(() => session.handedCamera());
  return (
    <div className={classes.prejoin}>
      <section className={classes.look} aria-label={t('preview.label')}>
        <div className={classes.selfView}>
          {camera ? (
            <TrackVideo track={camera} className={classes.mirrored} />
          ) : (
            <div className={classes.selfViewWords}>
              <Text>{t('preview.cameraOff')}</Text>
            </div>
          )}
        </div>
      </section>
      <Stack className={classes.door} gap="lg">
        <RoomHead card={card} />
        <Stack gap="xs" role="status">
          <Title order={2}>{t('lobby.title')}</Title>
          <Text size="lg">{t('lobby.text')}</Text>
          {feed === 'lost' ? <Text c="var(--mantine-color-error)">{t('lobby.lost')}</Text> : <Loader type="dots" />}
        </Stack>
        <Button variant="default" onClick={() => void session.leave()}>
          {t('lobby.leave')}
        </Button>
      </Stack>
    </div>
  );
}
