import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { associationsQuery } from '@/shared/pickers';
import { Alert, Button, Group, Radio, Stack, Text } from '@/shared/ui';
import { differences, settled, type Field } from './conflict';
import type { EventValues } from './eventForm';

type Props = {
  base: EventValues;
  mine: EventValues;
  theirs: EventValues;
  onSettle: (values: EventValues) => void;
  onTakeTheirs: () => void;
  pending: boolean;
};

/** Somebody saved the meeting first: what differs, and for each field whose words shall stand. */
export function ConflictNotice({ base, mine, theirs, onSettle, onTakeTheirs, pending }: Props) {
  const { t } = useTranslation('event');
  const words = useWords();
  const found = differences(base, mine, theirs);
  const [chosen, setChosen] = useState<Partial<Record<Field, 'mine' | 'theirs'>>>({});
  const choice = (field: Field, usual: 'mine' | 'theirs') => chosen[field] ?? usual;
  const settle = () =>
    onSettle(
      settled(mine, theirs, found.filter(({ field, usual }) => choice(field, usual) === 'theirs').map(({ field }) => field)),
    );
  return (
    <Alert role="alert" color="yellow" title={t('conflict.title')}>
      <Stack>
        <Text size="sm">{t(found.length === 0 ? 'conflict.nothing' : 'conflict.text')}</Text>
        {found.map(({ field, usual }) => (
          <Radio.Group
            key={field}
            label={t(`conflict.fields.${field}`)}
            value={choice(field, usual)}
            onChange={(whose) => setChosen({ ...chosen, [field]: whose === 'mine' ? 'mine' : 'theirs' })}
          >
            <Stack gap={6} mt={6}>
              <Radio value="mine" label={t('conflict.mine', { value: words(field, mine) })} />
              <Radio value="theirs" label={t('conflict.theirs', { value: words(field, theirs) })} />
            </Stack>
          </Radio.Group>
        ))}
        <Group>
          <Button onClick={settle} loading={pending}>
            {t('conflict.save')}
          </Button>
          <Button variant="default" onClick={onTakeTheirs}>
            {t('conflict.takeTheirs')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

/** A field's value as the form shows it. */
function useWords(): (field: Field, values: EventValues) => string {
  const { t } = useTranslation(['event', 'shared']);
  const associations = useQuery(associationsQuery);
  const nothing = t('conflict.nothingThere');
  return (field, values) => {
    switch (field) {
      case 'kind':
        return t(`shared:eventKinds.${values.kind}`);
      case 'associationId':
        return associations.data?.items.find(({ id }) => id === values.associationId)?.name ?? t('form.noAssociation');
      case 'audience':
        return t(`form.audiences.${values.audience}`);
      case 'mode':
        return t(`form.modes.${values.mode}`);
      case 'lobby':
        return t(`form.lobbies.${values.lobby}`);
      case 'guestsAllowed':
        return t(values.guestsAllowed ? 'conflict.yes' : 'conflict.no');
      case 'minutes':
        return t('form.minutes', { count: Number(values.minutes) });
      case 'invitees':
        return values.invitees.map(({ name }) => name).join(', ') || nothing;
      default:
        return values[field] || nothing;
    }
  };
}
