import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '@/shared/api';
import { Section, Stack, Text, toast } from '@/shared/ui';
import { CheckpointDialog } from '../components/CheckpointDialog';
import { CheckpointTable } from '../components/CheckpointTable';
import { Frame } from '../components/Frame';
import { Gantt } from '../components/Gantt';
import { movedNumbers, withTerm } from '../components/months';
import { SavePassport } from '../components/SavePassport';

/** Stages and checkpoints over months; what is dragged is saved, or asked of the Commission. */
export function SchedulePage() {
  return <Frame section="schedule">{(project) => <Schedule project={project} />}</Frame>;
}

function Schedule({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  const navigate = useNavigate();
  // What this edit began from: the query goes on being refreshed.
  const [base, setBase] = useState(project);
  const [draft, setDraft] = useState(project.passport);
  const [opened, setOpened] = useState<string | null>(null);
  const changed = movedNumbers(base.passport, draft);
  // Without an edit of one's own the newest version is shown.
  if (changed.length === 0 && base.version !== project.version) {
    setBase(project);
    setDraft(project.passport);
  }
  const mayMove = project.may.lead && (project.editable || project.takesFacts);
  const start = (from: Project) => {
    setBase(from);
    setDraft(from.passport);
  };
  return (
    <Stack>
      {mayMove && (
        <Text c="dimmed" size="sm" visibleFrom="sm">
          {t('gantt.hint')}
        </Text>
      )}
      <Gantt
        passport={draft}
        standings={project.checkpoints}
        today={project.day}
        changed={changed}
        onMove={mayMove ? (number, term) => setDraft(withTerm(draft, number, term)) : undefined}
      />
      {changed.length > 0 && (
        <SavePassport
          project={project}
          seen={base.version}
          passport={draft}
          onSaved={(request) => {
            if (request) {
              void navigate({ to: '/project/changes/$requestId', params: { requestId: request.id } });
            } else {
              toast(t('save.saved'));
            }
            setDraft(base.passport);
          }}
          onTakeTheirs={start}
          onCancel={() => setDraft(base.passport)}
        />
      )}
      <Section title={t('checkpoints.title')}>
        <CheckpointTable passport={project.passport} standings={project.checkpoints} onOpen={setOpened} />
      </Section>
      {opened !== null && <CheckpointDialog project={project} number={opened} onClose={() => setOpened(null)} />}
    </Stack>
  );
}
