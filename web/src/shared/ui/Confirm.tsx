import { Button, Group, Modal, Stack, Text, type ButtonProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api';
import { ErrorNotice } from './ErrorNotice';

type Props = ButtonProps & {
  /** The button's and the question's words. */
  children: ReactNode;
  title: string;
  text: string;
  /** The word on the button that does it. */
  confirm: string;
  onConfirm: () => Promise<unknown>;
  pending: boolean;
  error: unknown;
};

/** A button for what cannot be undone: says what will happen and asks once. */
export function ConfirmButton({ children, title, text, confirm, onConfirm, pending, error, ...button }: Props) {
  const { t } = useTranslation('shared');
  const [opened, dialog] = useDisclosure(false);
  const act = () => {
    onConfirm().then(dialog.close, () => {
      // The dialog stays open and shows `error`.
    });
  };
  return (
    <>
      <Button variant="default" {...button} onClick={dialog.open}>
        {children}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={title} closeButtonProps={{ 'aria-label': t('actions.close') }}>
        <Stack>
          <Text>{text}</Text>
          <ErrorNotice error={error} />
          {/* The fields lie behind the dialog: what is wrong with them is said here. */}
          {error instanceof ApiError && [...new Set(Object.values(error.fields))].map((reason) => <Text key={reason}>{reason}</Text>)}
          <Group>
            <Button color="red" onClick={act} loading={pending}>
              {confirm}
            </Button>
            <Button variant="default" onClick={dialog.close} data-autofocus>
              {t('actions.cancel')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
