import { IconFileTypeDocx, IconFileTypePdf, IconPencil } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, Button, Group, Page, Stack, TextLink } from '@/shared/ui';
import { minutesQuery, titleQuery } from '../api/minutes';
import { MinutesForm } from '../components/MinutesForm';
import { SignedMinutes } from '../components/SignedMinutes';

/** Minutes of a meeting: written, signed, corrected by a new version, taken along as a file. */
export function MinutesPage() {
  const { t } = useTranslation('minutes');
  const { eventId } = useParams({ from: '/shell/signed/meetings/$eventId/minutes' });
  const { data: event } = useSuspenseQuery(titleQuery(eventId));
  const { data: minutes } = useSuspenseQuery(minutesQuery(eventId));
  const [correcting, setCorrecting] = useState(false);
  const signed = minutes.state === 'signed';

  return (
    <Page
      title={t('title')}
      back={
        <TextLink to="/meetings/$eventId" params={{ eventId }}>
          {t('back')}
        </TextLink>
      }
      subtitle={
        <Group gap="xs">
          {event.title}
          <Badge variant="light" tt="none" color={signed ? 'teal' : 'gray'}>
            {t(`states.${minutes.state}`)}
          </Badge>
          {minutes.version > 1 && (
            <Badge variant="light" tt="none" color="gray">
              {t('version', { version: minutes.version })}
            </Badge>
          )}
        </Group>
      }
      actions={
        minutes.version > 0 && (
          <Group gap="sm">
            <Button
              component="a"
              href={`/api/events/${eventId}/minutes/file.pdf`}
              target="_blank"
              variant="default"
              leftSection={<IconFileTypePdf size={18} aria-hidden />}
            >
              PDF
            </Button>
            <Button
              component="a"
              href={`/api/events/${eventId}/minutes/file.docx`}
              download
              variant="default"
              leftSection={<IconFileTypeDocx size={18} aria-hidden />}
            >
              DOCX
            </Button>
          </Group>
        )
      }
    >
      <Stack gap="lg">
        {minutes.mayEdit && (!signed || correcting) ? (
          <MinutesForm eventId={eventId} minutes={minutes} onSigned={() => setCorrecting(false)} />
        ) : (
          <>
            <SignedMinutes minutes={minutes} />
            {minutes.mayEdit && (
              <Group>
                <Button variant="default" leftSection={<IconPencil size={18} aria-hidden />} onClick={() => setCorrecting(true)}>
                  {t('correct')}
                </Button>
              </Group>
            )}
          </>
        )}
      </Stack>
    </Page>
  );
}
