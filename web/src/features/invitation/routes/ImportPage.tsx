import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveTable } from '@/shared/lib/saveTable';
import { Alert, Button, ButtonLink, ErrorNotice, FileButton, Group, Page, Paper, Stack, Table, Text, TextLink } from '@/shared/ui';
import { useImport } from '../api/invitations';
import { sortOut } from '../components/importRows';

/** People out of a file: first a check of every row, then all of them or none. */
export function ImportPage() {
  const { t } = useTranslation(['invitation', 'shared']);
  const [file, setFile] = useState<File | null>(null);
  const check = useImport();
  const take = useImport();
  const report = check.data;
  const { wrong, known, fresh } = sortOut(report?.rows ?? []);
  const columns = t('file.columnNames');

  const choose = (chosen: File | null) => {
    if (!chosen) return;
    setFile(chosen);
    take.reset();
    check.mutate({ file: chosen, dryRun: true });
  };

  return (
    <Page title={t('file.title')} narrow back={<TextLink to="/invitations">{t('title')}</TextLink>}>
      <Stack gap="lg">
        <Paper p="lg">
          <Stack>
            <Text>{t('file.text')}</Text>
            <Text size="sm" c="dimmed">
              {t('file.columns', { columns })}
            </Text>
            <Group>
              <FileButton onChange={choose} accept=".csv,text/csv">
                {(props) => (
                  <Button {...props} loading={check.isPending} leftSection={<IconFileUpload size={20} aria-hidden />}>
                    {file ? t('file.other') : t('file.choose')}
                  </Button>
                )}
              </FileButton>
              <Button variant="default" onClick={() => saveTable(t('file.sample'), columns.split(', '), [])}>
                {t('file.getSample')}
              </Button>
            </Group>
            {file && (
              <Text size="sm" aria-live="polite">
                {t('file.chosen', { name: file.name })}
              </Text>
            )}
            <ErrorNotice error={check.error} onRetry={() => file && check.mutate({ file, dryRun: true })} />
          </Stack>
        </Paper>
        {report && !take.data && (
          <Paper p="lg">
            <Stack>
              <Text fw={600} role="status">
                {wrong.length === 0
                  ? t('file.allGood', { count: report.rows.length })
                  : t('file.someWrong', { count: wrong.length, total: report.rows.length })}
              </Text>
              {wrong.length > 0 && (
                <>
                  <Text>{t('file.mend')}</Text>
                  <Table aria-label={t('file.errors')}>
                    <Table.Thead>
                      <Table.Tr>
                        <Table.Th>{t('file.line')}</Table.Th>
                        <Table.Th>{t('file.name')}</Table.Th>
                        <Table.Th>{t('file.error')}</Table.Th>
                      </Table.Tr>
                    </Table.Thead>
                    <Table.Tbody>
                      {wrong.map((row) => (
                        <Table.Tr key={row.line}>
                          <Table.Td>{row.line}</Table.Td>
                          <Table.Td>{row.name}</Table.Td>
                          <Table.Td>{row.errors.join(' ')}</Table.Td>
                        </Table.Tr>
                      ))}
                    </Table.Tbody>
                  </Table>
                </>
              )}
              {known.length > 0 && <Text>{t('file.known', { count: known.length })}</Text>}
              {wrong.length === 0 && fresh.length === 0 && <Text>{t('file.nothingNew')}</Text>}
              <ErrorNotice error={take.error} />
              {wrong.length === 0 && fresh.length > 0 && file && (
                <Group>
                  <Button loading={take.isPending} onClick={() => take.mutate({ file, dryRun: false })}>
                    {t('file.take', { count: fresh.length })}
                  </Button>
                </Group>
              )}
            </Stack>
          </Paper>
        )}
        {take.data && (
          <Alert color="teal" variant="light" role="status" title={t('file.taken', { count: take.data.created })}>
            <Text size="sm" mb="sm">
              {t('file.next')}
            </Text>
            <Group>
              <ButtonLink to="/invitations/slips" size="sm">
                {t('ways.slipsDo')}
              </ButtonLink>
              <ButtonLink to="/people" size="sm" variant="default">
                {t('shared:nav.people')}
              </ButtonLink>
            </Group>
          </Alert>
        )}
      </Stack>
    </Page>
  );
}
