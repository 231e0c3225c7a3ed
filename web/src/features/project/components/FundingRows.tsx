import { useTranslation } from 'react-i18next';
import type { FundingSource, Passport, PassportFunding } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatMoney } from '@/shared/lib/figures';
import { NativeSelect, SimpleGrid, Text, TextInput } from '@/shared/ui';
import { fundingSources } from './AddPayment';
import { NumberField } from './NumberField';
import { Rows } from './Rows';

/** Money by source and year; the total is computed, never typed. */
export function FundingRows({ passport, onChange }: { passport: Passport; onChange: (passport: Passport) => void }) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const total = passport.funding.reduce((sum, { planKopecks }) => sum + planKopecks, 0);
  return (
    <>
      <Rows<PassportFunding>
        legend={t('fields.funding')}
        rows={passport.funding}
        empty={() => ({ source: 'city', year: Number(passport.start.slice(0, 4)), planKopecks: 0, actualKopecks: null })}
        onChange={(funding) => onChange({ ...passport, funding })}
        render={(row, change) => (
          <SimpleGrid cols={{ base: 1, xs: 3 }}>
            <NativeSelect
              label={t('payments.source')}
              value={row.source}
              data={fundingSources.map((value) => ({ value, label: t(`sources.${value}`) }))}
              onChange={(event) => change({ ...row, source: event.currentTarget.value as FundingSource })}
            />
            <TextInput
              label={t('fields.year')}
              inputMode="numeric"
              value={row.year}
              onChange={(event) => {
                if (/^\d{0,4}$/.test(event.currentTarget.value)) change({ ...row, year: Number(event.currentTarget.value) });
              }}
            />
            <NumberField label={t('edit.roubles')} value={row.planKopecks} onChange={(kopecks) => change({ ...row, planKopecks: kopecks ?? 0 })} />
          </SimpleGrid>
        )}
      />
      <Text fw={600}>{t('passport.total', { sum: formatMoney(total, language) })}</Text>
    </>
  );
}
