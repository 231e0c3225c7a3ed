import { Button, Group, Pagination, Skeleton, Table, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSelector } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './DataTable.module.css';

export type Column<Row> = {
  key: string;
  header: string;
  render: (row: Row) => ReactNode;
  /** The server can order by this column; its name in `sort`. */
  sort?: string;
  /** Left out on a narrow window, where the first columns say enough. */
  secondary?: boolean;
};

type Props<Row> = {
  /** What the table lists; read out by screen readers. */
  label: string;
  columns: Column<Row>[];
  rows: Row[] | undefined;
  rowKey: (row: Row) => string;
  total: number;
  page: number;
  perPage: number;
  onPage: (page: number) => void;
  /** `name` or `-name`, the way it goes to the server. */
  sort?: string;
  onSort?: (sort: string) => void;
  /** Shown instead of the table when there are no rows. */
  empty: ReactNode;
  tools?: ReactNode;
};

/** A register: sortable heads, dense rows, pages. On a phone the secondary columns step back. */
export function DataTable<Row>({ label, columns, rows, rowKey, total, page, perPage, onPage, sort, onSort, empty, tools }: Props<Row>) {
  const { t } = useTranslation('shared');
  if (rows?.length === 0 && page === 1) return empty;
  const pages = Math.max(1, Math.ceil(total / perPage));
  return (
    <>
      <div className={classes.frame}>
        <Table className={classes.table} highlightOnHover aria-label={label} aria-busy={rows === undefined}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <HeadCell key={column.key} column={column} sort={sort} onSort={onSort} />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows?.map((row) => (
              <Table.Tr key={rowKey(row)}>
                {columns.map((column) => (
                  <Table.Td key={column.key} data-secondary={column.secondary || undefined}>
                    {column.render(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            )) ?? <Waiting columns={columns.length} />}
          </Table.Tbody>
        </Table>
      </div>
      <Group justify="space-between" mt="sm" gap="sm">
        <Group gap="sm">
          <Text size="sm" c="dimmed" aria-live="polite">
            {rows ? t('table.total', { count: total }) : t('table.loading')}
          </Text>
          {tools}
        </Group>
        {pages > 1 && (
          <Pagination
            total={pages}
            value={page}
            onChange={onPage}
            size="md"
            siblings={1}
            aria-label={t('table.pages')}
            getItemProps={(number) => ({ 'aria-label': t('table.page', { page: number }) })}
            getControlProps={(control) => ({
              'aria-label': control === 'previous' ? t('table.previous') : t('table.next'),
            })}
          />
        )}
      </Group>
    </>
  );
}

function HeadCell<Row>({ column, sort, onSort }: { column: Column<Row>; sort?: string; onSort?: (sort: string) => void }) {
  const { t } = useTranslation('shared');
  const name = column.sort;
  const secondary = column.secondary || undefined;
  if (!name || !onSort) {
    return <Table.Th data-secondary={secondary}>{column.header}</Table.Th>;
  }
  const ascending = sort === name;
  const descending = sort === `-${name}`;
  const Icon = ascending ? IconChevronUp : descending ? IconChevronDown : IconSelector;
  return (
    <Table.Th data-secondary={secondary} aria-sort={ascending ? 'ascending' : descending ? 'descending' : 'none'}>
      <UnstyledButton
        className={classes.sort}
        onClick={() => onSort(ascending ? `-${name}` : name)}
        title={t('table.sortBy', { column: column.header })}
      >
        {column.header}
        <Icon size={16} aria-hidden />
      </UnstyledButton>
    </Table.Th>
  );
}

function Waiting({ columns }: { columns: number }) {
  return Array.from({ length: 8 }, (_, row) => (
    <Table.Tr key={row}>
      <Table.Td colSpan={columns}>
        <Skeleton height={20} />
      </Table.Td>
    </Table.Tr>
  ));
}

/** For a search without a match: nothing is missing, the filter is too narrow. */
export function NothingFound({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation('shared');
  return (
    <div className={classes.nothing} role="status">
      <Text fw={600}>{t('table.empty')}</Text>
      <Text c="dimmed">{t('table.emptyHint')}</Text>
      <Button variant="default" size="sm" mt="xs" onClick={onClear}>
        {t('table.clear')}
      </Button>
    </div>
  );
}
