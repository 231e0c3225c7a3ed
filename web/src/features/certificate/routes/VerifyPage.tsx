import { IconCircleCheck, IconCircleX, IconFileTypePdf } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { hasCode, type Verification } from '@/shared/api';
import { BareFrame } from '@/shared/frame';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { Alert, Button, ErrorNotice, Facts, Group, Paper, Skeleton, Stack, Text, Title, useTitle } from '@/shared/ui';
import { verificationQuery } from '../api/certificates';

/** What anyone with the paper in hand sees: whether it is genuine, and enough to compare. */
export function VerifyPage() {
  const { t } = useTranslation('certificate');
  const { code } = useParams({ from: '/bare/c/$code' });
  const found = useQuery(verificationQuery(code));
  useTitle(t('verify.title'));
  const unknown = hasCode(found.error, 'not_found');
  return (
    <BareFrame>
      <Paper p="lg" w="100%" maw={640}>
        <Stack>
          <Title order={1}>{t('verify.title')}</Title>
          {found.isPending && <Skeleton height={240} />}
          {unknown && (
            <Alert role="alert" color="red" variant="light" icon={<IconCircleX aria-hidden />} title={t('verify.unknown')}>
              <Text size="sm">{t('verify.unknownText', { code })}</Text>
            </Alert>
          )}
          {!unknown && <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />}
          {found.data && <Found certificate={found.data} code={code} />}
        </Stack>
      </Paper>
    </BareFrame>
  );
}

function Found({ certificate, code }: { certificate: Verification; code: string }) {
  const { t } = useTranslation(['certificate', 'shared']);
  const { language } = useLanguage();
  const facts: [string, string][] = [
    [t('columns.number'), certificate.number],
    [t('columns.name'), certificate.name],
    [t('columns.role'), t(`shared:eventRoles.${certificate.role}`)],
    [t('columns.topic'), certificate.topic],
    [t('columns.event'), `${t(`shared:eventKinds.${certificate.kind}`)}: ${certificate.title}`],
    [t('columns.date'), formatDate(certificate.heldOn, language)],
    [t('columns.hours'), String(certificate.hours)],
    [t('columns.issued'), formatDate(certificate.issuedAt, language)],
  ];
  return (
    <>
      {certificate.valid ? (
        <Alert role="status" color="teal" variant="light" icon={<IconCircleCheck aria-hidden />} title={t('verify.valid')} />
      ) : (
        <Alert
          role="alert"
          color="red"
          variant="light"
          icon={<IconCircleX aria-hidden />}
          title={t('verify.revoked', { date: formatDate(certificate.revokedAt ?? '', language) })}
        >
          <Text size="sm">{t('verify.reason', { reason: certificate.reason ?? '' })}</Text>
        </Alert>
      )}
      <Facts facts={facts.filter(([, value]) => value !== '')} />
      <Text size="sm" c="dimmed">
        {t('verify.compare')}
      </Text>
      {certificate.valid && (
        <Group>
          <Button
            component="a"
            href={`/api/certificates/by-code/${encodeURIComponent(code)}/file.pdf`}
            target="_blank"
            variant="default"
            leftSection={<IconFileTypePdf size={18} aria-hidden />}
          >
            {t('verify.paper')}
          </Button>
        </Group>
      )}
    </>
  );
}
