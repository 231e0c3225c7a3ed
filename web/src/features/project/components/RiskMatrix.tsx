import { useTranslation } from 'react-i18next';
import type { PassportRisk, RiskLevel } from '@/shared/api';
import { Table, Text } from '@/shared/ui';
import classes from './RiskMatrix.module.css';

export const riskLevels: RiskLevel[] = ['low', 'medium', 'high'];

/** How grave a cell is, as `passport::risk::gravity` has it. */
function gravity(probability: RiskLevel, impact: RiskLevel): RiskLevel {
  const weight = (riskLevels.indexOf(probability) + 1) * (riskLevels.indexOf(impact) + 1);
  return weight <= 2 ? 'low' : weight <= 4 ? 'medium' : 'high';
}

/** Open risks by how likely they are and how much they would hurt. */
export function RiskMatrix({ risks }: { risks: PassportRisk[] }) {
  const { t } = useTranslation('project');
  const open = risks.filter(({ status }) => status !== 'closed');
  const unweighed = open.filter(({ probability, impact }) => !probability || !impact);
  return (
    <>
      <Table className={classes.matrix} aria-label={t('risks.matrix')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('risks.probability')}</Table.Th>
            {riskLevels.map((impact) => (
              <Table.Th key={impact} scope="col">
                {t('risks.impactOf', { level: t(`risks.impacts.${impact}`) })}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...riskLevels].reverse().map((probability) => (
            <Table.Tr key={probability}>
              <Table.Th scope="row">{t(`risks.probabilities.${probability}`)}</Table.Th>
              {riskLevels.map((impact) => (
                <Table.Td key={impact} className={classes.cell} data-gravity={gravity(probability, impact)}>
                  {open
                    .filter((risk) => risk.probability === probability && risk.impact === impact)
                    .map(({ number }) => `№ ${number}`)
                    .join(', ')}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {unweighed.length > 0 && (
        <Text mt="sm" c="dimmed">
          {t('risks.unweighedList', { numbers: unweighed.map(({ number }) => number).join(', ') })}
        </Text>
      )}
    </>
  );
}
