import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonDue, SchoolOverview as Overview } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { ErrorNotice, Facts, Group, PageLoader, Paper, Section, SimpleGrid, Stack, Text, TextLink } from '@/shared/ui';
import { monthQuery, schoolQuery } from '../api/overview';

/** A school's page: its figures, whose documents run out, its kits, its month. */
export function SchoolOverview({ id, figures }: { id: string; figures: ReactNode }) {
  const { t } = useTranslation('overview');
  const school = useQuery(schoolQuery(id));
  if (school.isPending) return <PageLoader />;
  if (!school.data) return <ErrorNotice error={school.error} onRetry={() => void school.refetch()} />;
  const { expiring, without, kits, members } = school.data;
  return (
    <Stack>
      {figures}
      <Section title={t('people.title')}>
        {members === 0 ? (
          <Text c="dimmed">{t('people.nobody')}</Text>
        ) : expiring.length + without.length === 0 ? (
          <Text>{t('people.allWell')}</Text>
        ) : (
          <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
            <People title={t('people.expiring', { count: expiring.length })} people={expiring} />
            <People title={t('people.without', { count: without.length })} people={without} />
          </SimpleGrid>
        )}
      </Section>
      <Kits kits={kits} />
      <Month id={id} />
    </Stack>
  );
}

function People({ title, people }: { title: string; people: PersonDue[] }) {
  const { t } = useTranslation('overview');
  const { language } = useLanguage();
  const when = ({ validUntil, expiredOn, unverified }: PersonDue) => {
    if (validUntil !== null) return t('people.until', { date: formatDate(validUntil, language) });
    if (unverified > 0) return t('people.unverified', { count: unverified });
    return expiredOn === null ? t('people.never') : t('people.expired', { date: formatDate(expiredOn, language) });
  };
  if (people.length === 0) return null;
  return (
    <Paper p="md" component="section" aria-label={title}>
      <Text fw={600} mb="xs">
        {title}
      </Text>
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {people.map((one) => (
          <li key={one.id}>
            <Group justify="space-between" gap="xs">
              <div>
                <TextLink to="/people/$personId" params={{ personId: one.id }}>
                  {one.name}
                </TextLink>
                <Text size="sm" c="dimmed">
                  {one.position}
                </Text>
              </div>
              <Text size="sm">{when(one)}</Text>
            </Group>
          </li>
        ))}
      </Stack>
    </Paper>
  );
}

function Kits({ kits }: { kits: Overview['kits'] }) {
  const { t } = useTranslation('overview');
  const { language } = useLanguage();
  return (
    <Section title={t('kits.title')} actions={<TextLink to="/kits">{t('kits.all')}</TextLink>}>
      {kits.length === 0 ? (
        <Text c="dimmed">{t('kits.none')}</Text>
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
          {kits.map(({ id, name, status, testedOn, passed, testValidUntil }) => (
            <Paper key={id} p="md" component="section" aria-label={name}>
              <Text fw={600}>{name}</Text>
              <Text>{status === null ? t('kits.noStatus') : t(`kits.statuses.${status}`)}</Text>
              <Text size="sm" c="dimmed">
                {testedOn === null
                  ? t('kits.untested')
                  : t(passed ? 'kits.passed' : 'kits.failed', {
                      date: formatDate(testedOn, language),
                      until: testValidUntil === null ? '' : formatDate(testValidUntil, language),
                    })}
              </Text>
            </Paper>
          ))}
        </SimpleGrid>
      )}
    </Section>
  );
}

function Month({ id }: { id: string }) {
  const { t } = useTranslation('overview');
  const month = useQuery(monthQuery(id));
  return (
    <Section
      title={t('month.title')}
      actions={
        <TextLink to="/institutions/$institutionId/month" params={{ institutionId: id }}>
          {t('month.open')}
        </TextLink>
      }
    >
      <ErrorNotice error={month.error} onRetry={() => void month.refetch()} />
      {month.data &&
        (month.data.events.length === 0 ? (
          <Text c="dimmed">{t('month.none')}</Text>
        ) : (
          <Paper p="md">
            <Facts
              facts={[
                [t('month.events'), month.data.events.length],
                [t('month.people'), month.data.people.length],
                [t('month.talks'), month.data.people.reduce((sum, { talks }) => sum + talks, 0)],
              ]}
            />
          </Paper>
        ))}
    </Section>
  );
}
