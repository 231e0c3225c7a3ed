import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fullName, useMe, type Person } from '@/shared/api';
import { Button, Group, Paper, Stack, Text } from '@/shared/ui';
import { EraseDialog } from './EraseDialog';

/** For administrators: everything that is kept of a person, to be handed out or erased. */
export function PersonalData({ person }: { person: Person }) {
  const { t } = useTranslation('person');
  const me = useMe();
  const [erasing, setErasing] = useState(false);
  const isMe = me.person?.id === person.id;
  return (
    <Paper p="lg">
      <Stack align="flex-start">
        <Text>{t('personalData.text')}</Text>
        <Group>
          <Button
            component="a"
            href={`/api/people/${person.id}/data.zip`}
            download
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {t('personalData.download')}
          </Button>
          {!isMe && (
            <Button variant="default" onClick={() => setErasing(true)}>
              {t('personalData.erase')}
            </Button>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {t('personalData.logged')}
        </Text>
      </Stack>
      {erasing && <EraseDialog personId={person.id} name={fullName(person)} onClose={() => setErasing(false)} />}
    </Paper>
  );
}
