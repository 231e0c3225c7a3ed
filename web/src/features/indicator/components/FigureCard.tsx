import { useTranslation } from 'react-i18next';
import type { IndicatorFigure } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatValue } from '@/shared/lib/figures';
import { Group, Paper, Stack, Text, TextLink, Title } from '@/shared/ui';
import type { IndicatorsSearch } from '../routes/search';
import { Counted } from './Counted';
import { LightBadge } from './LightBadge';
import { Quarters } from './Quarters';
import { useNameOf } from './useNameOf';

/** One figure of the passport: its value, its light and its year. */
export function FigureCard({ figure, search }: { figure: IndicatorFigure; search: IndicatorsSearch }) {
  const { t } = useTranslation('indicator');
  const { language } = useLanguage();
  const nameOf = useNameOf();
  const { key, unit, value, plan, light } = figure;
  const without = figure.withoutParentalLeave;
  return (
    <Paper p="lg" component="section" aria-labelledby={`indicator-${key}`}>
      <Stack gap="sm" h="100%">
        <Title order={2} size="h4" id={`indicator-${key}`}>
          {nameOf(figure)}
        </Title>
        <TextLink to="/indicators/$key" params={{ key }} search={search} fz={40} lh={1.1} fw={700}>
          {formatValue(value, unit, language)}
        </TextLink>
        <Text>
          <Counted figure={figure} />
        </Text>
        <Group gap="sm">
          <LightBadge light={light} />
          {plan !== null && <Text c="dimmed">{t('plan', { value: formatValue(plan, unit, language) })}</Text>}
        </Group>
        {without !== null && !search.parental && without !== value && (
          <Text size="sm" c="dimmed">
            {t('withoutParental', { value: formatValue(without, unit, language) })}
          </Text>
        )}
        {figure.baseYear !== null && figure.baseValue !== null && (
          <Text size="sm" c="dimmed">
            {t('base', { year: figure.baseYear, value: formatValue(figure.baseValue, unit, language) })}
          </Text>
        )}
        <Quarters figure={figure} />
      </Stack>
    </Paper>
  );
}
