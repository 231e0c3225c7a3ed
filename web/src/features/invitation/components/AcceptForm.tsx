import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError, type InvitationCard } from '@/shared/api';
import { passwordFault } from '@/shared/lib/password';
import { Button, Checkbox, ErrorNotice, Paragraphs, PasswordInput, ScrollArea, Select, Stack, Text, TextInput, useForm } from '@/shared/ui';
import { consentTextQuery, positionsQuery, useAccept } from '../api/invitations';
import classes from './AcceptForm.module.css';
import { acceptBody, type AcceptValues } from './accept';

/** Only the fields that this kind of invitation needs; signs in when it is sent. */
export function AcceptForm({ token, card }: { token: string; card: InvitationCard }) {
  const { t } = useTranslation(['invitation', 'shared']);
  const navigate = useNavigate();
  const accept = useAccept(token);
  const consent = useQuery(consentTextQuery);
  const fresh = card.kind === 'link';
  const positions = useQuery({ ...positionsQuery, enabled: fresh });
  const form = useForm<AcceptValues>({
    initialValues: {
      familyName: '',
      givenName: '',
      patronymic: '',
      positionCode: null,
      login: card.login ?? '',
      password: '',
      agreed: false,
    },
    validate: {
      familyName: (value) => (!fresh || value.trim() ? null : t('accept.familyNameEmpty')),
      givenName: (value) => (!fresh || value.trim() ? null : t('accept.givenNameEmpty')),
      login: (value) => (!fresh || value.trim() ? null : t('accept.loginEmpty')),
      password: (value) => {
        const fault = passwordFault(value);
        return fault && t(`shared:password.${fault}`);
      },
      agreed: (value) => (value ? null : t('accept.agreedEmpty')),
    },
  });
  const refused = accept.error instanceof ApiError ? accept.error.fields : {};
  const submit = form.onSubmit((values) => {
    if (!consent.data) return;
    accept.mutate(acceptBody(card.kind, values, consent.data.version), {
      onSuccess: () => void navigate({ to: '/', replace: true }),
    });
  });
  const field = (name: 'familyName' | 'givenName' | 'patronymic' | 'login') => ({
    ...form.getInputProps(name),
    error: form.errors[name] ?? refused[name],
  });

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {fresh && (
          <>
            <TextInput label={t('accept.familyName')} autoComplete="family-name" required {...field('familyName')} />
            <TextInput label={t('accept.givenName')} autoComplete="given-name" required {...field('givenName')} />
            <TextInput label={t('accept.patronymic')} autoComplete="additional-name" {...field('patronymic')} />
            <Select
              label={t('accept.position')}
              data={(positions.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }))}
              searchable
              clearable
              clearButtonProps={{ 'aria-label': t('shared:table.clear') }}
              {...form.getInputProps('positionCode')}
              error={refused['positionCode']}
            />
          </>
        )}
        {fresh ? (
          <TextInput
            label={t('accept.login')}
            description={t('accept.loginHint')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            {...field('login')}
          />
        ) : (
          card.login && <TextInput label={t('accept.login')} value={card.login} readOnly autoComplete="username" />
        )}
        <PasswordInput
          label={t('accept.password')}
          description={t('shared:password.hint')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('shared:password.show') }}
          required
          withAsterisk={false}
          {...form.getInputProps('password')}
          error={form.errors['password'] ?? refused['password']}
        />
        {consent.data && (
          <>
            <Text fw={600}>{consent.data.title}</Text>
            <ScrollArea.Autosize mah={180} className={classes.consent} viewportProps={{ tabIndex: 0 }}>
              <Paragraphs text={consent.data.body} />
            </ScrollArea.Autosize>
            <Checkbox size="md" label={t('accept.agree')} {...form.getInputProps('agreed', { type: 'checkbox' })} />
          </>
        )}
        <ErrorNotice error={accept.error ?? consent.error} onRetry={() => (consent.error ? void consent.refetch() : submit())} />
        <Button type="submit" loading={accept.isPending} disabled={!consent.data} fullWidth>
          {t(`accept.${card.kind}.do`)}
        </Button>
      </Stack>
    </form>
  );
}
