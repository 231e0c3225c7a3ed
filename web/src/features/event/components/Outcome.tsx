import { IconCertificate, IconFileText } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, client, type Event } from '@/shared/api';
import { ButtonLink, Group, Section } from '@/shared/ui';

/** What comes of a meeting that was held: minutes for those who may read them, certificates for those who give them out. */
export function Outcome({ event }: { event: Event }) {
  const { t } = useTranslation('event');
  // Others find out whether there are signed minutes by asking.
  const signed = useQuery({
    queryKey: ['minutes', event.id],
    queryFn: () => answer(client.GET('/api/events/{id}/minutes', { params: { path: { id: event.id } } })),
    enabled: !event.mayPrepare,
    retry: false,
  });
  const readable = event.mayPrepare || signed.data !== undefined;
  if (!readable && !event.mayChange) return null;
  return (
    <Section title={t('outcome')}>
      <Group>
        {readable && (
          <ButtonLink
            to="/meetings/$eventId/minutes"
            params={{ eventId: event.id }}
            variant="default"
            leftSection={<IconFileText size={18} aria-hidden />}
          >
            {t('minutes')}
          </ButtonLink>
        )}
        {event.mayChange && (
          <ButtonLink
            to="/meetings/$eventId/certificates"
            params={{ eventId: event.id }}
            variant="default"
            leftSection={<IconCertificate size={18} aria-hidden />}
          >
            {t('certificates')}
          </ButtonLink>
        )}
      </Group>
    </Section>
  );
}
