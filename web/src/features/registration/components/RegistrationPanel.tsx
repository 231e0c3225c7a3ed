import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type Event, type RegistrationAnswers } from '@/shared/api';
import { isOver } from '@/shared/event';
import { Button, ButtonLink, ConfirmButton, CopyField, ErrorNotice, Group, Paper, Section, Stack, Text, toast } from '@/shared/ui';
import { registrationQuery, useMyAnswer, useRegister, useWithdraw } from '../api/registrations';
import { AnswerFields } from './AnswerFields';
import { Seats } from './Seats';
import { StateNotice } from './StateNotice';

/** On an event's page: registering, or answering an invitation where nobody registers. */
export function RegistrationPanel({ event }: { event: Event }) {
  const { t } = useTranslation('registration');
  if (event.registration === null) return <Answer event={event} />;
  return (
    <Section
      title={t('title')}
      actions={
        event.mayChange && (
          <ButtonLink to="/meetings/$eventId/registrations" params={{ eventId: event.id }} variant="default" size="sm">
            {t('list.open')}
          </ButtonLink>
        )
      }
    >
      <Registration event={event} />
    </Section>
  );
}

function Registration({ event }: { event: Event }) {
  const { t } = useTranslation(['registration', 'shared']);
  const card = useQuery(registrationQuery(event.id));
  const register = useRegister(event.id);
  const withdraw = useWithdraw(event.id);
  const [answers, setAnswers] = useState<RegistrationAnswers>({});
  const [filling, setFilling] = useState(false);
  const form = card.data?.form;
  if (!card.data || !form) return <ErrorNotice error={card.error} onRetry={() => void card.refetch()} />;
  const { mine, open } = card.data;
  const stands = mine !== null && mine.state !== 'withdrawn';
  const questions = form.questions ?? [];
  const submit = () => register.mutate({ answers }, { onSuccess: () => setFilling(false) });
  const full = form.seats !== null && card.data.taken >= form.seats;
  return (
    <Paper p="lg">
      <Stack>
        {mine && <StateNotice mine={mine} />}
        <Seats card={card.data} />
        {filling && (
          <AnswerFields
            questions={questions}
            value={answers}
            onChange={setAnswers}
            refused={register.error instanceof ApiError ? register.error.fields : {}}
          />
        )}
        <ErrorNotice error={register.error ?? withdraw.error} />
        {!stands && open && (
          <Group>
            <Button
              loading={register.isPending}
              onClick={() => (questions.length > 0 && !filling ? setFilling(true) : submit())}
            >
              {full ? t('toWaitingList') : form.approval ? t('apply') : t('register')}
            </Button>
          </Group>
        )}
        {stands && mine.state !== 'declined' && !isOver(event) && (
          <Group>
            <ConfirmButton
              title={t('withdraw.question')}
              text={t('withdraw.text')}
              confirm={t('withdraw.do')}
              onConfirm={() => withdraw.mutateAsync(undefined).then(() => toast(t('withdraw.done')))}
              pending={withdraw.isPending}
              error={withdraw.error}
            >
              {t('withdraw.do')}
            </ConfirmButton>
          </Group>
        )}
        {event.mayChange && event.audience === 'public' && (
          <CopyField label={t('publicLink')} value={new URL(`/e/${event.id}`, window.location.origin).href} />
        )}
      </Stack>
    </Paper>
  );
}

/** «Приду» and «Не приду», for those invited. */
function Answer({ event }: { event: Event }) {
  const { t } = useTranslation('registration');
  const say = useMyAnswer(event.id);
  const invitation = event.myInvitation;
  if (!invitation || isOver(event)) return null;
  return (
    <Paper p="lg">
      <Group justify="space-between" gap="sm">
        <Text fw={600}>{invitation.answer ? t(`answered.${invitation.answer}`) : t('invited')}</Text>
        <Group gap="xs">
          {(['coming', 'declined'] as const).map((answer) => (
            <Button
              key={answer}
              variant={answer === 'coming' ? 'light' : 'default'}
              disabled={invitation.answer === answer}
              loading={say.isPending && say.variables === answer}
              onClick={() => say.mutate(answer)}
            >
              {t(`answers.${answer}`)}
            </Button>
          ))}
        </Group>
      </Group>
      <ErrorNotice error={say.error} />
    </Paper>
  );
}
