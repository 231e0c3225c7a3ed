import { useTranslation } from 'react-i18next';
import type { IndicatorFigure } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatValue } from '@/shared/lib/figures';
import { Text } from '@/shared/ui';
import classes from './Quarters.module.css';
import { heights } from './value';

const roman = ['I', 'II', 'III', 'IV'];

/** A year quarter by quarter: a column is the value, the dashed line the plan; both are written below. */
export function Quarters({ figure }: { figure: IndicatorFigure }) {
  const { t } = useTranslation('indicator');
  const { language } = useLanguage();
  const { quarters, unit } = figure;
  const shapes = heights(
    quarters.map(({ value }) => value),
    quarters.map(({ plan }) => plan),
  );
  return (
    <ol className={classes.chart} aria-label={t('quarters')}>
      {quarters.map(({ quarter, value, plan, revision }, place) => {
        const shape = shapes[place] ?? { value: 0, plan: null };
        return (
          <li key={quarter} className={classes.quarter}>
            <div className={classes.frame} aria-hidden>
              {value !== null && (
                <div
                  className={classes.column}
                  data-signed={revision > 0 || undefined}
                  style={{ height: `${shape.value}%` }}
                />
              )}
              {shape.plan !== null && <div className={classes.plan} style={{ bottom: `${shape.plan}%` }} />}
            </div>
            <Text size="sm" fw={600}>
              {t('quarter', { quarter: roman[quarter - 1] })}
            </Text>
            <Text size="sm">{formatValue(value, unit, language)}</Text>
            <Text size="xs" c="dimmed">
              {plan === null ? t('noPlan') : t('plan', { value: formatValue(plan, unit, language) })}
            </Text>
            {revision > 0 && (
              <Text size="xs" c="dimmed">
                {t('signed')}
              </Text>
            )}
          </li>
        );
      })}
    </ol>
  );
}
