import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, hasCode, type Event } from '@/shared/api';
import { Page, Paper, TextLink, toast } from '@/shared/ui';
import { eventQuery, useChangeEvent, type Scope } from '../api/events';
import { ConflictNotice } from '../components/ConflictNotice';
import { EventForm } from '../components/EventForm';
import { ScopeChoice } from '../components/ScopeChoice';
import { draftOf, valuesOf, type EventValues } from '../components/eventForm';

export function EditEventPage() {
  const { t } = useTranslation(['event', 'shared']);
  const { eventId } = useParams({ from: '/shell/signed/meetings/$eventId/edit' });
  const navigate = useNavigate();
  const { data: event } = useSuspenseQuery(eventQuery(eventId));
  const change = useChangeEvent(eventId);
  const [scope, setScope] = useState<Scope>('this');
  // What this edit began from. The query goes on being refreshed, and a newer state that nobody here has read must
  // not pass for one that was.
  const [base, setBase] = useState(event);
  const [values, setValues] = useState(() => valuesOf(event));
  const back = () => void navigate({ to: '/meetings/$eventId', params: { eventId } });

  const submit = (mine: EventValues, seen: Event = base) => {
    const body = draftOf(mine);
    if (!body) return;
    setValues(mine);
    change.mutate({ ...body, scope, updatedAt: seen.updatedAt }, {
      onSuccess: () => {
        toast(t('changed'));
        back();
      },
    });
  };
  /** The edit goes on from what the meeting is now. */
  const goOn = (from: Event, next: EventValues) => {
    setBase(from);
    setValues(next);
  };
  const theirs = newerState(change.error);

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
      {event.seriesId !== null && (
        <Paper p="lg" mb="lg">
          <ScopeChoice value={scope} onChange={setScope} />
        </Paper>
      )}
      {theirs ? (
        <ConflictNotice
          key={theirs.updatedAt}
          base={valuesOf(base)}
          mine={values}
          theirs={valuesOf(theirs)}
          onSettle={(settled) => {
            goOn(theirs, settled);
            submit(settled, theirs);
          }}
          onTakeTheirs={() => {
            goOn(theirs, valuesOf(theirs));
            change.reset();
          }}
          pending={change.isPending}
        />
      ) : (
        <EventForm
          key={base.updatedAt}
          eventId={eventId}
          initial={values}
          submitLabel={t('shared:actions.save')}
          onSubmit={(mine) => submit(mine)}
          onCancel={back}
          pending={change.isPending}
          error={change.error}
        />
      )}
    </Page>
  );
}

/** The meeting as somebody else left it, where their edit came first. */
function newerState(error: unknown): Event | null {
  if (!(error instanceof ApiError) || !hasCode(error, 'edit.stale')) return null;
  return (error.problem.current as Event | undefined) ?? null;
}
