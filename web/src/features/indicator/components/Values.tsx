import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type IndicatorFigure, type QuarterFigure } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDateTime } from '@/shared/lib/dates';
import { formatValue, readHundredths } from '@/shared/lib/figures';
import { Button, ErrorNotice, Group, Modal, Paper, Stack, Text, Textarea, TextInput, toast } from '@/shared/ui';
import { useEnterValue, valuesQuery } from '../api/indicators';

/** Entered values, quarter by quarter, each with its evidence and what was corrected. */
export function Values({ figure, mayEnter, maySign }: { figure: IndicatorFigure; mayEnter: boolean; maySign: boolean }) {
  const { t } = useTranslation('indicator');
  const { language } = useLanguage();
  const values = useQuery(valuesQuery(figure.key));
  const [entering, setEntering] = useState<QuarterFigure | null>(null);
  return (
    <Stack>
      {figure.quarters.map((quarter) => {
        const entered = values.data?.items.filter((one) => one.year === quarter.year && one.quarter === quarter.quarter) ?? [];
        const correcting = quarter.revision > 0;
        return (
          <Paper key={quarter.quarter} p="md">
            <Group justify="space-between" gap="sm">
              <div>
                <Text fw={600}>{t('quarterOf', { quarter: quarter.quarter, year: quarter.year })}</Text>
                <Text>{formatValue(quarter.value, figure.unit, language)}</Text>
              </div>
              {(correcting ? maySign : mayEnter) && (
                <Button variant="default" size="sm" onClick={() => setEntering(quarter)}>
                  {t(correcting ? 'sign.correct' : 'values.enter')}
                </Button>
              )}
            </Group>
            {entered.map((one) => (
              <Text key={one.revision} size="sm" c="dimmed">
                {t('values.line', {
                  value: formatValue(one.value, figure.unit, language),
                  evidence: one.evidence,
                  name: one.enteredBy,
                  at: formatDateTime(one.enteredAt, language),
                })}
                {one.reason && ` ${t('values.because', { reason: one.reason })}`}
              </Text>
            ))}
          </Paper>
        );
      })}
      <ErrorNotice error={values.error} onRetry={() => void values.refetch()} />
      {entering && <ValueDialog figure={figure} quarter={entering} onClose={() => setEntering(null)} />}
    </Stack>
  );
}

function ValueDialog({ figure, quarter, onClose }: { figure: IndicatorFigure; quarter: QuarterFigure; onClose: () => void }) {
  const { t } = useTranslation(['indicator', 'shared']);
  const enter = useEnterValue(figure.key);
  const [typed, setTyped] = useState('');
  const [evidence, setEvidence] = useState('');
  const [reason, setReason] = useState('');
  const correcting = quarter.revision > 0;
  const value = readHundredths(typed);
  const fields = enter.error instanceof ApiError ? enter.error.fields : {};
  const title = t(correcting ? 'values.correctTitle' : 'values.enterTitle', { quarter: quarter.quarter, year: quarter.year });
  const submit = () => {
    if (value === null) return;
    const { year, quarter: number, revision } = quarter;
    enter.mutate(
      { year, quarter: number, value, evidence, reason, seenRevision: revision },
      {
        onSuccess: () => {
          toast(t('values.saved'));
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('shared:actions.close') }}>
      <Stack>
        <TextInput
          label={t(figure.unit === 'percent' ? 'values.percent' : 'values.count')}
          required
          inputMode="decimal"
          value={typed}
          error={fields['value'] ?? (typed !== '' && value === null ? t('values.noNumber') : undefined)}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Textarea
          label={t('values.evidence')}
          description={t('values.evidenceText')}
          required
          autosize
          minRows={2}
          maxLength={1000}
          value={evidence}
          error={fields['evidence']}
          onChange={(event) => setEvidence(event.currentTarget.value)}
        />
        {correcting && (
          <Textarea
            label={t('sign.reason')}
            required
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            error={fields['reason']}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <ErrorNotice error={Object.keys(fields).length > 0 ? null : enter.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('shared:actions.cancel')}
          </Button>
          <Button
            onClick={submit}
            loading={enter.isPending}
            disabled={value === null || evidence.trim() === '' || (correcting && reason.trim() === '')}
          >
            {t('shared:actions.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
