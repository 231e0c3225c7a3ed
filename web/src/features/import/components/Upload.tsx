import { IconFileUpload } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepsCityRegister, useMe, type ImportKind } from '@/shared/api';
import { saveTable } from '@/shared/lib/saveTable';
import { Button, ErrorNotice, FileButton, Group, Paper, Radio, Stack, Text } from '@/shared/ui';
import { useUpload } from '../api/imports';

const KINDS: ImportKind[] = ['people', 'documents', 'institutions'];

/** What a table holds, and the table: it is only looked at here. */
export function Upload() {
  const { t } = useTranslation('import');
  const me = useMe();
  const navigate = useNavigate();
  const [kind, setKind] = useState<ImportKind>('people');
  const upload = useUpload();
  const kinds = KINDS.filter((one) => one !== 'institutions' || keepsCityRegister(me));
  const choose = (file: File | null) => {
    if (!file) return;
    upload.mutate({ file, kind }, { onSuccess: ({ id }) => void navigate({ to: '/import/$importId', params: { importId: id } }) });
  };
  return (
    <Paper p="lg">
      <Stack>
        <Text>{t('upload.text')}</Text>
        <Radio.Group label={t('upload.kind')} value={kind} onChange={(value) => setKind(value as ImportKind)}>
          <Stack gap="xs" mt="xs">
            {kinds.map((one) => (
              <Radio key={one} value={one} label={t(`kinds.${one}`)} description={t(`upload.about.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Group>
          <FileButton onChange={choose} accept=".xlsx,.csv,.txt">
            {(props) => (
              <Button {...props} loading={upload.isPending} leftSection={<IconFileUpload size={20} aria-hidden />}>
                {t('upload.choose')}
              </Button>
            )}
          </FileButton>
          <Button variant="default" onClick={() => saveTable(t('upload.sample'), t(`upload.columnNames.${kind}`).split(', '), [])}>
            {t('upload.getSample')}
          </Button>
        </Group>
        <ErrorNotice error={upload.error} />
      </Stack>
    </Paper>
  );
}
