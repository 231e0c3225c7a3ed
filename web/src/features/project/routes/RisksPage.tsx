import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PassportRisk, Project, RiskLevel, RiskStatus } from '@/shared/api';
import { Badge, Button, NativeSelect, Section, Stack, Table, Text, TextInput, toast } from '@/shared/ui';
import { useWeigh } from '../api/project';
import { FactDialog } from '../components/FactDialog';
import { Frame } from '../components/Frame';
import { RiskMatrix, riskLevels } from '../components/RiskMatrix';
import { Wide } from '../components/Wide';

const colors = { low: 'teal', medium: 'yellow', high: 'red' } as const;
const statuses: RiskStatus[] = ['open', 'happened', 'closed'];

/** Risks with their measures, weighed in a matrix. */
export function RisksPage() {
  return <Frame section="risks">{(project) => <Risks project={project} />}</Frame>;
}

function Risks({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  const [weighing, setWeighing] = useState<PassportRisk | null>(null);
  const weighs = project.may.execute && (project.editable || project.takesFacts);
  return (
    <Stack>
      <Section title={t('risks.matrix')}>
        <RiskMatrix risks={project.passport.risks} />
      </Section>
      <Section title={t('risks.title')}>
        <Wide label={t('risks.title')}>
          <Table aria-label={t('risks.title')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>№</Table.Th>
                <Table.Th>{t('risks.name')}</Table.Th>
                <Table.Th>{t('risks.measure')}</Table.Th>
                <Table.Th>{t('risks.gravity')}</Table.Th>
                <Table.Th>{t('risks.owner')}</Table.Th>
                <Table.Th>{t('risks.status')}</Table.Th>
                {weighs && <Table.Th />}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {project.passport.risks.map((risk) => {
                const gravity = project.risks.find(({ number }) => number === risk.number)?.gravity ?? null;
                return (
                  <Table.Tr key={risk.number}>
                    <Table.Td>{risk.number}</Table.Td>
                    <Table.Td>{risk.name}</Table.Td>
                    <Table.Td>{risk.measure}</Table.Td>
                    <Table.Td>
                      {gravity === null ? (
                        <Text c="dimmed">{t('risks.unweighed')}</Text>
                      ) : (
                        <Badge variant="light" tt="none" size="lg" color={colors[gravity]}>
                          {t(`risks.gravities.${gravity}`)}
                        </Badge>
                      )}
                    </Table.Td>
                    <Table.Td>{risk.owner ?? '—'}</Table.Td>
                    <Table.Td>{t(`risks.statuses.${risk.status ?? 'open'}`)}</Table.Td>
                    {weighs && (
                      <Table.Td>
                        <Button variant="default" size="xs" aria-label={t('risks.weighThis', { number: risk.number })} onClick={() => setWeighing(risk)}>
                          {t('risks.weigh')}
                        </Button>
                      </Table.Td>
                    )}
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Wide>
      </Section>
      {weighing && <Weigh project={project} risk={weighing} onClose={() => setWeighing(null)} />}
    </Stack>
  );
}

function Weigh({ project, risk, onClose }: { project: Project; risk: PassportRisk; onClose: () => void }) {
  const { t } = useTranslation('project');
  const weigh = useWeigh();
  const [version] = useState(project.version);
  const [probability, setProbability] = useState<RiskLevel | ''>(risk.probability ?? '');
  const [impact, setImpact] = useState<RiskLevel | ''>(risk.impact ?? '');
  const [owner, setOwner] = useState(risk.owner ?? '');
  const [status, setStatus] = useState<RiskStatus>(risk.status ?? 'open');
  const levels = (of: 'probabilities' | 'impacts') => [
    { value: '', label: t('risks.unweighed') },
    ...riskLevels.map((value) => ({ value, label: t(`risks.${of}.${value}`) })),
  ];
  return (
    <FactDialog
      title={`${risk.number}. ${risk.name}`}
      confirm={t('risks.save')}
      correcting={false}
      pending={weigh.isPending}
      error={weigh.error}
      onConfirm={() =>
        weigh.mutate(
          { number: risk.number, version, probability: probability || null, impact: impact || null, owner, status },
          {
            onSuccess: () => {
              toast(t('risks.saved'));
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <NativeSelect label={t('risks.probability')} data={levels('probabilities')} value={probability} onChange={(event) => setProbability(event.currentTarget.value as RiskLevel | '')} />
      <NativeSelect label={t('risks.impact')} data={levels('impacts')} value={impact} onChange={(event) => setImpact(event.currentTarget.value as RiskLevel | '')} />
      <TextInput label={t('risks.owner')} maxLength={300} value={owner} onChange={(event) => setOwner(event.currentTarget.value)} />
      <NativeSelect
        label={t('risks.status')}
        data={statuses.map((value) => ({ value, label: t(`risks.statuses.${value}`) }))}
        value={status}
        onChange={(event) => setStatus(event.currentTarget.value as RiskStatus)}
      />
    </FactDialog>
  );
}
