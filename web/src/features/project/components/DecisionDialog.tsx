import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type DecisionKind, type Project } from '@/shared/api';
import { PersonPicker } from '@/shared/pickers';
import { NativeSelect, Textarea, TextInput, toast } from '@/shared/ui';
import { useDecide } from '../api/project';
import { FactDialog } from './FactDialog';
import { decisionsFrom } from './moves';

type Picked = Parameters<typeof PersonPicker>[0]['value'];

/** Writes down what the Commission decided, as its minutes have it. */
export function DecisionDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation('project');
  const decide = useDecide();
  const kinds = decisionsFrom[project.lifecycle.state];
  const [kind, setKind] = useState<DecisionKind>(kinds[0] ?? 'instruct');
  const [minutesNumber, setMinutesNumber] = useState('');
  const [date, setDate] = useState(project.day);
  const [item, setItem] = useState('');
  const [wording, setWording] = useState('');
  const [person, setPerson] = useState<Picked>(null);
  const [assignee, setAssignee] = useState('');
  const [due, setDue] = useState('');
  const fields = decide.error instanceof ApiError ? decide.error.fields : {};
  return (
    <FactDialog
      title={t('decision.title')}
      confirm={t('decision.save')}
      correcting={false}
      pending={decide.isPending}
      error={decide.error}
      onConfirm={() =>
        decide.mutate(
          { kind, minutesNumber, date, item, wording, assignee, ...(person && { assigneeId: person.id }), ...(due !== '' && { due }) },
          {
            onSuccess: () => {
              toast(t('decision.saved'));
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <NativeSelect
        label={t('decision.kind')}
        data={kinds.map((value) => ({ value, label: t(`steps.kinds.${value}`) }))}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as DecisionKind)}
      />
      <TextInput label={t('decision.minutesNumber')} required value={minutesNumber} error={fields['minutesNumber']} onChange={(event) => setMinutesNumber(event.currentTarget.value)} />
      <TextInput type="date" label={t('decision.date')} required max={project.day} value={date} error={fields['date']} onChange={(event) => setDate(event.currentTarget.value)} />
      <TextInput label={t('decision.item')} required value={item} error={fields['item']} onChange={(event) => setItem(event.currentTarget.value)} />
      <Textarea label={t('decision.wording')} required autosize minRows={2} maxLength={2000} value={wording} error={fields['wording']} onChange={(event) => setWording(event.currentTarget.value)} />
      <PersonPicker label={t('decision.person')} description={t('decision.personText')} value={person} onPick={setPerson} />
      {person === null && (
        <TextInput label={t('decision.assignee')} maxLength={300} value={assignee} error={fields['assignee']} onChange={(event) => setAssignee(event.currentTarget.value)} />
      )}
      {(person !== null || assignee !== '') && (
        <TextInput type="date" label={t('decision.due')} value={due} error={fields['due']} onChange={(event) => setDue(event.currentTarget.value)} />
      )}
    </FactDialog>
  );
}
