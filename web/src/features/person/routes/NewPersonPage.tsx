import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError, institutionsKept, keepsCityRegister, useMe } from '@/shared/api';
import { isoDay } from '@/shared/lib/dates';
import { useDraft } from '@/shared/lib/useDraft';
import { Button, ErrorNotice, Group, Page, Paper, Select, Stack, TextInput, TextLink, toast, useForm } from '@/shared/ui';
import { InstitutionPicker } from '@/shared/pickers';
import { positionsQuery, useAddPerson } from '../api/people';
import { NameFields } from '../components/NameFields';
import { emptyPerson, personDraftOf } from '../components/personForm';

type Values = typeof emptyPerson & { institution: { id: string; name: string } | null; positionCode: string | null };

/** A new person with their main place of work. */
export function NewPersonPage() {
  const { t } = useTranslation(['person', 'shared']);
  const me = useMe();
  const navigate = useNavigate();
  const router = useRouter();
  const positions = useQuery(positionsQuery);
  const add = useAddPerson();
  const kept = institutionsKept(me);
  const everywhere = keepsCityRegister(me);
  const draft = useDraft<Values>('person', {
    ...emptyPerson,
    institution: everywhere ? null : (kept[0] ?? null),
    positionCode: null,
  });
  const form = useForm<Values>({
    initialValues: draft.initial,
    onValuesChange: draft.keep,
    validate: {
      familyName: (value) => (value.trim() ? null : t('form.familyNameEmpty')),
      givenName: (value) => (value.trim() ? null : t('form.givenNameEmpty')),
      institution: (value) => (value ? null : t('form.institutionEmpty')),
      positionCode: (value) => (value ? null : t('form.positionEmpty')),
    },
  });
  const refused = add.error instanceof ApiError ? add.error.fields : {};

  const submit = form.onSubmit((values) => {
    if (!values.institution || !values.positionCode) return;
    add.mutate(
      {
        ...personDraftOf(values),
        employment: {
          institutionId: values.institution.id,
          positionCode: values.positionCode,
          isMain: true,
          startsOn: isoDay(new Date()),
        },
      },
      {
        onSuccess: (person) => {
          draft.forget();
          toast(t('added'));
          void navigate({ to: '/people/$personId', params: { personId: person.id } });
        },
      },
    );
  });

  return (
    <Page title={t('add')} narrow back={<TextLink to="/people">{t('title')}</TextLink>}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Paper p="lg">
            <Stack>
              <NameFields form={form} refused={refused} />
              <TextInput
                label={t('form.email')}
                description={t('form.emailHint')}
                type="email"
                {...form.getInputProps('email')}
                error={refused['email']}
              />
            </Stack>
          </Paper>
          <Paper p="lg">
            <Stack>
              {everywhere ? (
                <InstitutionPicker
                  value={form.values.institution}
                  onPick={(institution) => form.setFieldValue('institution', institution)}
                  required
                  error={form.errors['institution'] ?? refused['institutionId']}
                />
              ) : (
                <Select
                  label={t('columns.institution')}
                  data={kept.map(({ id, name }) => ({ value: id, label: name }))}
                  value={form.values.institution?.id ?? null}
                  onChange={(id) => form.setFieldValue('institution', kept.find((one) => one.id === id) ?? null)}
                  allowDeselect={false}
                  required
                  error={form.errors['institution'] ?? refused['institutionId']}
                />
              )}
              <Select
                label={t('columns.position')}
                data={(positions.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }))}
                searchable
                required
                {...form.getInputProps('positionCode')}
                error={form.errors['positionCode'] ?? refused['positionCode']}
              />
            </Stack>
          </Paper>
          <ErrorNotice error={add.error ?? positions.error} onRetry={() => submit()} />
          <Group>
            <Button type="submit" loading={add.isPending}>
              {t('addDo')}
            </Button>
            <Button variant="default" onClick={() => router.history.back()}>
              {t('shared:actions.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
