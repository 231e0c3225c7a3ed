import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, useMe, type Person } from '@/shared/api';
import { Button, ErrorNotice, Group, Stack, Text, TextInput } from '@/shared/ui';
import { useChangeSnils, useShowSnils } from '../api/people';

/** The insurance number: masked until somebody who may asks for it, and the server notes who did. */
export function Snils({ person, editable }: { person: Person; editable: boolean }) {
  const { t } = useTranslation('person');
  const me = useMe();
  const own = me.person?.id === person.id;
  const [editing, setEditing] = useState(false);
  const show = useShowSnils(person.id);
  if (editing) return <SnilsForm person={person} onClose={() => setEditing(false)} />;
  return (
    <Stack gap="xs" align="flex-start">
      <Text component="span" aria-live="polite">
        {show.data?.snils ?? person.snils ?? t('snils.none')}
      </Text>
      {show.data && !own && (
        <Text size="sm" c="dimmed">
          {t('snils.logged')}
        </Text>
      )}
      <Group gap="xs">
        {person.snils && (editable || own) && (
          <Button size="xs" variant="default" loading={show.isPending} onClick={() => (show.data ? show.reset() : show.mutate())}>
            {show.data ? t('snils.hide') : t('snils.show')}
          </Button>
        )}
        {editable && (
          <Button size="xs" variant="default" onClick={() => setEditing(true)}>
            {person.snils ? t('snils.change') : t('snils.add')}
          </Button>
        )}
      </Group>
      <ErrorNotice error={show.error} />
    </Stack>
  );
}

function SnilsForm({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation(['person', 'shared']);
  const [typed, setTyped] = useState('');
  const change = useChangeSnils(person.id);
  const refused = change.error instanceof ApiError ? change.error.fields['snils'] : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(typed, { onSuccess: onClose });
      }}
      noValidate
    >
      <Stack gap="xs">
        <TextInput
          label={t('snils.label')}
          placeholder="000-000-000 00"
          inputMode="numeric"
          autoComplete="off"
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={refused}
        />
        {!refused && <ErrorNotice error={change.error} />}
        <Group gap="xs">
          <Button size="xs" type="submit" loading={change.isPending}>
            {t('shared:actions.save')}
          </Button>
          {person.snils && (
            <Button size="xs" variant="default" onClick={() => change.mutate(null, { onSuccess: onClose })}>
              {t('snils.remove')}
            </Button>
          )}
          <Button size="xs" variant="default" onClick={onClose}>
            {t('shared:actions.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
