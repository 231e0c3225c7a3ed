import { useTranslation } from 'react-i18next';
import { Button, ErrorNotice, Group, Loader, Modal, Paragraphs, Stack, Text } from '@/shared/ui';
import { useConsentText } from '../api/classes';

/** The text that guardians sign, with lines to sign on when it is printed. */
export function ConsentText({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['school_class', 'shared']);
  const text = useConsentText(true);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={text.data?.title}
      closeButtonProps={{ 'aria-label': t('shared:actions.close') }}
    >
      <Stack>
        <ErrorNotice error={text.error} onRetry={() => void text.refetch()} />
        {text.isPending && <Loader />}
        {text.data && (
          <>
            <Paragraphs text={text.data.body} />
            <Text>{t('text.pupil')}</Text>
            <Text>{t('text.guardian')}</Text>
            <Text>{t('text.signature')}</Text>
            <Text size="sm" c="dimmed">
              {t('text.version', { version: text.data.version })}
            </Text>
            <Group data-print="no">
              <Button variant="default" onClick={() => window.print()}>
                {t('shared:actions.print')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  );
}
