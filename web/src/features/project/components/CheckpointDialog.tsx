import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { Button, Divider, ErrorNotice, Group, Modal, Stack, Text, Textarea, TextInput, toast } from '@/shared/ui';
import { useReach } from '../api/project';
import { AddEvidence } from './AddEvidence';
import { EvidenceList } from './EvidenceList';
import { LightBadge } from './LightBadge';
import { isSigned } from './periods';
import { formatTerm } from './words';

const kinds = ['event', 'document', 'indicator', 'text'] as const;

/** One checkpoint: what proves it, and when it was reached. */
export function CheckpointDialog({ project, number, onClose }: { project: Project; number: string; onClose: () => void }) {
  const { t } = useTranslation(['project', 'shared']);
  const { language } = useLanguage();
  const point = project.passport.stages.flatMap(({ checkpoints }) => checkpoints).find((one) => one.number === number);
  const standing = project.checkpoints.find((one) => one.number === number);
  const enters = project.may.execute && project.takesFacts;
  if (!point || !standing) return null;
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={`${point.number} ${point.name}`}
      closeButtonProps={{ 'aria-label': t('shared:actions.close') }}
    >
      <Stack>
        <Group gap="sm">
          <LightBadge light={standing.light} of="checkpoint" />
          <Text>{formatTerm(point, language)}</Text>
        </Group>
        <Text fw={600}>{t('checkpoints.evidence')}</Text>
        {standing.evidence.length === 0 && <Text c="dimmed">{t('evidence.none')}</Text>}
        <EvidenceList evidence={standing.evidence} removable={enters} />
        {enters && <AddEvidence project={project} proves={{ checkpoint: number }} kinds={kinds} span={point} />}
        {enters && <Divider />}
        {enters && <Reached project={project} number={number} doneOn={standing.doneOn} />}
      </Stack>
    </Modal>
  );
}

function Reached({ project, number, doneOn }: { project: Project; number: string; doneOn: string | null }) {
  const { t } = useTranslation('project');
  const reach = useReach();
  const [day, setDay] = useState(doneOn ?? project.day);
  const [reason, setReason] = useState('');
  const correcting = isSigned(project, day) || (doneOn !== null && isSigned(project, doneOn));
  const send = (on: string | null) =>
    reach.mutate({ number, doneOn: on, reason }, { onSuccess: () => toast(t(on === null ? 'reached.undone' : 'reached.done')) });
  return (
    <Stack gap="sm">
      <TextInput type="date" label={t('reached.day')} max={project.day} value={day} onChange={(event) => setDay(event.currentTarget.value)} />
      {correcting && (
        <Textarea
          label={t('correction.reason')}
          description={t('correction.text')}
          autosize
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <ErrorNotice error={reach.error} />
      <Group>
        <Button onClick={() => send(day)} loading={reach.isPending} disabled={day === ''}>
          {t('reached.save')}
        </Button>
        {doneOn !== null && (
          <Button variant="default" onClick={() => send(null)} disabled={reach.isPending}>
            {t('reached.undo')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
