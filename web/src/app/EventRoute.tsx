import { EventPage } from '@/features/event/routes/EventPage';
import { RegistrationPanel } from '@/features/registration/components/RegistrationPanel';

/** An event's page with the way to register for it: features that do not know each other. */
export function EventRoute() {
  return <EventPage registration={(event) => <RegistrationPanel event={event} />} />;
}
