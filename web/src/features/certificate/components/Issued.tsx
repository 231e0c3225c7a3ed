import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Certificate } from '@/shared/api';
import { Anchor, Badge, Button, DataTable, Group, Text } from '@/shared/ui';
import { RevokeDialog } from './RevokeDialog';

const PER_PAGE = 50;

/** What was given out; a valid one can be revoked. */
export function Issued({ certificates }: { certificates: Certificate[] }) {
  const { t } = useTranslation(['certificate', 'shared']);
  const [page, setPage] = useState(1);
  const [revoking, setRevoking] = useState<Certificate | null>(null);
  return (
    <>
      <DataTable
        label={t('issued.title')}
        rows={certificates.slice((page - 1) * PER_PAGE, page * PER_PAGE)}
        rowKey={(row) => row.id}
        total={certificates.length}
        page={page}
        perPage={PER_PAGE}
        onPage={setPage}
        empty={<Text c="dimmed">{t('issued.empty')}</Text>}
        columns={[
          {
            key: 'number',
            header: t('columns.number'),
            render: (row) => row.number,
          },
          { key: 'name', header: t('columns.name'), render: (row) => row.name },
          { key: 'role', header: t('columns.role'), secondary: true, render: (row) => t(`shared:eventRoles.${row.role}`) },
          {
            key: 'state',
            header: t('columns.state'),
            render: (row) =>
              row.revokedAt ? (
                <>
                  <Badge color="red" variant="light" tt="none">
                    {t('revoked')}
                  </Badge>
                  <Text size="sm" c="dimmed">
                    {row.reason}
                  </Text>
                </>
              ) : (
                <Group gap="xs">
                  <Anchor
                    href={`/api/certificates/${row.id}/file.pdf`}
                    target="_blank"
                    aria-label={t('issued.pdf', { number: row.number })}
                  >
                    PDF
                  </Anchor>
                  <Anchor href={row.url} target="_blank">
                    {t('verify.open')}
                  </Anchor>
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="red"
                    onClick={() => setRevoking(row)}
                    aria-label={t('revoke.of', { number: row.number })}
                  >
                    {t('revoke.do')}
                  </Button>
                </Group>
              ),
          },
        ]}
      />
      {revoking && <RevokeDialog certificate={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}
