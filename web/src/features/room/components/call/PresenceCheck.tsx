import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Group, Modal, SegmentedControl, Stack, Text } from '@/shared/ui';
import { useSelected } from '../../call/store';
import { keepsRecord } from '../../call/webinar';
import type { OpenCheck } from '../../call/wire';
import { useCall, useMySeat } from '../../hooks/useCall';
import classes from './Call.module.css';
import { secondsLeft } from './secondsLeft';

/** «Are you here?»: a calm question with one large button; for those who asked, how many have answered. */
export function PresenceCheck() {
  const { session } = useCall();
  const me = useMySeat();
  const check = useSelected(session.live, (live) => live.check);
  // A room's screen answers for nobody: the people before it are counted by name.
  if (!check || !me || me.isKit) return null;
  return <Running key={check.asked.id} check={check} counts={keepsRecord(me)} />;
}

function Running({ check, counts }: { check: OpenCheck; counts: boolean }) {
  const { t } = useTranslation('room');
  const { session } = useCall();
  const left = useSecondsLeft(check);
  const [sending, setSending] = useState(false);
  const answer = async () => {
    setSending(true);
    await session.answerCheck(check.asked.id);
    setSending(false);
  };
  if (left <= 0) return null;
  return (
    <>
      {counts && check.count && (
        <section className={classes.lobbyNotice} aria-label={t('presenceCheck.title')} data-testid="check-count">
          <strong>{t('presenceCheck.count', { answered: check.count.answered, present: check.count.present })}</strong>
          <p>{t('presenceCheck.left', { count: left })}</p>
        </section>
      )}
      <Modal
        opened={!check.answered}
        onClose={() => undefined}
        withCloseButton={false}
        closeOnClickOutside={false}
        closeOnEscape={false}
        title={t('presenceCheck.question')}
        centered
      >
        <Stack>
          <Text>{t('presenceCheck.text')}</Text>
          <Button size="xl" fullWidth loading={sending} onClick={() => void answer()} data-autofocus data-testid="i-am-here">
            {t('presenceCheck.here')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('presenceCheck.left', { count: left })}
          </Text>
        </Stack>
      </Modal>
    </>
  );
}

function useSecondsLeft(check: OpenCheck): number {
  const [deadline] = useState(() => Date.now() + secondsLeft(check.asked, Date.now()) * 1000);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.ceil((deadline - now) / 1000);
}

/** Asking everybody: how long they have to answer. */
export function StartCheckDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('room');
  const { session, api } = useCall();
  const [seconds, setSeconds] = useState('60');
  const start = async () => {
    if (await session.attempt(() => api.askCheck(Number(seconds)))) onClose();
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t('presenceCheck.title')} closeButtonProps={{ 'aria-label': t('notice.close') }}>
      <Stack>
        <Text>{t('presenceCheck.about')}</Text>
        <SegmentedControl
          aria-label={t('presenceCheck.time')}
          value={seconds}
          onChange={setSeconds}
          data={['30', '60', '120'].map((value) => ({ value, label: t('presenceCheck.seconds', { count: Number(value) }) }))}
        />
        <Group>
          <Button onClick={() => void start()} data-autofocus>
            {t('presenceCheck.start')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('presenceCheck.cancel')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
