import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PeriodStanding, Project } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDateTime } from '@/shared/lib/dates';
import { formatMoney, formatValue } from '@/shared/lib/figures';
import { Button, ErrorNotice, Group, Paper, Stack, Text, toast } from '@/shared/ui';
import { signaturesQuery, useSignPeriod } from '../api/project';
import { FactDialog } from './FactDialog';

/** The quarters of the term: signing one freezes its facts, a correction is one more revision. */
export function Periods({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  const [signing, setSigning] = useState<PeriodStanding | null>(null);
  const signs = project.may.sign && project.takesFacts;
  return (
    <Stack gap="sm">
      {project.periods.map((period) => (
        <Paper key={`${period.year} ${period.quarter}`} p="md">
          <Group justify="space-between" gap="sm">
            <div>
              <Text fw={600}>{t('figures.quarterOf', { quarter: period.quarter, year: period.year })}</Text>
              <Text size="sm" c="dimmed">
                {t(period.revision > 0 ? 'periods.signed' : period.over ? 'periods.toSign' : 'periods.runs', {
                  revision: period.revision,
                })}
              </Text>
            </div>
            {signs && period.over && (
              <Button size="sm" variant={period.revision > 0 ? 'default' : 'filled'} onClick={() => setSigning(period)}>
                {t(period.revision > 0 ? 'periods.again' : 'periods.sign')}
              </Button>
            )}
          </Group>
          {period.revision > 0 && <Revisions project={project} period={period} />}
        </Paper>
      ))}
      {signing && <SignDialog period={signing} onClose={() => setSigning(null)} />}
    </Stack>
  );
}

function Revisions({ project, period }: { project: Project; period: PeriodStanding }) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const history = useQuery(signaturesQuery(period.year, period.quarter));
  return (
    <Stack gap={4} mt="xs">
      <ErrorNotice error={history.error} onRetry={() => void history.refetch()} />
      {history.data?.items.map(({ revision, signedBy, signedAt, reason, figures }) => (
        <div key={revision}>
          <Text size="sm">
            {t('periods.line', { revision, name: signedBy, at: formatDateTime(signedAt, language) })}
            {reason && ` ${reason}`}
          </Text>
          <Text size="sm" c="dimmed">
            {figures.indicators
              .map(({ ordinal, hundredths, over }) => {
                const unit = project.passport.indicators.find((one) => one.ordinal === ordinal)?.unit ?? 'count';
                const value = hundredths === null ? null : Math.round(hundredths / over);
                return t('periods.figure', { ordinal, value: formatValue(value, unit, language) });
              })
              .concat(t('periods.paid', { sum: formatMoney(figures.paidKopecks, language) }))
              .join('; ')}
          </Text>
        </div>
      ))}
    </Stack>
  );
}

function SignDialog({ period, onClose }: { period: PeriodStanding; onClose: () => void }) {
  const { t } = useTranslation('project');
  const sign = useSignPeriod();
  const { year, quarter, revision } = period;
  return (
    <FactDialog
      title={t(revision > 0 ? 'periods.again' : 'periods.sign')}
      confirm={t('periods.sign')}
      correcting={revision > 0}
      pending={sign.isPending}
      error={sign.error}
      onConfirm={(reason) =>
        sign.mutate(
          { year, quarter, seenRevision: revision, reason },
          {
            onSuccess: () => {
              toast(t('periods.done'));
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <Text>{t('periods.text', { quarter, year })}</Text>
    </FactDialog>
  );
}
