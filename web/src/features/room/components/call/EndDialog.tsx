import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Group, Modal, Stack, Text } from '@/shared/ui';
import { useCall } from '../../hooks/useCall';

/** Ending for everybody cannot be undone, so it asks once. */
export function EndDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('room');
  const { session, api } = useCall();
  const [ending, setEnding] = useState(false);
  const end = async () => {
    setEnding(true);
    // The end itself arrives on the live stream; a failure is said in a notice.
    if (!(await session.attempt(() => api.end()))) onClose();
    setEnding(false);
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t('end.title')} closeButtonProps={{ 'aria-label': t('end.cancel') }}>
      <Stack>
        <Text>{t('end.text')}</Text>
        <Group>
          <Button color="red" loading={ending} onClick={() => void end()}>
            {t('end.confirm')}
          </Button>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('end.cancel')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
