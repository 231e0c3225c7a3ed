import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { IndicatorUnit } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatValue } from '@/shared/lib/figures';
import { ErrorNotice, Facts, PageLoader, Paper, Stack, Text } from '@/shared/ui';
import { outlookQuery } from '../api/indicators';
import type { IndicatorsSearch } from '../routes/search';

/** What would raise a figure, and where it will stand at the end of the year. */
export function Outlook({ indicator, unit, search }: { indicator: string; unit: IndicatorUnit; search: IndicatorsSearch }) {
  const { t } = useTranslation('indicator');
  const { language } = useLanguage();
  const outlook = useQuery(outlookQuery(indicator, search));
  if (outlook.isPending) return <PageLoader />;
  if (!outlook.data) return <ErrorNotice error={outlook.error} onRetry={() => void outlook.refetch()} />;
  const { levers, floor, pace, reach } = outlook.data;
  return (
    <Stack>
      <Paper p="lg">
        <Facts
          facts={[
            [t('forecast.floor'), formatValue(floor, unit, language)],
            [t('forecast.pace'), formatValue(pace, unit, language)],
            ...(reach === null ? [] : [[t('forecast.reach'), reach] as [string, number]]),
          ]}
        />
      </Paper>
      {levers.length === 0 ? (
        <Text c="dimmed">{t('levers.none')}</Text>
      ) : (
        <ul>
          {levers.map(({ reason, count }) => (
            <li key={reason}>{t(`levers.${reason}`, { count })}</li>
          ))}
        </ul>
      )}
    </Stack>
  );
}
