import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { IndicatorUnit } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatValue } from '@/shared/lib/figures';
import { ErrorNotice, PageLoader, Table, TextLink } from '@/shared/ui';
import { rowsQuery } from '../api/indicators';
import type { IndicatorsSearch } from '../routes/search';

/** A figure by institution; each row opens the same page for it alone. */
export function Institutions({ indicator, unit, search }: { indicator: string; unit: IndicatorUnit; search: IndicatorsSearch }) {
  const { t } = useTranslation('indicator');
  const { language } = useLanguage();
  const rows = useQuery(rowsQuery(indicator, search));
  if (rows.isPending) return <PageLoader />;
  if (!rows.data) return <ErrorNotice error={rows.error} onRetry={() => void rows.refetch()} />;
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table aria-label={t('tabs.institutions')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('columns.institution')}</Table.Th>
            <Table.Th>{t('columns.value')}</Table.Th>
            <Table.Th>{t('columns.countedOf')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.data.items.map((row) => (
            <Table.Tr key={row.institutionId}>
              <Table.Td>
                <TextLink to="/indicators/$key" params={{ key: indicator }} search={{ ...search, institutionId: row.institutionId }}>
                  {row.institutionName}
                </TextLink>
              </Table.Td>
              <Table.Td>{formatValue(row.value, unit, language)}</Table.Td>
              <Table.Td>{t('countedOf', { counted: row.counted, members: row.members })}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
