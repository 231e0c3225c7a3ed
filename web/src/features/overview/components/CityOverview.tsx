import { IconBuilding } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { InstitutionStanding } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatValue } from '@/shared/lib/figures';
import { Anchor, DataTable, EmptyState, ErrorNotice, Paper, Section, Stack, TextLink } from '@/shared/ui';
import { cityQuery } from '../api/overview';
import { ordered } from './order';

/** The committee's page: what waits, the figures, the schools side by side. */
export function CityOverview({ figures, waiting }: { figures: ReactNode; waiting: ReactNode }) {
  const { t } = useTranslation('overview');
  const { language } = useLanguage();
  const city = useQuery(cityQuery);
  const [sort, setSort] = useState('qualification');
  const rows = city.data && ordered(city.data.institutions, sort, language);
  const share = ({ value }: InstitutionStanding['qualification']) => formatValue(value, 'percent', language);
  const table = useRef<HTMLDivElement>(null);
  const showExpiring = () => {
    setSort('-expiring');
    table.current?.scrollIntoView();
  };
  return (
    <Stack>
      {waiting}
      <ErrorNotice error={city.error} onRetry={() => void city.refetch()} />
      {city.data && city.data.unverified + city.data.expiring > 0 && (
        <Section title={t('documents.title')}>
          <Paper p="md">
            <Stack gap="xs" component="ul" m={0} pl="lg">
              {city.data.unverified > 0 && (
                <li>
                  <TextLink to="/indicators/$key" params={{ key: 'qualification' }} search={{ shown: 'uncounted' }}>
                    {t('documents.unverified', { count: city.data.unverified })}
                  </TextLink>
                </li>
              )}
              {city.data.expiring > 0 && (
                <li>
                  <Anchor component="button" type="button" ta="start" onClick={showExpiring}>
                    {t('documents.expiring', { count: city.data.expiring })}
                  </Anchor>
                </li>
              )}
            </Stack>
          </Paper>
        </Section>
      )}
      {figures}
      <div ref={table}>
        <Section title={t('institutions.title')}>
          <DataTable
            label={t('institutions.title')}
            columns={[
              {
                key: 'name',
                header: t('institutions.name'),
                sort: 'name',
                render: (row) => (
                  <TextLink to="/overview" search={{ institutionId: row.id }}>
                    {row.name}
                  </TextLink>
                ),
              },
              { key: 'qualification', header: t('institutions.qualification'), sort: 'qualification', render: (row) => share(row.qualification) },
              { key: 'dissemination', header: t('institutions.dissemination'), sort: 'dissemination', render: (row) => share(row.dissemination) },
              {
                key: 'equipped',
                header: t('institutions.equipped'),
                sort: 'equipped',
                secondary: true,
                render: ({ equipped }) => (equipped === null ? '—' : t(equipped ? 'institutions.yes' : 'institutions.no')),
              },
              { key: 'expiring', header: t('institutions.expiring'), sort: 'expiring', secondary: true, render: (row) => row.expiring },
              { key: 'unverified', header: t('institutions.unverified'), sort: 'unverified', secondary: true, render: (row) => row.unverified },
            ]}
            rows={rows}
            rowKey={({ id }) => id}
            total={rows?.length ?? 0}
            page={1}
            perPage={Math.max(1, rows?.length ?? 1)}
            onPage={() => undefined}
            sort={sort}
            onSort={setSort}
            empty={<EmptyState icon={<IconBuilding size={40} stroke={1.5} />} title={t('institutions.none')} text={t('institutions.noneText')} />}
          />
        </Section>
      </div>
    </Stack>
  );
}
