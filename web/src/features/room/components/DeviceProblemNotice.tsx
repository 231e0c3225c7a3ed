import { useTranslation } from 'react-i18next';
import { Alert, Button, ErrorCode, Group, Text } from '@/shared/ui';
import { deviceKind, type DeviceProblem } from '../call/problems';
import { thisBrowser } from '../prejoin/browser';
import classes from './Room.module.css';

interface Props {
  device: 'camera' | 'microphone' | 'both';
  problem: DeviceProblem;
  onRetry: () => void;
}

/** A camera or microphone that does not work: what happened, what to do, a button that tries again, a code. */
export function DeviceProblemNotice({ device, problem, onRetry }: Props) {
  const { t } = useTranslation('room');
  const kind = deviceKind(problem) ?? 'failed';
  const browser = thisBrowser();
  // Safari hands out a new answer only to a page loaded anew.
  const reload = kind === 'denied' && (browser === 'safari' || browser === 'ios');
  return (
    <Alert color="yellow" variant="light" role="alert" classNames={{ title: classes.trouble ?? '' }} title={t(`device.${kind}.title`, { device: t(`device.${device}`) })}>
      <Text size="sm">{t(`device.${kind}.text`)}</Text>
      {kind === 'denied' && (
        <Text size="sm" mt={4}>
          {t(`device.how.${browser}`)}
        </Text>
      )}
      <Group mt="xs" gap="sm">
        {reload ? (
          <Button size="xs" variant="default" onClick={() => window.location.reload()}>
            {t('device.reload')}
          </Button>
        ) : (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('device.retry')}
          </Button>
        )}
        <ErrorCode code={problem} />
      </Group>
    </Alert>
  );
}
