import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page, TextLink } from '@/shared/ui';
import { titleQuery } from '../api/letters';
import { Letters } from '../components/Letters';

/** The letters of one event, for its organiser. */
export function EventLettersPage() {
  const { t } = useTranslation('letter');
  const { eventId } = useParams({ from: '/shell/signed/meetings/$eventId/letters' });
  const { data: event } = useSuspenseQuery(titleQuery(eventId));
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
      <Letters eventId={eventId} />
    </Page>
  );
}
