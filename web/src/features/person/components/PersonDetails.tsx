import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type Person } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { Button, ErrorNotice, Facts, Group, Paper, SimpleGrid, Stack, TextInput, toast, useForm } from '@/shared/ui';
import { useChangePerson } from '../api/people';
import { NameFields } from './NameFields';
import { personDraftOf, valuesOf } from './personForm';
import { Snils } from './Snils';

/** What the card says of a person; a form after «Change». */
export function PersonDetails({ person, editable }: { person: Person; editable: boolean }) {
  const { t } = useTranslation(['person', 'shared']);
  const { language } = useLanguage();
  const [editing, setEditing] = useState(false);
  if (editing) return <PersonForm person={person} onClose={() => setEditing(false)} />;
  return (
    <Paper p="lg">
      <Facts
        facts={[
          [t('form.login'), person.login ?? t('form.loginNone')],
          [t('form.email'), person.email ?? t('form.emailNone')],
          [t('form.birthDate'), person.birthDate ? formatDate(person.birthDate, language) : t('form.birthDateNone')],
          [t('snils.title'), <Snils key="snils" person={person} editable={editable} />],
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
    initialValues: { ...valuesOf(person), birthDate: person.birthDate ?? '' },
    validate: {
      familyName: (value) => (value.trim() ? null : t('form.familyNameEmpty')),
      givenName: (value) => (value.trim() ? null : t('form.givenNameEmpty')),
    },
  });
  const refused = change.error instanceof ApiError ? change.error.fields : {};
  const submit = form.onSubmit((values) =>
    change.mutate(
      { ...personDraftOf(values), birthDate: values.birthDate || null, version: person.version },
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
            <TextInput label={t('form.birthDate')} type="date" {...form.getInputProps('birthDate')} error={refused['birthDate']} />
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
