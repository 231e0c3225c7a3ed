import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportDetails } from '@/shared/api';
import { Alert, Button, Checkbox, ErrorNotice, Group, Paper, Section, Stack, Text } from '@/shared/ui';
import { useCheck, useRun, type Mapping } from '../api/imports';
import { Columns } from './Columns';
import { Report } from './Report';

/** Before anything is written: what the columns mean, a check of every row, the word to begin. */
export function Preparing({ details }: { details: ImportDetails }) {
  const { t } = useTranslation('import');
  const [mapping, setMapping] = useState<Mapping>(details.columns.map(({ field }) => field));
  const [verified, setVerified] = useState(false);
  const check = useCheck(details.id);
  const run = useRun(details.id);
  const report = check.data;
  const fresh = report ? report.created + report.changed : 0;
  return (
    <Stack gap="lg">
      {details.state === 'refused' && (
        <Alert color="orange" variant="light" role="alert" title={t('refused.title')}>
          {t('refused.text')}
        </Alert>
      )}
      <Section title={t('columns.title')}>
        <Paper p="lg">
          <Stack>
            <Text>{t('columns.text')}</Text>
            <Columns
              details={details}
              mapping={mapping}
              onChange={(changed) => {
                setMapping(changed);
                check.reset();
              }}
            />
            <ErrorNotice error={check.error} />
            <Group>
              <Button loading={check.isPending} onClick={() => check.mutate(mapping)}>
                {t('check', { count: details.rows })}
              </Button>
            </Group>
          </Stack>
        </Paper>
      </Section>
      {report && (
        <Section title={t('report.title')}>
          <Paper p="lg">
            <Stack>
              {/* Another check begins at its own first page. */}
              <Report key={check.submittedAt} report={report} />
              {report.wrong === 0 && fresh === 0 && <Text>{t('report.nothingNew')}</Text>}
              {report.wrong === 0 && fresh > 0 && (
                <>
                  {details.kind === 'documents' && (
                    <Checkbox
                      label={t('verified')}
                      description={t('verifiedText')}
                      checked={verified}
                      onChange={(event) => setVerified(event.currentTarget.checked)}
                    />
                  )}
                  <ErrorNotice error={run.error} />
                  <Group>
                    <Button loading={run.isPending} onClick={() => run.mutate({ mapping, verified })}>
                      {t('run', { count: fresh })}
                    </Button>
                  </Group>
                </>
              )}
            </Stack>
          </Paper>
        </Section>
      )}
    </Stack>
  );
}
