import { IconChevronLeft, IconChevronRight, IconPrinter } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { Button, ButtonLink, Facts, Page, Paper, Section, Stack, Table, Text, TextLink } from '@/shared/ui';
import { monthQuery } from '../api/institutions';
import { monthAfter, monthName } from '../components/months';

/** «Моя школа за месяц»: one page to print. */
export function MonthPage() {
  const { t } = useTranslation(['institution', 'shared']);
  const { language } = useLanguage();
  const { institutionId } = useParams({ from: '/shell/signed/institutions/$institutionId/month' });
  const search = useSearch({ from: '/shell/signed/institutions/$institutionId/month' });
  const { data } = useSuspenseQuery(monthQuery(institutionId, search.month));
  const talks = data.people.reduce((sum, person) => sum + person.talks, 0);
  const go = (steps: number) => ({
    to: '/institutions/$institutionId/month' as const,
    params: { institutionId },
    search: { month: monthAfter(data.month, steps) },
  });
  return (
    <Page
      title={data.institution.shortName}
      subtitle={monthName(data.month, language)}
      back={
        <TextLink to="/institutions/$institutionId" params={{ institutionId }}>
          {data.institution.shortName}
        </TextLink>
      }
      actions={
        <>
          <ButtonLink {...go(-1)} variant="default" aria-label={t('month.previous')}>
            <IconChevronLeft size={18} aria-hidden />
          </ButtonLink>
          <ButtonLink {...go(1)} variant="default" aria-label={t('month.next')}>
            <IconChevronRight size={18} aria-hidden />
          </ButtonLink>
          <Button variant="default" leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => window.print()}>
            {t('shared:actions.print')}
          </Button>
        </>
      }
    >
      <Stack gap="lg">
        <Paper p="lg">
          <Facts
            facts={[
              [t('month.eventsCount'), data.events.length],
              [t('month.peopleCount'), data.people.length],
              [t('month.talksCount'), talks],
              [t('month.certificates'), data.certificates],
            ]}
          />
        </Paper>
        {data.events.length === 0 && <Text c="dimmed">{t('month.empty')}</Text>}
        {data.events.length > 0 && (
          <Section title={t('month.events')}>
            <Table.ScrollContainer minWidth={480}>
              <Table aria-label={t('month.events')}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('month.date')}</Table.Th>
                    <Table.Th>{t('month.event')}</Table.Th>
                    <Table.Th>{t('month.peopleCount')}</Table.Th>
                    <Table.Th>{t('month.speakers')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {data.events.map((event) => (
                    <Table.Tr key={event.id}>
                      <Table.Td>{formatDate(event.heldOn, language)}</Table.Td>
                      <Table.Td>
                        {event.title}
                        <Text size="sm" c="dimmed">
                          {t(`shared:eventKinds.${event.kind}`)}
                        </Text>
                      </Table.Td>
                      <Table.Td>{event.people}</Table.Td>
                      <Table.Td>{event.speakers.join(', ')}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          </Section>
        )}
        {data.people.length > 0 && (
          <Section title={t('month.people')}>
            <Table.ScrollContainer minWidth={480}>
              <Table aria-label={t('month.people')}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('month.name')}</Table.Th>
                    <Table.Th>{t('month.eventsCount')}</Table.Th>
                    <Table.Th>{t('month.minutes')}</Table.Th>
                    <Table.Th>{t('month.talksCount')}</Table.Th>
                    <Table.Th>{t('month.certificates')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {data.people.map((person) => (
                    <Table.Tr key={person.id}>
                      <Table.Td>{person.name}</Table.Td>
                      <Table.Td>{person.events}</Table.Td>
                      <Table.Td>{person.minutes}</Table.Td>
                      <Table.Td>{person.talks}</Table.Td>
                      <Table.Td>{person.certificates}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          </Section>
        )}
      </Stack>
    </Page>
  );
}
