import { useTranslation } from 'react-i18next';
import type { PassportChange } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { Table, Text } from '@/shared/ui';
import { changeValue, fieldParts } from './changes';
import classes from './tables.module.css';
import { Wide } from './Wide';

/** What differs between two passports, field by field. */
export function ChangeList({ changes }: { changes: PassportChange[] }) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  if (changes.length === 0) return <Text c="dimmed">{t('changes.nothing')}</Text>;
  return (
    <Wide label={t('changes.list')}>
      <Table aria-label={t('changes.list')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('changes.field')}</Table.Th>
            <Table.Th>{t('changes.before')}</Table.Th>
            <Table.Th>{t('changes.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map((change) => (
            <Table.Tr key={change.field}>
              <Table.Td>
                {fieldParts(change.field)
                  .map((part) => (typeof part === 'string' ? t(`fields.${part}`) : part.row))
                  .join(' › ')}
              </Table.Td>
              <Table.Td className={classes.before}>{changeValue(change, change.before, language)}</Table.Td>
              <Table.Td>{changeValue(change, change.after, language)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}
