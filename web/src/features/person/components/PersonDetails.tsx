import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type Person } from '@/shared/api';
import { Button, ErrorNotice, Facts, Group, Paper, SimpleGrid, Stack, TextInput, toast, useForm } from '@/shared/ui';
import { useChangePerson } from '../api/people';
import { NameFields } from './NameFields';
import { personDraftOf, valuesOf } from './personForm';

/** Name, login and e-mail; a form after «Change». */
export function PersonDetails({ person, editable }: { person: Person; editable: boolean }) {
  const { t } = useTranslation(['person', 'shared']);
  const [editing, setEditing] = useState(false);
  if (editing) return <PersonForm person={person} onClose={() => setEditing(false)} />;
  return (
    <Paper p="lg">
      <Facts
        facts={[
          [t('form.login'), person.login ?? t('form.loginNone')],
          [t('form.email'), person.email ?? t('form.emailNone')],
        ]}
      />
      {editable && (
        <Button variant="default" size="sm" mt="md" onClick={() => setEditing(true)}>
          {t('change')}
        </Button>
      )}
    </Paper>
  );
}

function PersonForm({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation(['person', 'shared']);
  const change = useChangePerson(person.id);
  const form = useForm({
    initialValues: valuesOf(person),
    validate: {
      familyName: (value) => (value.trim() ? null : t('form.familyNameEmpty')),
      givenName: (value) => (value.trim() ? null : t('form.givenNameEmpty')),
    },
  });
  const refused = change.error instanceof ApiError ? change.error.fields : {};
  const submit = form.onSubmit((values) =>
    change.mutate(
      { ...personDraftOf(values), version: person.version },
      {
        onSuccess: () => {
          toast(t('saved'));
          onClose();
        },
      },
    ),
  );
  return (
    <Paper p="lg">
      <form onSubmit={submit} noValidate>
        <Stack>
          <NameFields form={form} refused={refused} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label={t('form.login')} {...form.getInputProps('login')} error={refused['login']} />
            <TextInput label={t('form.email')} type="email" {...form.getInputProps('email')} error={refused['email']} />
          </SimpleGrid>
          <ErrorNotice error={change.error} onRetry={() => submit()} />
          <Group>
            <Button type="submit" loading={change.isPending}>
              {t('shared:actions.save')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('shared:actions.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
