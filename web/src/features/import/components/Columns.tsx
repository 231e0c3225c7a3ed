import { useTranslation } from 'react-i18next';
import type { ImportDetails, ImportField } from '@/shared/api';
import { Alert, Select, Stack, Table, Text } from '@/shared/ui';
import type { Mapping } from '../api/imports';
import { meaning } from './rows';

/** The columns of a file beside what they mean. */
export function Columns({
  details,
  mapping,
  onChange,
}: {
  details: ImportDetails;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}) {
  const { t } = useTranslation('import');
  const fields = details.fields.map(({ field, title }) => ({ value: field, label: title }));
  return (
    <Stack>
      {details.remembered && (
        <Alert variant="light" color="teal">
          {t('columns.remembered')}
        </Alert>
      )}
      <Table.ScrollContainer minWidth={0}>
        <Table aria-label={t('columns.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('columns.header')}</Table.Th>
              <Table.Th>{t('columns.meaning')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {details.columns.map((column, place) => {
              const name = column.header || t('columns.unnamed', { number: place + 1 });
              return (
                <Table.Tr key={place}>
                  <Table.Td>
                    <Text fw={600}>{name}</Text>
                    <Text size="sm" c="dimmed" lineClamp={2}>
                      {column.samples.join(' · ')}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <Select
                      aria-label={t('columns.meaningOf', { column: name })}
                      placeholder={t('columns.leftOut')}
                      data={fields}
                      value={mapping[place] ?? null}
                      onChange={(field) => onChange(meaning(mapping, place, field as ImportField | null))}
                      clearable
                      clearButtonProps={{ 'aria-label': t('columns.leaveOut', { column: name }) }}
                      searchable
                    />
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
