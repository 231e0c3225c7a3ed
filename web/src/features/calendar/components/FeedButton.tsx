import { IconCalendarShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Button, CopyField, ErrorNotice, Modal, Stack, Text, useDisclosure } from '@/shared/ui';
import { useCalendarFeed } from '../api/calendar';

/** The way into a phone's or mail program's own calendar. */
export function FeedButton({ associationId }: { associationId?: string }) {
  const { t } = useTranslation(['calendar', 'shared']);
  const [opened, dialog] = useDisclosure(false);
  const feed = useCalendarFeed();
  return (
    <>
      <Button variant="default" onClick={dialog.open} leftSection={<IconCalendarShare size={20} aria-hidden />}>
        {t('feed.open')}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t(associationId === undefined ? 'feed.mine' : 'feed.association')}
        closeButtonProps={{ 'aria-label': t('shared:actions.close') }}
      >
        <Stack>
          <Text>{t('feed.text')}</Text>
          {feed.data && <CopyField label={t('feed.address')} value={feed.data.url} />}
          <Text size="sm" c="dimmed">
            {t('feed.secret')}
          </Text>
          <ErrorNotice error={feed.error} />
          <Button onClick={() => feed.mutate(associationId)} loading={feed.isPending} variant={feed.data ? 'default' : 'filled'}>
            {t(feed.data ? 'feed.renew' : 'feed.make')}
          </Button>
        </Stack>
      </Modal>
    </>
  );
}
