import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { BareFrame } from '@/shared/frame';
import { Button, ErrorNotice, Paper, Stack, Text, TextInput, TextLink, Title, useForm, useTitle } from '@/shared/ui';
import { useRedeem } from '../api/invitations';

/** Where the code from a printed slip is typed. */
export function SlipPage() {
  const { t } = useTranslation(['invitation', 'shared']);
  useTitle(t('redeem.title'));
  const navigate = useNavigate();
  const redeem = useRedeem();
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (value) => (value.trim() ? null : t('redeem.empty')) },
  });
  const submit = form.onSubmit(({ code }) =>
    redeem.mutate(code.trim(), {
      onSuccess: ({ token }) => void navigate({ to: '/i/$token', params: { token }, replace: true }),
    }),
  );
  return (
    <BareFrame>
      <Paper p="lg" w="100%" maw={440}>
        <form onSubmit={submit} noValidate>
          <Stack>
            <Title order={1}>{t('redeem.title')}</Title>
            <Text>{t('redeem.text')}</Text>
            <TextInput
              label={t('redeem.code')}
              size="lg"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              {...form.getInputProps('code')}
            />
            <ErrorNotice error={redeem.error} onRetry={() => submit()} />
            <Button type="submit" loading={redeem.isPending} fullWidth>
              {t('shared:actions.continue')}
            </Button>
            <Text size="sm" c="dimmed">
              {t('redeem.lost')}
            </Text>
            <Text size="sm">
              <TextLink to="/sign-in">{t('redeem.haveAccount')}</TextLink>
            </Text>
          </Stack>
        </form>
      </Paper>
    </BareFrame>
  );
}
