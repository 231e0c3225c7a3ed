import { IconAlertTriangle, IconCircleCheck, IconWifi } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, ErrorCode, Group, Loader, Text, UnstyledButton } from '@/shared/ui';
import { connectionCheckToken, sameOriginMedia } from '../api/room';
import { useStore } from '../call/store';
import { type CheckState, ConnectionCheck, FINDINGS } from '../prejoin/check';
import classes from './Room.module.css';

/** After the picture has had time to appear: the check must not compete with it. */
const START_AFTER_MS = 1200;

/** The connection check, one line of words; details for those who have to show them to somebody. */
export function ConnectionLine({ stopped }: { stopped: boolean }) {
  const { t } = useTranslation('room');
  const check = useMemo(
    () =>
      new ConnectionCheck(async () => {
        const { createProbe } = await import('../prejoin/probe-livekit');
        return createProbe(connectionCheckToken, sameOriginMedia());
      }),
    [],
  );
  const state = useStore(check.state);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    if (stopped) {
      check.stop();
      return undefined;
    }
    const timer = setTimeout(() => void check.run(), START_AFTER_MS);
    return () => {
      clearTimeout(timer);
      check.stop();
    };
  }, [check, stopped]);

  const done = !state.running && state.steps.server !== 'waiting';
  const kind = FINDINGS.find((known) => state.finding === `check.${known}`);
  return (
    <section aria-label={t('check.title')} className={classes.check}>
      {kind && !state.running ? (
        <Alert
          color={kind === 'unavailable' ? 'gray' : 'yellow'}
          variant="light"
          classNames={{ title: classes.trouble ?? '' }}
          icon={<IconAlertTriangle aria-hidden />}
          title={t(`check.finding.${kind}.title`)}
          role="status"
        >
          <Text size="sm">{t(`check.finding.${kind}.text`)}</Text>
          <Group mt="xs" gap="sm">
            <Button size="xs" variant="default" onClick={() => void check.run()}>
              {t('check.again')}
            </Button>
            <ErrorCode code={`check.${kind}`} />
          </Group>
        </Alert>
      ) : (
        <Group gap="xs" role="status" wrap="nowrap">
          {done ? <IconCircleCheck size={20} className={classes.good} aria-hidden /> : state.running ? <Loader size={18} /> : <IconWifi size={20} aria-hidden />}
          <Text size="sm">{done ? t('check.good') : t('check.running')}</Text>
          {done && (
            <UnstyledButton className={classes.quiet} aria-expanded={open} onClick={() => setOpen(!open)}>
              {t('check.details')}
            </UnstyledButton>
          )}
        </Group>
      )}
      {open && done && <Details state={state} onAgain={() => void check.run()} />}
    </section>
  );
}

function Details({ state, onAgain }: { state: CheckState; onAgain: () => void }) {
  const { t } = useTranslation('room');
  const { rttMs, loss, transport } = state.figures;
  const figures = [
    rttMs === null ? null : t('check.rtt', { ms: rttMs }),
    loss === null ? null : t('check.loss', { percent: Math.round(loss * 100) }),
    transport === null ? null : transport.toUpperCase(),
  ].filter((figure) => figure !== null);
  return (
    <div className={classes.checkDetails}>
      <ul>
        {(['server', 'socket', 'media', 'quality'] as const).map((step) => (
          <li key={step}>
            {t(`check.step.${step}`)}: {t(`check.status.${state.steps[step]}`)}
          </li>
        ))}
      </ul>
      {figures.length > 0 && <Text size="sm">{figures.join(', ')}</Text>}
      <Button size="xs" variant="default" mt="xs" onClick={onAgain}>
        {t('check.again')}
      </Button>
    </div>
  );
}
