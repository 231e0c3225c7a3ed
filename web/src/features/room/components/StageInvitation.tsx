import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Group, Modal, Stack, Text } from '@/shared/ui';
import type { CallSession } from '../call/session';
import { useSelected } from '../call/store';
import { isInvited } from '../call/webinar';

/** «Come on the stage»: asked once, answered by a press; nothing is switched on without the person. */
export function StageInvitation({ session }: { session: CallSession }) {
  const { t } = useTranslation('room');
  const invited = useSelected(session.live, isInvited);
  const backstage = useSelected(session.live, (live) => live.room.phase === 'backstage');
  const [answering, setAnswering] = useState(false);
  const answer = async (yes: boolean) => {
    setAnswering(true);
    await session.setOnStage(yes);
    setAnswering(false);
  };
  return (
    <Modal
      opened={invited}
      onClose={() => void answer(false)}
      title={t('webinar.invitation')}
      centered
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('webinar.decline') }}
    >
      <Stack>
        <Text>{t(backstage ? 'webinar.invitationBackstage' : 'webinar.invitationText')}</Text>
        <Group>
          <Button loading={answering} onClick={() => void answer(true)} data-autofocus>
            {t('webinar.accept')}
          </Button>
          <Button variant="default" disabled={answering} onClick={() => void answer(false)}>
            {t('webinar.decline')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
