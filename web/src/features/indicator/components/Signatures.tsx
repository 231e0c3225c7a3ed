import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IndicatorFigure, QuarterFigure } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDateTime } from '@/shared/lib/dates';
import { formatValue } from '@/shared/lib/figures';
import { Button, ErrorNotice, Group, Modal, Paper, Stack, Text, Textarea, toast } from '@/shared/ui';
import { signaturesQuery, useSign } from '../api/indicators';
import { LightBadge } from './LightBadge';

/** The quarters of the year: signing one freezes it, a correction is one more revision. */
export function Signatures({ figure, year, maySign }: { figure: IndicatorFigure; year: number; maySign: boolean }) {
  const { t } = useTranslation('indicator');
  const { language } = useLanguage();
  const history = useQuery(signaturesQuery(figure.key, year));
  const [signing, setSigning] = useState<QuarterFigure | null>(null);
  return (
    <Stack>
      {figure.quarters.map((quarter) => {
        const signed = history.data?.items.filter((one) => one.quarter === quarter.quarter) ?? [];
        return (
          <Paper key={quarter.quarter} p="md">
            <Group justify="space-between" gap="sm">
              <div>
                <Text fw={600}>{t('quarterOf', { quarter: quarter.quarter, year: quarter.year })}</Text>
                <Text>
                  {formatValue(quarter.value, figure.unit, language)}
                  {quarter.value !== null && `, ${t('countedOf', { counted: quarter.counted, members: quarter.members })}`}
                </Text>
                {quarter.plan !== null && (
                  <Text size="sm" c="dimmed">
                    {t('plan', { value: formatValue(quarter.plan, figure.unit, language) })}
                  </Text>
                )}
              </div>
              <Group gap="sm">
                {quarter.value !== null && <LightBadge light={quarter.light} />}
                {maySign && (quarter.toSign || quarter.revision > 0) && (
                  <Button variant={quarter.toSign ? 'filled' : 'default'} size="sm" onClick={() => setSigning(quarter)}>
                    {t(quarter.toSign ? 'sign.do' : 'sign.correct')}
                  </Button>
                )}
              </Group>
            </Group>
            {signed.map((one) => (
              <Text key={one.id} size="sm" c="dimmed">
                {t('sign.line', {
                  revision: one.revision,
                  value: formatValue(one.value, figure.unit, language),
                  name: one.signedBy,
                  at: formatDateTime(one.signedAt, language),
                })}
                {one.reason && ` ${one.reason}`}
              </Text>
            ))}
          </Paper>
        );
      })}
      <ErrorNotice error={history.error} onRetry={() => void history.refetch()} />
      {signing && <SignDialog indicator={figure.key} quarter={signing} onClose={() => setSigning(null)} />}
    </Stack>
  );
}

function SignDialog({ indicator, quarter, onClose }: { indicator: string; quarter: QuarterFigure; onClose: () => void }) {
  const { t } = useTranslation(['indicator', 'shared']);
  const sign = useSign(indicator);
  const [reason, setReason] = useState('');
  const correcting = quarter.revision > 0;
  const submit = () =>
    sign.mutate(
      { year: quarter.year, quarter: quarter.quarter, seenRevision: quarter.revision, reason },
      {
        onSuccess: () => {
          toast(t('sign.done'));
          onClose();
        },
      },
    );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(correcting ? 'sign.correct' : 'sign.do')}
      closeButtonProps={{ 'aria-label': t('shared:actions.close') }}
    >
      <Stack>
        <Text>{t(correcting ? 'sign.correctText' : 'sign.text', { quarter: quarter.quarter, year: quarter.year })}</Text>
        {correcting && (
          <Textarea label={t('sign.reason')} required autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        )}
        <ErrorNotice error={sign.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('shared:actions.cancel')}
          </Button>
          <Button onClick={submit} loading={sign.isPending} disabled={correcting && reason.trim() === ''}>
            {t(correcting ? 'sign.correct' : 'sign.do')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
