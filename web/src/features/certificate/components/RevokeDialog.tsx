import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Certificate } from '@/shared/api';
import { Button, ErrorNotice, Group, Modal, Stack, Text, Textarea, toast } from '@/shared/ui';
import { useRevoke } from '../api/certificates';

/** Asks for the reason: anyone who verifies the certificate reads it. */
export function RevokeDialog({ certificate, onClose }: { certificate: Certificate; onClose: () => void }) {
  const { t } = useTranslation(['certificate', 'shared']);
  const [reason, setReason] = useState('');
  const revoke = useRevoke();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('revoke.title', { number: certificate.number })}
      closeButtonProps={{ 'aria-label': t('shared:actions.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          revoke.mutate(
            { id: certificate.id, reason },
            {
              onSuccess: () => {
                toast(t('revoke.done'));
                onClose();
              },
            },
          );
        }}
      >
        <Stack>
          <Text>{t('revoke.text', { name: certificate.name })}</Text>
          <Textarea
            label={t('revoke.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={300}
            autosize
            minRows={2}
            required
            data-autofocus
          />
          <ErrorNotice error={revoke.error} />
          <Group>
            <Button type="submit" color="red" loading={revoke.isPending} disabled={reason.trim() === ''}>
              {t('revoke.do')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('shared:actions.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
