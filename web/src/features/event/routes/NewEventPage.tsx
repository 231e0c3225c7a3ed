import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '@/shared/lib/useDraft';
import { DraftNotice, Page, TextLink, toast } from '@/shared/ui';
import { usePlanEvent } from '../api/events';
import { EventForm } from '../components/EventForm';
import { blankEvent, draftOf, type EventValues } from '../components/eventForm';

export function NewEventPage() {
  const { t } = useTranslation('event');
  const navigate = useNavigate();
  const router = useRouter();
  const { associationId = '' } = useSearch({ from: '/shell/signed/meetings/new' });
  const [blank] = useState(() => ({ ...blankEvent(new Date()), associationId }));
  // A meeting for an association begins apart from what was left half-typed elsewhere.
  const draft = useDraft(associationId ? `event-${associationId}` : 'event', blank);
  const [initial, setInitial] = useState<{ values: EventValues; restored: boolean }>({
    values: draft.initial,
    restored: draft.restored,
  });
  const plan = usePlanEvent();

  const submit = (values: EventValues) => {
    const body = draftOf(values);
    if (!body) return;
    plan.mutate(body, {
      onSuccess: (event) => {
        draft.forget();
        toast(t('planned'));
        void navigate({ to: '/meetings/$eventId', params: { eventId: event.id } });
      },
    });
  };

  return (
    <Page title={t('new')} narrow back={<TextLink to="/meetings">{t('title')}</TextLink>}>
      {initial.restored && (
        <DraftNotice
          onDiscard={() => {
            draft.forget();
            setInitial({ values: blank, restored: false });
          }}
        />
      )}
      <EventForm
        key={String(initial.restored)}
        initial={initial.values}
        submitLabel={t('plan')}
        onChange={draft.keep}
        onSubmit={submit}
        onCancel={() => router.history.back()}
        pending={plan.isPending}
        error={plan.error}
      />
    </Page>
  );
}
