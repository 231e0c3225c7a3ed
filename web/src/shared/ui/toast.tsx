import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** A short word that something was done, with a way back where there is one. */
export function toast(message: string, undo?: { label: string; run: () => void }): void {
  const id = `toast-${message}`;
  notifications.hide(id);
  notifications.show({
    id,
    color: 'teal',
    // Long enough to read and to change one's mind.
    autoClose: undo ? 12_000 : 5_000,
    closeButtonProps: { 'aria-label': i18next.t('shared:actions.close') },
    message: (
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <Text size="sm">{message}</Text>
        {undo && (
          <Button
            size="xs"
            variant="light"
            onClick={() => {
              notifications.hide(id);
              undo.run();
            }}
          >
            {undo.label}
          </Button>
        )}
      </Group>
    ),
  });
}
