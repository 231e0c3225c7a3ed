import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BudgetRow, Project, ProjectPayment } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatMoney, formatValue } from '@/shared/lib/figures';
import { Alert, Button, CloseButton, Group, Section, Stack, Table, Text, toast } from '@/shared/ui';
import { useRemovePayment } from '../api/project';
import { AddPayment } from '../components/AddPayment';
import { FactDialog } from '../components/FactDialog';
import { Frame } from '../components/Frame';
import { LightBadge } from '../components/LightBadge';
import { isSigned } from '../components/periods';
import classes from '../components/tables.module.css';
import { formatIsoDay } from '../components/words';
import { Wide } from '../components/Wide';

/** Money by source and year, planned and paid, and every payment. */
export function BudgetPage() {
  return <Frame section="budget">{(project) => <Budget project={project} />}</Frame>;
}

function Budget({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const { rows, bySource, byYear, total, light } = project.budget;
  const over = rows.filter(({ planKopecks, factKopecks }) => (factKopecks ?? 0) > planKopecks);
  const [adding, setAdding] = useState(false);
  const enters = project.may.execute && project.takesFacts;
  return (
    <Stack>
      <Group>
        <LightBadge light={light} of="budget" />
      </Group>
      {over.map((row) => (
        <Alert key={`${row.source} ${row.year}`} color="red" variant="light" title={t('budget.overTitle')}>
          {t('budget.over', {
            source: row.source && t(`sources.${row.source}`),
            year: row.year,
            sum: formatMoney((row.factKopecks ?? 0) - row.planKopecks, language),
          })}
        </Alert>
      ))}
      <Sums label={t('budget.bySource')} rows={rows} total={total} name={(row) => `${row.source ? t(`sources.${row.source}`) : ''}, ${row.year}`} />
      <Section title={t('budget.sources')}>
        <Sums label={t('budget.sources')} rows={bySource} total={total} shares name={(row) => (row.source ? t(`sources.${row.source}`) : '')} />
      </Section>
      {byYear.length > 1 && (
        <Section title={t('budget.years')}>
          <Sums label={t('budget.years')} rows={byYear} total={total} name={(row) => String(row.year)} />
        </Section>
      )}
      <Section title={t('payments.title')} actions={enters && <Button onClick={() => setAdding(true)}>{t('payments.add')}</Button>}>
        <Payments project={project} removable={enters} />
      </Section>
      {adding && <AddPayment project={project} onClose={() => setAdding(false)} />}
    </Stack>
  );
}

function Sums({
  label,
  rows,
  total,
  shares = false,
  name,
}: {
  label: string;
  rows: BudgetRow[];
  total: BudgetRow;
  shares?: boolean;
  name: (row: BudgetRow) => string;
}) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const line = (row: BudgetRow, title: string, isTotal: boolean) => (
    <Table.Tr key={title} className={isTotal ? classes.total : undefined}>
      <Table.Td>{title}</Table.Td>
      <Table.Td className={classes.number}>{formatMoney(row.planKopecks, language)}</Table.Td>
      <Table.Td className={classes.number}>{formatMoney(row.factKopecks, language)}</Table.Td>
      <Table.Td className={classes.number}>{formatValue(row.executed, 'percent', language)}</Table.Td>
      {shares && <Table.Td className={classes.number}>{isTotal ? '' : formatValue(row.share, 'percent', language)}</Table.Td>}
    </Table.Tr>
  );
  return (
    <Wide label={label}>
      <Table aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('budget.row')}</Table.Th>
            <Table.Th className={classes.number}>{t('figures.plan')}</Table.Th>
            <Table.Th className={classes.number}>{t('figures.fact')}</Table.Th>
            <Table.Th className={classes.number}>{t('budget.executed')}</Table.Th>
            {shares && <Table.Th className={classes.number}>{t('budget.share')}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => line(row, name(row), false))}
          {line(total, t('budget.total'), true)}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

function Payments({ project, removable }: { project: Project; removable: boolean }) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const [removing, setRemoving] = useState<ProjectPayment | null>(null);
  const remove = useRemovePayment();
  if (project.payments.length === 0) return <Text c="dimmed">{t('payments.none')}</Text>;
  return (
    <Wide label={t('payments.title')}>
      <Table aria-label={t('payments.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('payments.on')}</Table.Th>
            <Table.Th>{t('payments.source')}</Table.Th>
            <Table.Th>{t('payments.purpose')}</Table.Th>
            <Table.Th className={classes.number}>{t('payments.sum')}</Table.Th>
            {removable && <Table.Th />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...project.payments].reverse().map((payment) => (
            <Table.Tr key={payment.id}>
              <Table.Td>{formatIsoDay(payment.on, language)}</Table.Td>
              <Table.Td>{t(`sources.${payment.source}`)}</Table.Td>
              <Table.Td>{payment.purpose}</Table.Td>
              <Table.Td className={classes.number}>{formatMoney(payment.kopecks, language)}</Table.Td>
              {removable && (
                <Table.Td>
                  <CloseButton aria-label={t('payments.removeThis', { purpose: payment.purpose })} onClick={() => setRemoving(payment)} />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {removing && (
        <FactDialog
          title={t('payments.remove')}
          confirm={t('payments.remove')}
          correcting={isSigned(project, removing.on)}
          pending={remove.isPending}
          error={remove.error}
          onConfirm={(reason) =>
            remove.mutate(
              { id: removing.id, reason },
              {
                onSuccess: () => {
                  toast(t('payments.removed'));
                  setRemoving(null);
                },
              },
            )
          }
          onClose={() => {
            remove.reset();
            setRemoving(null);
          }}
        >
          <Text>
            {removing.purpose}: {formatMoney(removing.kopecks, language)}
          </Text>
        </FactDialog>
      )}
    </Wide>
  );
}
