import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page, TextLink, toast } from '@/shared/ui';
import { eventQuery, useChangeEvent } from '../api/events';
import { EventForm } from '../components/EventForm';
import { draftOf, valuesOf, type EventValues } from '../components/eventForm';

export function EditEventPage() {
  const { t } = useTranslation(['event', 'shared']);
  const { eventId } = useParams({ from: '/shell/signed/meetings/$eventId/edit' });
  const navigate = useNavigate();
  const { data: event } = useSuspenseQuery(eventQuery(eventId));
  const change = useChangeEvent(eventId);
  const back = () => void navigate({ to: '/meetings/$eventId', params: { eventId } });

  const submit = (values: EventValues) => {
    const body = draftOf(values);
    if (!body) return;
    change.mutate({ ...body, updatedAt: event.updatedAt }, {
      onSuccess: () => {
        toast(t('changed'));
        back();
      },
    });
  };

  return (
    <Page
      title={t('edit')}
      narrow
      back={
        <TextLink to="/meetings/$eventId" params={{ eventId }}>
          {event.title}
        </TextLink>
      }
    >
      <EventForm
        initial={valuesOf(event)}
        submitLabel={t('shared:actions.save')}
        onSubmit={submit}
        onCancel={back}
        pending={change.isPending}
        error={change.error}
      />
    </Page>
  );
}
