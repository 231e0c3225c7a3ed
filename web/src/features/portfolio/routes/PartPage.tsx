import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMe, type PartEvent } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDay, formatSpan } from '@/shared/lib/dates';
import { Badge, ButtonLink, Group, Page, Paper, Section, Stack, Text, TextLink } from '@/shared/ui';
import { partQuery } from '../api/portfolio';
import { CertificateList } from '../components/CertificateList';
import { PortfolioButton } from '../components/PortfolioButton';
import { TalkList } from '../components/TalkList';

/** «Моё участие»: what is ahead, what was, what there is to show for it. */
export function PartPage() {
  const { t } = useTranslation('portfolio');
  const { data: part } = useSuspenseQuery(partQuery);
  const me = useMe();
  return (
    <Page
      title={t('title')}
      actions={
        me.person && (
          <>
            <PortfolioButton personId={me.person.id} />
            <ButtonLink to="/people/$personId" params={{ personId: me.person.id }} variant="default">
              {t('documents')}
            </ButtonLink>
          </>
        )
      }
    >
      <Stack gap="xl">
        <Section title={t('upcoming')}>
          {part.upcoming.length === 0 ? <Text c="dimmed">{t('noUpcoming')}</Text> : <Events events={part.upcoming} />}
        </Section>
        <Section title={t('talks')}>
          {part.talks.length === 0 ? <Text c="dimmed">{t('noTalks')}</Text> : <TalkList talks={part.talks} />}
        </Section>
        <Section title={t('certificates')}>
          {part.certificates.length === 0 ? (
            <Text c="dimmed">{t('noCertificates')}</Text>
          ) : (
            <CertificateList certificates={part.certificates} />
          )}
        </Section>
        <Section title={t('past')}>
          {part.past.length === 0 ? <Text c="dimmed">{t('noPast')}</Text> : <Events events={part.past} />}
        </Section>
      </Stack>
    </Page>
  );
}

function Events({ events }: { events: PartEvent[] }) {
  const { t } = useTranslation(['portfolio', 'shared']);
  const { language } = useLanguage();
  return (
    <Stack gap="sm">
      {events.map((event) => (
        <Paper key={event.id} p="md" component="article" aria-label={event.title}>
          <Group gap="xs">
            <TextLink to="/meetings/$eventId" params={{ eventId: event.id }}>
              {event.title}
            </TextLink>
            {event.roles.map((role) => (
              <Badge key={role} variant="light" tt="none" color="gray">
                {t(`shared:eventRoles.${role}`)}
              </Badge>
            ))}
          </Group>
          <Text size="sm" c="dimmed">
            {`${formatDay(event.startsAt, language)}, ${formatSpan(event.startsAt, event.endsAt, language)} · ${t(`shared:eventKinds.${event.kind}`)}`}
          </Text>
        </Paper>
      ))}
    </Stack>
  );
}
