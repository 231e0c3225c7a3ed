import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isOver } from '@/shared/event';
import { Badge, DataTable, ErrorNotice, Page, Section, Stack, Text, TextLink } from '@/shared/ui';
import { inviteesQuery, titleQuery } from '../api/invitees';
import { InviteMore } from '../components/InviteMore';

const PER_PAGE = 50;

/** Who is invited, what brought them, what they answered; and inviting more. */
export function InviteesPage() {
  const { t } = useTranslation(['invitee', 'shared']);
  const { eventId } = useParams({ from: '/shell/signed/meetings/$eventId/invitees' });
  const { data: event } = useSuspenseQuery(titleQuery(eventId));
  const list = useQuery(inviteesQuery(eventId));
  const [page, setPage] = useState(1);
  const items = list.data?.items;
  const groupName = (id: string | null) => list.data?.groups.find((group) => group.id === id)?.name ?? t('byName');
  return (
    <Page
      title={t('title')}
      subtitle={event.title}
      back={
        <TextLink to="/meetings/$eventId" params={{ eventId }}>
          {t('back')}
        </TextLink>
      }
    >
      <Stack gap="lg">
        {!isOver(event) && (
          <Section title={t('more')}>
            <InviteMore eventId={eventId} />
          </Section>
        )}
        <Section title={t('list')}>
          <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
          {list.data?.groups.map((group) => (
            <Text key={group.id} mb="xs">
              {t(`shared:groups.of.${group.group.kind}`)}: {group.name} · {t('people', { count: group.people })}
            </Text>
          ))}
          <DataTable
            label={t('list')}
            rows={items?.slice((page - 1) * PER_PAGE, page * PER_PAGE)}
            rowKey={(row) => row.person.id}
            total={items?.length ?? 0}
            page={page}
            perPage={PER_PAGE}
            onPage={setPage}
            empty={<Text c="dimmed">{t('empty')}</Text>}
            columns={[
              { key: 'name', header: t('name'), render: (row) => row.person.name },
              { key: 'by', header: t('how'), secondary: true, render: (row) => groupName(row.groupId) },
              {
                key: 'answer',
                header: t('answer'),
                render: (row) =>
                  row.answer && (
                    <Badge color={row.answer === 'coming' ? 'teal' : 'gray'} variant="light" tt="none">
                      {t(`answers.${row.answer}`)}
                    </Badge>
                  ),
              },
            ]}
          />
        </Section>
      </Stack>
    </Page>
  );
}
