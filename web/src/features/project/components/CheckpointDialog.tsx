import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckpointEvidence, Project } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { Anchor, Button, CloseButton, Divider, ErrorNotice, Group, Modal, Stack, Text, Textarea, TextInput, TextLink, toast } from '@/shared/ui';
import { useReach, useRemoveEvidence } from '../api/project';
import { AddEvidence } from './AddEvidence';
import { LightBadge } from './LightBadge';
import { isSigned } from './periods';
import { formatTerm } from './words';

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
        <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {standing.evidence.map((one) => (
            <Evidence key={one.id} evidence={one} removable={enters} />
          ))}
        </Stack>
        {enters && <AddEvidence project={project} point={point} />}
        {enters && <Divider />}
        {enters && <Reached project={project} number={number} doneOn={standing.doneOn} />}
      </Stack>
    </Modal>
  );
}

function Evidence({ evidence, removable }: { evidence: CheckpointEvidence; removable: boolean }) {
  const { t } = useTranslation('project');
  const remove = useRemoveEvidence();
  const words = {
    event: evidence.text,
    document: evidence.text,
    text: evidence.text,
    indicator: t('evidence.indicatorLine', { indicator: evidence.indicator, quarter: evidence.quarter, year: evidence.year }),
  }[evidence.kind];
  return (
    <li>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <div>
          <Text size="sm" c="dimmed">
            {t(`evidence.kinds.${evidence.kind}`)}
          </Text>
          {evidence.kind === 'event' && evidence.eventId !== null ? (
            <TextLink to="/meetings/$eventId" params={{ eventId: evidence.eventId }}>
              {words}
            </TextLink>
          ) : evidence.kind === 'document' ? (
            <Anchor href={`/api/project/evidence/${evidence.id}/file`} target="_blank">
              {words}
            </Anchor>
          ) : (
            <Text>{words}</Text>
          )}
        </div>
        {removable && (
          <CloseButton
            aria-label={t('evidence.remove', { what: words })}
            onClick={() => remove.mutate(evidence.id)}
            disabled={remove.isPending}
          />
        )}
      </Group>
      <ErrorNotice error={remove.error} />
    </li>
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
