import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type PassportIndicator, type Project, type QuarterStanding } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { readHundredths, typedHundredths } from '@/shared/lib/figures';
import { Button, Textarea, TextInput, toast } from '@/shared/ui';
import { useEnterValue, useRemoveValue } from '../api/project';
import { FactDialog } from './FactDialog';

type Props = { project: Project; indicator: PassportIndicator; quarter: QuarterStanding; onClose: () => void };

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
      correcting={(period?.revision ?? 0) > 0}
      pending={enter.isPending}
      error={enter.error ?? remove.error}
      disabled={value === null || evidence.trim() === ''}
      onConfirm={(reason) => {
        if (value !== null) enter.mutate({ ...place, value, evidence, reason }, { onSuccess: () => done(t('figures.saved')) });
      }}
      onClose={onClose}
    >
      <TextInput
        label={t(indicator.unit === 'percent' ? 'figures.valuePercent' : 'figures.valueCount')}
        required
        inputMode="decimal"
        value={typed}
        error={fields['value'] ?? (typed !== '' && value === null ? t('figures.noNumber') : undefined)}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Textarea
        label={t('figures.evidence')}
        description={t('figures.evidenceText')}
        required
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
    </FactDialog>
  );
}
