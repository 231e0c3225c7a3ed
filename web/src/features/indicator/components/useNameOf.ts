import { useTranslation } from 'react-i18next';
import type { IndicatorFigure } from '@/shared/api';

/** What an indicator is called: those of every installation have names in both languages. */
export function useNameOf(): (figure: Pick<IndicatorFigure, 'key' | 'name'>) => string {
  const { t } = useTranslation('indicator');
  return ({ key, name }) => name ?? t(`names.${key}` as 'names.qualification');
}
