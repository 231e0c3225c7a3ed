import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { serverQuery, type Server } from '@/shared/api';
import { BareFrame } from '@/shared/frame';
import { safePath } from '@/shared/lib/safePath';
import {
  Button,
  ErrorNotice,
  JoinByCode,
  Paper,
  PasswordInput,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  TextLink,
  Title,
  UnstyledButton,
  useForm,
  useTitle,
} from '@/shared/ui';
import { useSignIn } from '../api/session';
import classes from './SignInPage.module.css';

/** Login or e-mail and a password; beneath it the two other ways in: a meeting's code and a slip's code. */
export function SignInPage() {
  const { t } = useTranslation(['session', 'shared']);
  useTitle(t('signIn.title'));
  const { next } = useSearch({ from: '/bare/sign-in' });
  const navigate = useNavigate();
  const server = useQuery(serverQuery).data;
  const signIn = useSignIn();
  const form = useForm({
    initialValues: { login: '', password: '' },
    validate: {
      login: (value) => (value.trim() ? null : t('signIn.loginEmpty')),
      password: (value) => (value ? null : t('signIn.passwordEmpty')),
    },
  });

  const send = ({ login, password }: { login: string; password: string }) =>
    signIn.mutate(
      { login: login.trim(), password },
      { onSuccess: () => void navigate({ href: safePath(next), replace: true }) },
    );

  return (
    <BareFrame>
      <Stack w="100%" maw={440} gap="lg">
        <Paper p="lg">
          <form onSubmit={form.onSubmit(send)} noValidate>
            <Stack>
              <Title order={1}>{t('signIn.title')}</Title>
              <TextInput
                label={t('signIn.login')}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                {...form.getInputProps('login')}
              />
              <PasswordInput
                label={t('signIn.password')}
                autoComplete="current-password"
                visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
                {...form.getInputProps('password')}
              />
              <ErrorNotice error={signIn.error} onRetry={() => send(form.values)} />
              <Button type="submit" loading={signIn.isPending} fullWidth>
                {t('signIn.submit')}
              </Button>
              <Text size="sm" c="dimmed">
                {t('signIn.forgot')}
              </Text>
            </Stack>
          </form>
        </Paper>
        {server?.demo && (
          <DemoAccounts
            server={server}
            onPick={(login, password) => {
              form.setValues({ login, password });
              signIn.reset();
            }}
          />
        )}
        <Paper p="lg">
          <Stack gap="lg">
            <JoinByCode />
            <Text size="sm">
              {t('signIn.slip')} <TextLink to="/slip" underline="always">{t('signIn.slipLink')}</TextLink>
            </Text>
          </Stack>
        </Paper>
        <Text size="sm" ta="center">
          <TextLink to="/privacy">{t('signIn.privacy')}</TextLink>
        </Text>
      </Stack>
    </BareFrame>
  );
}

function DemoAccounts({ server, onPick }: { server: Server; onPick: (login: string, password: string) => void }) {
  const { t } = useTranslation(['session', 'shared']);
  return (
    <Paper p="lg">
      <Title order={2} size="h3">
        {t('demo.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('demo.text')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        {server.demoAccounts.map((account) => (
          <UnstyledButton
            key={account.login}
            className={classes.demo}
            onClick={() => onPick(account.login, account.password)}
          >
            <Text component="span" display="block" fw={600} size="sm">
              {account.login}
            </Text>
            <Text component="span" display="block" size="sm" c="dimmed">
              {t(`shared:roles.${account.role}` as 'shared:roles.teacher', { defaultValue: account.role })}
            </Text>
          </UnstyledButton>
        ))}
      </SimpleGrid>
    </Paper>
  );
}
