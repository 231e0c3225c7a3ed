import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/shared/i18n';
import { formatTime } from '@/shared/lib/dates';
import { Button, Loader, Stack, Text, Title } from '@/shared/ui';
import type { CallSession } from '../call/session';
import { useSelected } from '../call/store';
import type { RoomCard, RunningItem } from '../call/wire';
import classes from './Room.module.css';
import { RoomHead } from './RoomHead';
import { StageInvitation } from './StageInvitation';

/** Before the start of a webinar: what is coming, and the calm promise that the door opens by itself. */
export function StartsSoon({ session, card }: { session: CallSession; card: RoomCard }) {
  const { t } = useTranslation('room');
  const feed = useSelected(session.state, (state) => state.feed);
  const items = useSelected(session.live, (live) => live.order?.items);
  return (
    <div className={classes.hallDoor}>
      <Stack gap="lg">
        <RoomHead card={card} />
        <Stack gap="xs" role="status">
          <Title order={2}>{t('webinar.soon')}</Title>
          <Text size="lg">{t('webinar.soonText')}</Text>
          {feed === 'lost' ? <Text c="var(--mantine-color-error)">{t('lobby.lost')}</Text> : <Loader type="dots" />}
        </Stack>
        {items && items.length > 0 && <Programme items={items} />}
        <Button variant="default" onClick={() => void session.leave()}>
          {t('lobby.leave')}
        </Button>
      </Stack>
      <StageInvitation session={session} />
    </div>
  );
}

function Programme({ items }: { items: readonly RunningItem[] }) {
  const { t } = useTranslation('room');
  const { language } = useLanguage();
  return (
    <section aria-labelledby="programme-title">
      <Title order={3} id="programme-title">
        {t('webinar.programme')}
      </Title>
      <ol className={classes.programme}>
        {items.map((item) => (
          <li key={item.id}>
            <time dateTime={item.startsAt}>{formatTime(item.startsAt, language)}</time>
            <span>
              {item.title}
              {item.speakers.length > 0 && <small>{item.speakers.map((speaker) => speaker.name).join(', ')}</small>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
