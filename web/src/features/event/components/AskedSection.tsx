import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, client, type Event, type PollOutcome, type Question } from '@/shared/api';
import { PollChart, useOptionWords } from '@/shared/poll';
import { Button, Group, Paper, Section, Stack, Text } from '@/shared/ui';

/** Shown at once; the others by a button, since a webinar may leave hundreds. */
const QUESTIONS_FIRST = 10;

/** What was voted on, polled and asked at a meeting that began; nothing where nobody did. */
export function AskedSection({ event }: { event: Event }) {
  const { t } = useTranslation('event');
  const path = { params: { path: { id: event.id } } };
  const polls = useQuery({
    queryKey: ['event', event.id, 'polls'],
    queryFn: () => answer(client.GET('/api/events/{id}/polls', path)),
  });
  const questions = useQuery({
    queryKey: ['event', event.id, 'questions'],
    queryFn: () => answer(client.GET('/api/events/{id}/questions', path)),
  });
  const [all, setAll] = useState(false);
  const asked = questions.data?.items ?? [];
  return (
    <>
      {(polls.data?.items.length ?? 0) > 0 && (
        <Section title={t('asked.polls')}>
          <Stack>
            {polls.data?.items.map((outcome) => <Outcome key={outcome.poll.id} outcome={outcome} />)}
          </Stack>
        </Section>
      )}
      {asked.length > 0 && (
        <Section title={t('asked.questions')}>
          <Paper p="lg">
            <Stack>
              {(all ? asked : asked.slice(0, QUESTIONS_FIRST)).map((question) => (
                <Asked key={question.id} question={question} />
              ))}
              {!all && asked.length > QUESTIONS_FIRST && (
                <Group>
                  <Button variant="default" onClick={() => setAll(true)}>
                    {t('asked.all', { count: asked.length })}
                  </Button>
                </Group>
              )}
            </Stack>
          </Paper>
        </Section>
      )}
    </>
  );
}

function Outcome({ outcome: { poll, names } }: { outcome: PollOutcome }) {
  const { t } = useTranslation('event');
  const words = useOptionWords();
  const { voted, electors, carried, quorumMet } = poll.result;
  return (
    <Paper p="lg" data-testid="poll-outcome">
      <Stack gap="sm">
        <div>
          <Text size="sm" c="dimmed">
            {t(`asked.kind.${poll.kind}`)}
          </Text>
          <Text fw={600}>{poll.text}</Text>
        </div>
        <PollChart poll={poll} />
        <Text size="sm" c="dimmed">
          {electors === null ? t('asked.turnout', { count: voted }) : t('asked.electors', { voted, electors })}
          {quorumMet === false && ` ${t('asked.noQuorum')}`}
        </Text>
        {carried !== null && <Text fw={600}>{t(carried ? 'asked.carried' : 'asked.notCarried')}</Text>}
        {names.length > 0 && (
          <details>
            <summary>{t('asked.names')}</summary>
            <ul>
              {names.map(({ name, choices }, index) => (
                <li key={`${name}.${index}`}>
                  {name}: {choices.map((place) => words(poll, place)).join(', ')}
                </li>
              ))}
            </ul>
          </details>
        )}
      </Stack>
    </Paper>
  );
}

function Asked({ question }: { question: Question }) {
  const { t } = useTranslation('event');
  const facts = [
    question.name ?? t('asked.nameless'),
    t('asked.votes', { count: question.votes }),
    question.state === 'live' ? t('asked.live') : '',
  ];
  return (
    <div>
      <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{question.text}</Text>
      <Text size="sm" c="dimmed">
        {facts.filter(Boolean).join(' · ')}
      </Text>
      {question.answer && (
        <Text mt={4} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          <Text span c="dimmed">
            {t('asked.answerOf', { name: question.answeredBy ?? '' })}:{' '}
          </Text>
          {question.answer}
        </Text>
      )}
    </div>
  );
}
