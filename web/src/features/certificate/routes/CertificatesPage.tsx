import { IconCertificate } from '@tabler/icons-react';
import { keepPreviousData, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ErrorNotice, Page, Paper, Section, Skeleton, Stack, Text, TextLink, useDebouncedValue } from '@/shared/ui';
import { certificatesQuery, previewQuery, titleQuery, useIssue } from '../api/certificates';
import { Bundle } from '../components/Bundle';
import { IssueProgress } from '../components/IssueProgress';
import { Issued } from '../components/Issued';
import { Preview } from '../components/Preview';
import { orderOf, usualRule } from '../components/rule';
import { RuleForm } from '../components/RuleForm';

/** From a held meeting to certificates: the rule, who meets it, one button. */
export function CertificatesPage() {
  const { t } = useTranslation('certificate');
  const { eventId } = useParams({ from: '/shell/signed/meetings/$eventId/certificates' });
  const { data: event } = useSuspenseQuery(titleQuery(eventId));
  const issued = useQuery(certificatesQuery(eventId));
  const [rule, setRule] = useState(usualRule);
  const [settled] = useDebouncedValue(rule, 300);
  const preview = useQuery({ ...previewQuery(eventId, orderOf(settled)), placeholderData: keepPreviousData });
  const issue = useIssue(eventId);
  const count = preview.data?.qualifying ?? 0;

  return (
    <Page
      title={t('title')}
      subtitle={event.title}
      back={
        <TextLink to="/meetings/$eventId" params={{ eventId }}>
          {t('back')}
        </TextLink>
      }
    >
      <Stack gap="lg">
        <Section title={t('rule.title')}>
          <Paper p="lg">
            <RuleForm values={rule} onChange={setRule} hours={preview.data?.hours} />
          </Paper>
        </Section>
        <Section title={t('preview.title')}>
          <Stack>
            <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />
            {preview.isLoading && <Skeleton height={160} />}
            {preview.data && <Preview preview={preview.data} />}
            {preview.data && (
              <div>
                <Button
                  size="lg"
                  disabled={count === 0 || rule !== settled}
                  loading={issue.isPending}
                  onClick={() => issue.mutate(orderOf(rule))}
                  leftSection={<IconCertificate aria-hidden />}
                >
                  {t('issue', { count })}
                </Button>
                {count === 0 && (
                  <Text size="sm" c="dimmed" mt="xs">
                    {t('nobody')}
                  </Text>
                )}
              </div>
            )}
            <ErrorNotice error={issue.error} />
            {issue.data && <IssueProgress key={issue.data.id} job={issue.data.id} />}
          </Stack>
        </Section>
        <Section title={t('issued.title')}>
          <ErrorNotice error={issued.error} onRetry={() => void issued.refetch()} />
          {issued.data && (
            <Stack>
              {issued.data.items.some((one) => !one.revokedAt) && <Bundle eventId={eventId} />}
              <Issued certificates={issued.data.items} />
            </Stack>
          )}
        </Section>
      </Stack>
    </Page>
  );
}
