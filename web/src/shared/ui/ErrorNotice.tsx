import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ErrorCode } from './ErrorCode';
import { signInHref, wordsOf } from './errorWords';

/** A failure inside a page or a form: what happened, what to do, a button that does it, a code for support. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('shared');
  if (!error) return null;
  const words = wordsOf(error, t);
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={words.title}>
      {words.text && <Text size="sm">{words.text}</Text>}
      <Group mt="xs" gap="sm">
        {onRetry && words.remedy === 'retry' && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('actions.retry')}
          </Button>
        )}
        {words.remedy === 'signIn' && (
          <Button size="xs" variant="default" component="a" href={signInHref()}>
            {t('actions.signIn')}
          </Button>
        )}
        <ErrorCode code={words.code} />
      </Group>
    </Alert>
  );
}
