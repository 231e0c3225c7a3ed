import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { IndicatorSettings } from '@/shared/api';
import { Button, Checkbox, ErrorNotice, Group, MultiSelect, NumberInput, Page, Paper, SimpleGrid, Stack, Text, TextLink, toast, useForm } from '@/shared/ui';
import { settingsQuery, useSaveSettings } from '../api/indicators';
import { fromChoices, kinds, roles, toChoices } from '../components/disseminating';

/** As the rules have it, for what an older server leaves out. */
const usual = { indicatorGreen: 100, indicatorYellow: 95, checkpointDays: 10, budgetGreen: 95, budgetYellow: 85 };

/** What counts, where the rules leave a choice to the city. */
export function IndicatorSettingsPage() {
  const { t } = useTranslation(['indicator', 'event', 'shared']);
  const { data: settings } = useSuspenseQuery(settingsQuery);
  const save = useSaveSettings();
  const form = useForm({
    initialValues: {
      listenerInstitutions: settings.listenerInstitutions,
      listenerShare: settings.listenerShare,
      readinessDays: settings.readinessDays,
      choices: toChoices(settings.disseminating),
      lights: { ...usual, ...settings.lights },
    },
    validate: {
      choices: (value) => (value.some(({ counts }) => counts) ? null : t('settings.noRoles')),
      lights: {
        indicatorYellow: (value, { lights }) => (value < lights.indicatorGreen ? null : t('settings.lights.order')),
        budgetYellow: (value, { lights }) => (value < lights.budgetGreen ? null : t('settings.lights.order')),
      },
    },
  });
  const submit = ({ choices, ...rest }: typeof form.values) => {
    const body: IndicatorSettings = { ...rest, disseminating: fromChoices(choices) };
    save.mutate(body, { onSuccess: () => toast(t('settings.saved')) });
  };
  const percent = (name: 'indicatorGreen' | 'indicatorYellow' | 'budgetGreen' | 'budgetYellow') => (
    <NumberInput label={t(`settings.lights.${name}`)} min={0} max={100} allowDecimal={false} {...form.getInputProps(`lights.${name}`)} />
  );
  return (
    <Page title={t('settings.title')} subtitle={t('settings.text')} narrow back={<TextLink to="/indicators">{t('title')}</TextLink>}>
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack gap="lg">
          <Paper p="lg">
            <Stack>
              <NumberInput label={t('settings.listenerInstitutions')} min={0} max={1000} allowDecimal={false} {...form.getInputProps('listenerInstitutions')} />
              <NumberInput label={t('settings.listenerShare')} min={0} max={100} allowDecimal={false} {...form.getInputProps('listenerShare')} />
              <NumberInput label={t('settings.readinessDays')} min={1} max={1000} allowDecimal={false} {...form.getInputProps('readinessDays')} />
            </Stack>
          </Paper>
          <Paper p="lg" component="fieldset" miw={0}>
            <Stack>
              <Text component="legend" fw={600}>
                {t('settings.roles')}
              </Text>
              <Text size="sm" c="dimmed">
                {t('settings.rolesHint')}
              </Text>
              {roles.map((role, place) => (
                <Stack key={role} gap="xs">
                  <Checkbox size="md" label={t(`event:roles.names.${role}`)} {...form.getInputProps(`choices.${place}.counts`, { type: 'checkbox' })} />
                  {form.values.choices[place]?.counts && (
                    <MultiSelect
                      aria-label={t('settings.kindsOf', { role: t(`event:roles.names.${role}`) })}
                      placeholder={form.values.choices[place].kinds.length === 0 ? t('settings.anyKind') : ''}
                      data={kinds.map((kind) => ({ value: kind, label: t(`shared:eventKinds.${kind}`) }))}
                      {...form.getInputProps(`choices.${place}.kinds`)}
                    />
                  )}
                </Stack>
              ))}
              {form.errors['choices'] && (
                <Text c="red" role="alert">
                  {form.errors['choices']}
                </Text>
              )}
            </Stack>
          </Paper>
          <Paper p="lg" component="fieldset" miw={0}>
            <Stack>
              <Text component="legend" fw={600}>
                {t('settings.lights.title')}
              </Text>
              <Text size="sm" c="dimmed">
                {t('settings.lights.text')}
              </Text>
              <SimpleGrid cols={{ base: 1, xs: 2 }}>
                {percent('indicatorGreen')}
                {percent('indicatorYellow')}
                {percent('budgetGreen')}
                {percent('budgetYellow')}
              </SimpleGrid>
              <NumberInput label={t('settings.lights.checkpointDays')} min={0} max={365} allowDecimal={false} {...form.getInputProps('lights.checkpointDays')} />
            </Stack>
          </Paper>
          <ErrorNotice error={save.error} />
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t('shared:actions.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
