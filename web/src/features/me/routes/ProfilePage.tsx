import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError, myName, useMe } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import {
  Button,
  ErrorNotice,
  Facts,
  Group,
  Page,
  Paper,
  PasswordInput,
  SegmentedControl,
  Section,
  Stack,
  Text,
  TextLink,
  toast,
  useForm,
} from '@/shared/ui';
import { useChangePassword } from '../api/me';
import { passwordFault } from '@/shared/lib/password';

export function ProfilePage() {
  const { t } = useTranslation(['me', 'shared']);
  const me = useMe();
  return (
    <Page title={t('title')} narrow>
      <Section title={t('details')}>
        <Paper p="lg">
          <Facts
            facts={[
              [t('name'), myName(me)],
              [t('login'), me.person?.login ?? t('none')],
              [t('email'), me.person?.email ?? t('none')],
              [
                t('roles'),
                me.grants.length === 0
                  ? t('shared:roles.teacher')
                  : me.grants
                      .map((grant) =>
                        [t(`shared:roles.${grant.role}`), grant.scopeName].filter(Boolean).join(': '),
                      )
                      .join('; '),
              ],
            ]}
          />
          <Text size="sm" c="dimmed" mt="md">
            {t('detailsHint')}
          </Text>
        </Paper>
      </Section>
      <Section title={t('language')}>
        <LanguageChoice />
      </Section>
      <Section title={t('password.title')}>
        <PasswordForm />
      </Section>
      <Section title={t('data.title')}>
        <MyData />
      </Section>
    </Page>
  );
}

/** Everything the server keeps about the reader, to take along. */
function MyData() {
  const { t } = useTranslation('me');
  return (
    <Paper p="lg">
      <Stack align="flex-start">
        <Text>{t('data.text')}</Text>
        <Button component="a" href="/api/me/data.zip" download variant="default" leftSection={<IconDownload size={18} aria-hidden />}>
          {t('data.download')}
        </Button>
        <TextLink to="/privacy">{t('data.consents')}</TextLink>
        <Text size="sm" c="dimmed">
          {t('data.erase')}
        </Text>
      </Stack>
    </Paper>
  );
}

function LanguageChoice() {
  const { t } = useTranslation(['me', 'shared']);
  const { language, setLanguage } = useLanguage();
  return (
    <Paper p="lg">
      <Stack align="flex-start">
        <SegmentedControl
          value={language}
          onChange={(value) => void setLanguage(value === 'en' ? 'en' : 'ru')}
          data={[
            { value: 'ru', label: t('shared:frame.languageNames.ru') },
            { value: 'en', label: t('shared:frame.languageNames.en') },
          ]}
          aria-label={t('language')}
        />
      </Stack>
    </Paper>
  );
}

function PasswordForm() {
  const { t } = useTranslation(['me', 'shared']);
  const change = useChangePassword();
  const form = useForm({
    initialValues: { current: '', next: '', again: '' },
    validate: {
      current: (value) => (value ? null : t('password.currentEmpty')),
      next: (value) => {
        const fault = passwordFault(value);
        return fault && t(`shared:password.${fault}`);
      },
      again: (value, values) => (value === values.next ? null : t('password.differ')),
    },
  });
  const refused = change.error instanceof ApiError ? change.error.fields : {};
  const submit = form.onSubmit(({ current, next }) =>
    change.mutate(
      { current, new: next },
      {
        onSuccess: () => {
          form.reset();
          toast(t('password.done'));
        },
      },
    ),
  );
  const eye = { 'aria-label': t('shared:password.show') };
  return (
    <Paper p="lg">
      <form onSubmit={submit} noValidate>
        <Stack maw={420}>
          <PasswordInput
            label={t('password.current')}
            autoComplete="current-password"
            visibilityToggleButtonProps={eye}
            {...form.getInputProps('current')}
            error={form.errors['current'] ?? refused['current']}
          />
          <PasswordInput
            label={t('password.next')}
            description={t('shared:password.hint')}
            autoComplete="new-password"
            visibilityToggleButtonProps={eye}
            {...form.getInputProps('next')}
            error={form.errors['next'] ?? refused['new']}
          />
          <PasswordInput
            label={t('password.again')}
            autoComplete="new-password"
            visibilityToggleButtonProps={eye}
            {...form.getInputProps('again')}
          />
          <ErrorNotice error={change.error} onRetry={() => submit()} />
          <Group>
            <Button type="submit" loading={change.isPending}>
              {t('password.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
