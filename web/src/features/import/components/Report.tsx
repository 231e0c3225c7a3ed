import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportReport } from '@/shared/api';
import { Badge, DataTable, Facts, SegmentedControl, Stack, Text, type Column } from '@/shared/ui';
import { shownRows, type ReportRow, type Shown } from './rows';

const PER_PAGE = 50;
const COLOURS = { created: 'teal', changed: 'blue', duplicate: 'gray', wrong: 'red' } as const;

/** What a check said: counts first, then the rows with words about them. */
export function Report({ report }: { report: ImportReport }) {
  const { t } = useTranslation('import');
  const [shown, setShown] = useState<Shown>(report.wrong > 0 ? 'wrong' : 'all');
  const [page, setPage] = useState(1);
  const rows = shownRows(report.rows, shown);
  const columns: Column<ReportRow>[] = [
    { key: 'line', header: t('report.line'), render: (row) => row.line },
    { key: 'name', header: t('report.name'), render: (row) => row.name },
    {
      key: 'outcome',
      header: t('report.outcome'),
      secondary: true,
      render: (row) => (
        <Badge color={COLOURS[row.outcome]} variant="light" tt="none">
          {t(`outcomes.${row.outcome}`)}
        </Badge>
      ),
    },
    {
      key: 'words',
      header: t('report.words'),
      render: (row) => (
        <Stack gap={4}>
          {row.errors.map((error) => (
            <Text key={error} size="sm">
              {error}
            </Text>
          ))}
          {row.notes.map((note) => (
            <Text key={note} size="sm" c="dimmed">
              {note}
            </Text>
          ))}
        </Stack>
      ),
    },
  ];
  return (
    <Stack>
      <Text fw={600} role="status">
        {report.wrong === 0 ? t('report.allGood', { count: report.rows.length }) : t('report.someWrong', { count: report.wrong, total: report.rows.length })}
      </Text>
      {report.wrong > 0 && <Text>{t('report.mend')}</Text>}
      <Facts
        facts={[
          [t('outcomes.created'), report.created],
          [t('outcomes.changed'), report.changed],
          [t('outcomes.duplicate'), report.duplicates],
          [t('outcomes.wrong'), report.wrong],
        ]}
      />
      <SegmentedControl
        aria-label={t('report.show')}
        value={shown}
        onChange={(value) => {
          setShown(value as Shown);
          setPage(1);
        }}
        data={(['wrong', 'noted', 'all'] as const).map((value) => ({ value, label: t(`report.shown.${value}`) }))}
      />
      <DataTable
        label={t('report.title')}
        columns={columns}
        rows={rows.slice((page - 1) * PER_PAGE, page * PER_PAGE)}
        rowKey={(row) => String(row.line)}
        total={rows.length}
        page={page}
        perPage={PER_PAGE}
        onPage={setPage}
        empty={<Text c="dimmed">{t('report.none')}</Text>}
      />
    </Stack>
  );
}
