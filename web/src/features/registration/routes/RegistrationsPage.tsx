import { IconDownload, IconUserCheck } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormQuestion, Registration } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatMoment } from '@/shared/lib/dates';
import { Badge, Button, DataTable, EmptyState, ErrorNotice, Group, Page, Stack, Text, TextLink } from '@/shared/ui';
import { registrationsQuery, titleQuery, useDecide } from '../api/registrations';
import { answerWords } from '../components/answerWords';

const PER_PAGE = 50;
const colors = { to_decide: 'blue', confirmed: 'teal', waiting: 'yellow', declined: 'red', withdrawn: 'gray' } as const;

/** Who registered, what they answered, and the organiser's decisions. */
export function RegistrationsPage() {
  const { t } = useTranslation(['registration', 'shared']);
  const { language } = useLanguage();
  const { eventId } = useParams({ from: '/shell/signed/meetings/$eventId/registrations' });
  const { data: event } = useSuspenseQuery(titleQuery(eventId));
  const list = useQuery(registrationsQuery(eventId));
  const decide = useDecide();
  const [page, setPage] = useState(1);
  const questions = list.data?.form?.questions ?? [];
  const items = list.data?.items;
  const count = (state: Registration['state']) => items?.filter((one) => one.state === state).length ?? 0;
  return (
    <Page
      title={t('list.title')}
      subtitle={event.title}
      back={
        <TextLink to="/meetings/$eventId" params={{ eventId }}>
          {t('list.back')}
        </TextLink>
      }
      actions={
        <Button
          component="a"
          href={`/api/events/${eventId}/registrations.xlsx`}
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
        >
          {t('list.save')}
        </Button>
      }
    >
      <Stack>
        <Text aria-live="polite">
          {t('list.counts', { confirmed: count('confirmed'), waiting: count('waiting'), toDecide: count('to_decide') })}
        </Text>
        <ErrorNotice error={list.error ?? decide.error} />
        <DataTable
          label={t('list.title')}
          rows={items?.slice((page - 1) * PER_PAGE, page * PER_PAGE)}
          rowKey={(row) => row.id}
          total={items?.length ?? 0}
          page={page}
          perPage={PER_PAGE}
          onPage={setPage}
          empty={<EmptyState icon={<IconUserCheck size={40} stroke={1.5} />} title={t('list.empty')} text={t('list.emptyText')} />}
          columns={[
            {
              key: 'name',
              header: t('list.name'),
              render: (row) => (
                <>
                  <Text>{row.name}</Text>
                  <Text size="sm" c="dimmed">
                    {row.institution || row.email}
                  </Text>
                  <Answers questions={questions} row={row} />
                </>
              ),
            },
            {
              key: 'state',
              header: t('list.state'),
              render: (row) => (
                <Badge color={colors[row.state]} variant="light" tt="none">
                  {t(`list.states.${row.state}`)}
                </Badge>
              ),
            },
            { key: 'when', header: t('list.when'), secondary: true, render: (row) => formatMoment(row.createdAt, language) },
            {
              key: 'decide',
              header: t('list.decision'),
              render: (row) => (
                <Group gap="xs">
                  {(row.state === 'to_decide' || row.state === 'declined') && (
                    <Button
                      size="compact-sm"
                      variant="light"
                      aria-label={t('list.acceptName', { name: row.name })}
                      onClick={() => decide.mutate({ id: row.id, verdict: 'accept' })}
                    >
                      {t('list.accept')}
                    </Button>
                  )}
                  {row.state !== 'declined' && row.state !== 'withdrawn' && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="red"
                      aria-label={t('list.declineName', { name: row.name })}
                      onClick={() => decide.mutate({ id: row.id, verdict: 'decline' })}
                    >
                      {t('list.decline')}
                    </Button>
                  )}
                </Group>
              ),
            },
          ]}
        />
      </Stack>
    </Page>
  );
}

function Answers({ questions, row }: { questions: FormQuestion[]; row: Registration }) {
  const { t } = useTranslation('registration');
  const said = questions
    .map((question) => ({ question, words: answerWords(row.answers[question.id], t('yes'), t('no')) }))
    .filter(({ words }) => words !== '');
  return said.map(({ question, words }) => (
    <Text key={question.id} size="sm">
      {question.text}: {words}
    </Text>
  ));
}
