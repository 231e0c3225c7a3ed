import { useQuery } from '@tanstack/react-query';
import { KitCode, kitTodayQuery } from '@/shared/kit';
import { useCall, useMySeat } from '../../hooks/useCall';
import classes from './Call.module.css';

/** On a room kit's screen: the code that the people before it confirm with their phones. */
export function RoomKitCode() {
  const me = useMySeat();
  return me?.isKit ? <Code /> : null;
}

function Code() {
  const { card } = useCall();
  const today = useQuery(kitTodayQuery);
  const event = today.data?.items.find(({ roomCode }) => roomCode === card.code);
  if (!event) return null;
  return (
    <div className={classes.kitCode}>
      <KitCode eventId={event.id} />
    </div>
  );
}
