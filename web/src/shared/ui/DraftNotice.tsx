import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Says that the form came back as it was left, and offers a clean one. */
export function DraftNotice({ onDiscard }: { onDiscard: () => void }) {
  const { t } = useTranslation('shared');
  return (
    <Alert color="teal" variant="light" mb="lg" role="status">
      <Group justify="space-between" gap="sm">
        <Text size="sm">{t('draft.restored')}</Text>
        <Button size="xs" variant="default" onClick={onDiscard}>
          {t('draft.discard')}
        </Button>
      </Group>
    </Alert>
  );
}
