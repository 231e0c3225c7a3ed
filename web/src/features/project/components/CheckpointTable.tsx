import { useTranslation } from 'react-i18next';
import type { CheckpointStanding, Passport } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { Anchor, Table, Text } from '@/shared/ui';
import { LightBadge } from './LightBadge';
import classes from './tables.module.css';
import { formatIsoDay, formatTerm } from './words';
import { Wide } from './Wide';

/** The checkpoints of all stages as a table; a name opens its evidence. */
export function CheckpointTable({
  passport,
  standings,
  onOpen,
}: {
  passport: Passport;
  standings: CheckpointStanding[];
  onOpen: (number: string) => void;
}) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  return (
    <Wide label={t('checkpoints.label')}>
      <Table className={classes.stacked} aria-label={t('checkpoints.label')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('checkpoints.name')}</Table.Th>
            <Table.Th>{t('checkpoints.term')}</Table.Th>
            <Table.Th>{t('checkpoints.state')}</Table.Th>
            <Table.Th>{t('checkpoints.evidence')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        {passport.stages.map((stage) => (
          <Table.Tbody key={stage.number}>
            <Table.Tr>
              <Table.Th colSpan={4} scope="rowgroup">
                {stage.number}. {stage.name}
              </Table.Th>
            </Table.Tr>
            {stage.checkpoints.map((point) => {
              const standing = standings.find(({ number }) => number === point.number);
              return (
                <Table.Tr key={point.number}>
                  <Table.Td>
                    <Anchor component="button" type="button" ta="start" onClick={() => onOpen(point.number)}>
                      {point.number} {point.name}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{formatTerm(point, language)}</Table.Td>
                  <Table.Td>
                    {standing && <LightBadge light={standing.light} of="checkpoint" />}
                    {standing?.doneOn && (
                      <Text size="sm" c="dimmed">
                        {t('checkpoints.doneOn', { date: formatIsoDay(standing.doneOn, language) })}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>{t('checkpoints.proofs', { count: standing?.evidence.length ?? 0 })}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        ))}
      </Table>
    </Wide>
  );
}
