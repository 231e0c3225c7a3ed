import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice, Section, SimpleGrid, Skeleton, TextLink } from '@/shared/ui';
import { indicatorsQuery } from '../api/indicators';
import { FigureCard } from './FigureCard';

/** The passport's indicators of the city or an institution, as of today. */
export function Figures({ institutionId }: { institutionId: string | undefined }) {
  const { t } = useTranslation('indicator');
  const search = institutionId === undefined ? {} : { institutionId };
  const list = useQuery(indicatorsQuery(search));
  const main = list.data?.items.filter(({ ordinal }) => ordinal !== null);
  return (
    <Section
      title={t('title')}
      actions={
        <TextLink to="/indicators" search={search}>
          {t('all')}
        </TextLink>
      }
    >
      <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <Skeleton height={240} />}
      {main && (
        <SimpleGrid cols={{ base: 1, md: 3 }}>
          {main.map((figure) => (
            <FigureCard key={figure.key} figure={figure} search={search} />
          ))}
        </SimpleGrid>
      )}
    </Section>
  );
}
