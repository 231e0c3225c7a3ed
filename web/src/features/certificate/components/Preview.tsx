import { useTranslation } from 'react-i18next';
import type { CertificatePreview } from '@/shared/api';
import { Badge, DataTable, Text } from '@/shared/ui';
import { useState } from 'react';

const PER_PAGE = 50;

/** Everyone the rule speaks of, with the reason where somebody gets nothing. */
export function Preview({ preview }: { preview: CertificatePreview }) {
  const { t } = useTranslation(['certificate', 'shared']);
  const [page, setPage] = useState(1);
  const last = Math.max(1, Math.ceil(preview.total / PER_PAGE));
  const shown = Math.min(page, last);
  return (
    <DataTable
      label={t('preview.title')}
      rows={preview.items.slice((shown - 1) * PER_PAGE, shown * PER_PAGE)}
      rowKey={(row) => `${row.personId}.${row.role}`}
      total={preview.total}
      page={shown}
      perPage={PER_PAGE}
      onPage={setPage}
      empty={<Text c="dimmed">{t('preview.empty')}</Text>}
      columns={[
        {
          key: 'name',
          header: t('columns.name'),
          render: (row) => (
            <>
              {row.name}
              {row.institution && (
                <Text size="sm" c="dimmed">
                  {row.institution}
                </Text>
              )}
            </>
          ),
        },
        {
          key: 'role',
          header: t('columns.role'),
          render: (row) => (
            <>
              {t(`shared:eventRoles.${row.role}`)}
              {row.topic && (
                <Text size="sm" c="dimmed">
                  {row.topic}
                </Text>
              )}
            </>
          ),
        },
        {
          key: 'minutes',
          header: t('columns.minutes'),
          secondary: true,
          render: (row) => t('minutesAndShare', { minutes: row.minutes, share: row.share }),
        },
        {
          key: 'result',
          header: t('columns.result'),
          render: (row) => (
            <Badge variant="light" tt="none" color={row.refusal ? 'gray' : 'teal'}>
              {row.refusal ? t(`refusals.${row.refusal}`) : t('qualifies')}
            </Badge>
          ),
        },
      ]}
    />
  );
}
