import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ErrorNotice, Group, Modal, Stack, Textarea } from '@/shared/ui';

type Props = {
  title: string;
  /** The word on the button that does it. */
  confirm: string;
  /** Something was signed that this changes: a reason is asked for. */
  correcting: boolean;
  pending: boolean;
  error: unknown;
  disabled?: boolean;
  onConfirm: (reason: string) => void;
  onClose: () => void;
  /** What is filled in; what acts before the whole is confirmed takes the reason along. */
  children: ReactNode | ((reason: string) => ReactNode);
};

/** A dialog over facts; a correction of a signed period asks for its reason. */
export function FactDialog({ title, confirm, correcting, pending, error, disabled, onConfirm, onClose, children }: Props) {
  const { t } = useTranslation(['project', 'shared']);
  const [reason, setReason] = useState('');
  return (
    <Modal opened size="lg" onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('shared:actions.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm(reason);
        }}
      >
        <Stack>
          {correcting && (
            <Textarea
              label={t('correction.reason')}
              description={t('correction.text')}
              required
              autosize
              minRows={2}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          {typeof children === 'function' ? children(reason) : children}
          <ErrorNotice error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('shared:actions.cancel')}
            </Button>
            <Button type="submit" loading={pending} disabled={disabled || (correcting && reason.trim() === '')}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
