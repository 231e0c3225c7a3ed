import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Fieldset, Group, Paper, Stack } from '@/shared/ui';
import { replaced, without } from './rows';

type Props<Row> = {
  legend: string;
  rows: readonly Row[];
  empty: () => Row;
  onChange: (rows: Row[]) => void;
  render: (row: Row, change: (row: Row) => void) => ReactNode;
};

/** A list that is written row by row. */
export function Rows<Row>({ legend, rows, empty, onChange, render }: Props<Row>) {
  const { t } = useTranslation('project');
  return (
    <Fieldset legend={legend}>
      <Stack gap="sm">
        {rows.map((row, place) => (
          // Rows have no identity but their place while they are written.
          // oxlint-disable-next-line react/no-array-index-key
          <Paper key={place} p="sm" component="section" aria-label={t('edit.row', { legend, number: place + 1 })}>
            <Stack gap="sm">
              {render(row, (changed) => onChange(replaced(rows, place, changed)))}
              <Group>
                <Button
                  variant="subtle"
                  size="xs"
                  color="red"
                  aria-label={t('edit.removeRow', { legend, number: place + 1 })}
                  onClick={() => onChange(without(rows, place))}
                >
                  {t('edit.remove')}
                </Button>
              </Group>
            </Stack>
          </Paper>
        ))}
        <div>
          <Button variant="default" size="sm" onClick={() => onChange([...rows, empty()])} aria-label={t('edit.addRow', { legend })}>
            {t('edit.add')}
          </Button>
        </div>
      </Stack>
    </Fieldset>
  );
}
