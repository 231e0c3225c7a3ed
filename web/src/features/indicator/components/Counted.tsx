import { useTranslation } from 'react-i18next';
import type { IndicatorFigure } from '@/shared/api';
import { countsInstitutions } from './blocks';

/** Out of how many a figure is. */
export function Counted({ figure }: { figure: IndicatorFigure }) {
  const { t } = useTranslation('indicator');
  const { value, counted, members } = figure;
  if ('entered' in figure.source) return t(value === null ? 'values.none' : 'values.byHand');
  if (value === null) return t('notAvailable');
  return t(countsInstitutions(figure) ? 'institutionsOf' : 'countedOf', { counted, members });
}
