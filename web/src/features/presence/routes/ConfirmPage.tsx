import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { myName, useMe } from '@/shared/api';
import { BareFrame } from '@/shared/frame';
import { Button, ErrorNotice, PageLoader, Paper, Stack, Text, TextInput, TextLink, Title, useForm, useTitle } from '@/shared/ui';
import { openedQuery, useConfirm } from '../api/presence';

/** `/q/<token>`, from the code on a room's screen: one touch says «I am in this room». No camera, no microphone. */
export function ConfirmPage() {
  const { t } = useTranslation('presence');
  useTitle(t('confirm.title'));
  const { token } = useParams({ from: '/bare/q/$token' });
  const opened = useQuery(openedQuery(token));
  if (opened.isPending) return <PageLoader />;
  return (
    <BareFrame>
      <Paper p="lg" w="100%" maw={440}>
        {opened.data ? (
          <Confirm
            ticket={opened.data.ticket}
            event={opened.data.eventTitle}
            place={[opened.data.kitName, opened.data.place, opened.data.institutionName].filter(Boolean).join(' · ')}
          />
        ) : (
          <ErrorNotice error={opened.error} />
        )}
      </Paper>
    </BareFrame>
  );
}

function Confirm({ ticket, event, place }: { ticket: string; event: string; place: string }) {
  const { t } = useTranslation('presence');
  const me = useMe();
  const confirm = useConfirm();
  if (confirm.data) {
    return (
      <Stack align="center" ta="center" role="status" data-testid="confirmed">
        <IconCircleCheck size={72} stroke={1.5} color="var(--mantine-color-teal-filled)" aria-hidden />
        <Title order={1}>{t(confirm.data.again ? 'confirm.again' : 'confirm.done')}</Title>
        <Text size="lg">{confirm.data.name}</Text>
        <Text>{event}</Text>
        <Text c="dimmed">{t('confirm.close')}</Text>
      </Stack>
    );
  }
  return (
    <Stack>
      <div>
        <Title order={1}>{event}</Title>
        <Text c="dimmed">{place}</Text>
      </div>
      {me.person ? (
        <>
          <Text size="lg">{myName(me)}</Text>
          <ErrorNotice error={confirm.error} />
          <Button size="xl" fullWidth loading={confirm.isPending} onClick={() => confirm.mutate({ token: ticket })}>
            {t('confirm.here')}
          </Button>
        </>
      ) : (
        <BySlip confirm={confirm} ticket={ticket} />
      )}
    </Stack>
  );
}

function BySlip({ confirm, ticket }: { confirm: ReturnType<typeof useConfirm>; ticket: string }) {
  const { t } = useTranslation('presence');
  const form = useForm({
    initialValues: { familyName: '', code: '' },
    validate: {
      familyName: (value) => (value.trim() ? null : t('confirm.familyNameNeeded')),
      code: (value) => (value.trim() ? null : t('confirm.codeNeeded')),
    },
  });
  const submit = form.onSubmit((values) => confirm.mutate({ token: ticket, ...values }));
  return (
    <>
      <TextLink to="/sign-in" search={{ next: `/q/${ticket}` }} replace>
        {t('confirm.signIn')}
      </TextLink>
      <Text c="dimmed">{t('confirm.or')}</Text>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput label={t('confirm.familyName')} autoComplete="family-name" {...form.getInputProps('familyName')} />
          <TextInput
            label={t('confirm.code')}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            {...form.getInputProps('code')}
          />
          <ErrorNotice error={confirm.error} />
          <Button type="submit" size="lg" fullWidth loading={confirm.isPending}>
            {t('confirm.here')}
          </Button>
        </Stack>
      </form>
    </>
  );
}
