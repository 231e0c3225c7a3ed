import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, hasCode, useMe, type RegistrationAnswers, type RegistrationCard } from '@/shared/api';
import { BareFrame } from '@/shared/frame';
import { Alert, Anchor, Button, Checkbox, ErrorNotice, Group, Modal, Paper, ScrollArea, Skeleton, Stack, Text, TextInput, useDisclosure, useTitle } from '@/shared/ui';
import { consentTextQuery, registrationQuery, useRegister } from '../api/registrations';
import { AnswerFields } from '../components/AnswerFields';
import { EventFacts } from '../components/EventFacts';
import { Seats } from '../components/Seats';

/** Where the link to a public event leads: guests register here, people with an account on its page. */
export function PublicRegistrationPage() {
  const { t } = useTranslation('registration');
  const { eventId } = useParams({ from: '/bare/e/$eventId' });
  const me = useMe();
  const card = useQuery({ ...registrationQuery(eventId), enabled: me.person === null });
  useTitle(card.data?.title ?? t('title'));
  if (me.person) return <Navigate to="/meetings/$eventId" params={{ eventId }} replace />;
  const closed = hasCode(card.error, 'sign_in.needed') || hasCode(card.error, 'not_found');
  return (
    <BareFrame>
      <Paper p="lg" w="100%" maw={640}>
        <Stack>
          {card.isPending && <Skeleton height={240} />}
          {closed ? (
            <Alert role="alert" color="yellow" variant="light" title={t('notPublic')}>
              <Anchor href={`/sign-in?next=${encodeURIComponent(`/meetings/${eventId}`)}`}>{t('signIn')}</Anchor>
            </Alert>
          ) : (
            <ErrorNotice error={card.error} onRetry={() => void card.refetch()} />
          )}
          {card.data && <EventFacts card={card.data} />}
          {card.data && <Seats card={card.data} />}
          {card.data?.open && <GuestForm card={card.data} />}
        </Stack>
      </Paper>
    </BareFrame>
  );
}

function GuestForm({ card }: { card: RegistrationCard }) {
  const { t } = useTranslation(['registration', 'shared']);
  const register = useRegister(card.eventId);
  const consent = useQuery(consentTextQuery);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [agreed, setAgreed] = useState(false);
  const [answers, setAnswers] = useState<RegistrationAnswers>({});
  const [reading, notice] = useDisclosure(false);
  const refused = register.error instanceof ApiError ? register.error.fields : {};
  if (register.isSuccess) {
    return (
      <Alert role="status" color="teal" variant="light" title={t('guest.sent')}>
        <Text size="sm">{t('guest.sentText', { email })}</Text>
      </Alert>
    );
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        register.mutate({ name, email, answers, consentVersion: agreed ? (consent.data?.version ?? null) : null });
      }}
    >
      <Stack>
        <TextInput
          label={t('guest.name')}
          required
          maxLength={80}
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={refused['name']}
        />
        <TextInput
          label={t('guest.email')}
          description={t('guest.emailHint')}
          type="email"
          required
          maxLength={254}
          autoComplete="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={refused['email']}
        />
        <AnswerFields questions={card.form?.questions ?? []} value={answers} onChange={setAnswers} refused={refused} />
        <Checkbox
          label={t('guest.consent')}
          checked={agreed}
          onChange={(event) => setAgreed(event.currentTarget.checked)}
          error={refused['consentVersion'] && t('guest.consentMissing')}
        />
        <Text size="sm">
          <Anchor component="button" type="button" onClick={notice.open}>
            {t('guest.consentRead')}
          </Anchor>
          {' · '}
          <Anchor href={`/sign-in?next=${encodeURIComponent(`/meetings/${card.eventId}`)}`}>{t('guest.haveAccount')}</Anchor>
        </Text>
        <ErrorNotice error={register.error ?? consent.error} />
        <Group>
          <Button type="submit" loading={register.isPending}>
            {t('register')}
          </Button>
        </Group>
      </Stack>
      <Modal
        opened={reading}
        onClose={notice.close}
        title={consent.data?.title}
        size="lg"
        closeButtonProps={{ 'aria-label': t('shared:actions.close') }}
        scrollAreaComponent={ScrollArea.Autosize}
      >
        <Text style={{ whiteSpace: 'pre-line' }}>{consent.data?.body}</Text>
      </Modal>
    </form>
  );
}
