import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type FundingSource, type Project } from '@/shared/api';
import { readHundredths } from '@/shared/lib/figures';
import { NativeSelect, TextInput, toast } from '@/shared/ui';
import { useAddPayment } from '../api/project';
import { FactDialog } from './FactDialog';
import { isSigned } from './periods';

export const fundingSources: FundingSource[] = ['federal', 'oblast', 'city', 'extraBudgetary'];

/** Enters a payment, to the kopeck. */
export function AddPayment({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation('project');
  const add = useAddPayment();
  const [source, setSource] = useState<FundingSource>('city');
  const [on, setOn] = useState(project.day);
  const [sum, setSum] = useState('');
  const [purpose, setPurpose] = useState('');
  // A kopeck is a hundredth of a rouble.
  const kopecks = readHundredths(sum);
  const fields = add.error instanceof ApiError ? add.error.fields : {};
  return (
    <FactDialog
      title={t('payments.add')}
      confirm={t('payments.save')}
      correcting={on !== '' && isSigned(project, on)}
      pending={add.isPending}
      error={add.error}
      disabled={kopecks === null || on === '' || purpose.trim() === ''}
      onConfirm={(reason) => {
        if (kopecks === null) return;
        add.mutate(
          { source, on, kopecks, purpose, reason },
          {
            onSuccess: () => {
              toast(t('payments.added'));
              onClose();
            },
          },
        );
      }}
      onClose={onClose}
    >
      <NativeSelect
        label={t('payments.source')}
        value={source}
        onChange={(event) => setSource(event.currentTarget.value as FundingSource)}
        data={fundingSources.map((value) => ({ value, label: t(`sources.${value}`) }))}
      />
      <TextInput type="date" label={t('payments.on')} required max={project.day} value={on} error={fields['on']} onChange={(event) => setOn(event.currentTarget.value)} />
      <TextInput
        label={t('payments.roubles')}
        required
        inputMode="decimal"
        value={sum}
        error={fields['kopecks'] ?? (sum !== '' && kopecks === null ? t('figures.noNumber') : undefined)}
        onChange={(event) => setSum(event.currentTarget.value)}
      />
      <TextInput label={t('payments.purpose')} required maxLength={500} value={purpose} error={fields['purpose']} onChange={(event) => setPurpose(event.currentTarget.value)} />
    </FactDialog>
  );
}
