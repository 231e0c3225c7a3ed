import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type PassportIndicator, type Project, type QuarterStanding } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { readHundredths, typedHundredths } from '@/shared/lib/figures';
import { Button, Text, Textarea, TextInput, toast } from '@/shared/ui';
import { useEnterValue, useRemoveValue } from '../api/project';
import { AddEvidence } from './AddEvidence';
import { EvidenceList } from './EvidenceList';
import { FactDialog } from './FactDialog';
import { monthsOf, standingOf } from './periods';

type Props = { project: Project; indicator: PassportIndicator; quarter: QuarterStanding; onClose: () => void };

const kinds = ['document', 'event', 'indicator'] as const;

/** Enters what an indicator came to, with its evidence. */
export function EnterValue({ project, indicator, quarter, onClose }: Props) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const enter = useEnterValue();
  const remove = useRemoveValue();
  const entered = quarter.source === 'entered';
  const [typed, setTyped] = useState(typedHundredths(quarter.fact ?? quarter.computed, language));
  const [evidence, setEvidence] = useState(quarter.evidence);
  const value = readHundredths(typed);
  const period = project.periods.find((one) => one.year === quarter.year && one.quarter === quarter.quarter);
  const correcting = (period?.revision ?? 0) > 0;
  // What was added while the dialog is open stands in the project, not in what it was opened with.
  const proofs = standingOf(project, indicator.ordinal, quarter)?.proofs ?? [];
  const place = { ordinal: indicator.ordinal, year: quarter.year, quarter: quarter.quarter };
  const fields = enter.error instanceof ApiError ? enter.error.fields : {};
  const done = (words: string) => {
    toast(words);
    onClose();
  };
  return (
    <FactDialog
      title={t('figures.enterTitle', { quarter: quarter.quarter, year: quarter.year })}
      confirm={t('figures.save')}
      correcting={correcting}
      pending={enter.isPending}
      error={enter.error ?? remove.error}
      disabled={value === null || proofs.length === 0}
      onConfirm={(reason) => {
        if (value !== null) enter.mutate({ ...place, value, evidence, reason }, { onSuccess: () => done(t('figures.saved')) });
      }}
      onClose={onClose}
    >
      {(reason) => (
        <>
          <TextInput
            label={t(indicator.unit === 'percent' ? 'figures.valuePercent' : 'figures.valueCount')}
            required
            inputMode="decimal"
            value={typed}
            error={fields['value'] ?? (typed !== '' && value === null ? t('figures.noNumber') : undefined)}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Text fw={600}>{t('checkpoints.evidence')}</Text>
          <Text size="sm" c="dimmed">
            {t('figures.proofs')}
          </Text>
          <EvidenceList evidence={proofs} removable reason={reason} />
          {correcting && reason.trim() === '' ? (
            <Text size="sm">{t('figures.reasonFirst')}</Text>
          ) : (
            <AddEvidence project={project} proves={{ value: place, reason }} kinds={kinds} span={monthsOf(quarter)} />
          )}
          <Textarea
            label={t('figures.evidence')}
            description={t('figures.evidenceText')}
            autosize
            minRows={2}
            maxLength={1000}
            value={evidence}
            error={fields['evidence']}
            onChange={(event) => setEvidence(event.currentTarget.value)}
          />
          {entered && !quarter.signed && (
            <div>
              <Button
                variant="subtle"
                size="sm"
                loading={remove.isPending}
                onClick={() => remove.mutate({ ...place, reason: '' }, { onSuccess: () => done(t('figures.removed')) })}
              >
                {t('figures.remove')}
              </Button>
            </div>
          )}
        </>
      )}
    </FactDialog>
  );
}
