import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, meQuery, useMe } from '@/shared/api';
import { BareFrame } from '@/shared/frame';
import { ErrorNotice, PageLoader, useTitle } from '@/shared/ui';
import { liveUrl, roomApi, roomCardQuery, sameOriginMedia, takeSeat } from '../api/room';
import { entryOf, type Obstacle, obstacleOf } from '../call/entry';
import { openFeed } from '../call/live-feed';
import { createMemory } from '../call/memory';
import { CallSession } from '../call/session';
import { useSelected } from '../call/store';
import type { RoomCard } from '../call/wire';
import { ClosedDoor } from '../components/ClosedDoor';
import { ListenerDoor } from '../components/ListenerDoor';
import { Lobby } from '../components/Lobby';
import { Over } from '../components/Over';
import { PreJoin, type JoinWish } from '../components/PreJoin';
import { StartsSoon } from '../components/StartsSoon';

/**
 * `/r/<code>`: everything between a link and the room. The call itself and the media library come in chunks of
 * their own, fetched while the person looks at their picture.
 */
const loadCallScreen = () => import('../components/call/CallScreen');
const loadLiveKit = () => import('../call/media-livekit');
const CallScreen = lazy(() => loadCallScreen().then((part) => ({ default: part.CallScreen })));

/** What the call needs is fetched ahead: at once after a reload, else when the page before the call has settled. */
const AHEAD_AFTER_MS = 2500;

export function RoomPage() {
  const { code } = useParams({ strict: false });
  return code ? <Visit key={code} code={code} /> : null;
}

function Visit({ code }: { code: string }) {
  const { t } = useTranslation('room');
  const me = useMe();
  const signedIn = me.person !== null;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const memory = useMemo(() => createMemory(code), [code]);
  const [session, setSession] = useState<CallSession | null>(null);
  const [obstacle, setObstacle] = useState<Obstacle | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [returning, setReturning] = useState(() => memory.visit()?.inCall === true);
  const card = useQuery({ ...roomCardQuery(code), refetchInterval: session ? false : 15_000 });
  useTitle(card.data?.title ?? t('title'));
  useNetworkReturn(session);
  useFetchAhead(returning ? 0 : AHEAD_AFTER_MS);

  const begin = useCallback(
    async (wish: JoinWish, room: RoomCard) => {
      setFailure(null);
      try {
        const seat = await takeSeat(room.id, wish.guest);
        if (wish.guest) await queries.invalidateQueries({ queryKey: meQuery.queryKey });
        const tracks = wish.hand();
        setSession(
          new CallSession({
            seat,
            held: { mode: room.mode, phase: room.phase },
            liveUrl: liveUrl(room.id),
            sameOrigin: sameOriginMedia(),
            api: roomApi(room.id),
            media: loadMedia,
            openFeed,
            memory,
            devices: wish.devices,
            handed: tracks,
            start: wish.start,
          }),
        );
      } catch (error) {
        const why = error instanceof ApiError ? obstacleOf(error.code, error.status) : null;
        // The notice changed while the page was open: the guest reads the new one.
        if (error instanceof ApiError && error.status === 409) void queries.invalidateQueries({ queryKey: ['consent-text'] });
        memory.keepVisit({ inCall: false });
        if (error instanceof ApiError && error.code === 'consent.due') {
          // Withdrawn meanwhile, or its text is new: a guest finds it on this page, others on a page that leads back.
          await queries.invalidateQueries({ queryKey: meQuery.queryKey });
          if (signedIn) return void navigate({ to: '/consent', search: { next: `/r/${room.code}` } });
        }
        if (why) setObstacle(why);
        else setFailure(error);
      } finally {
        setReturning(false);
      }
    },
    [memory, queries, navigate, signedIn],
  );

  const entry = card.data ? entryOf(card.data, me, card.dataUpdatedAt) : null;
  // A room kit comes in by the one touch on its screen: nobody there answers questions.
  const goingBack = (returning || (me.kit !== null && !session && !failure && !obstacle)) && entry?.kind === 'open' && !entry.asGuest;

  // A reload in the middle of a call goes straight back to the same seat.
  const wentBack = useRef(false);
  useEffect(() => {
    const visit = memory.visit() ?? (me.kit ? { microphone: true, camera: true } : null);
    if (!goingBack || !card.data || !visit || wentBack.current) return;
    wentBack.current = true;
    const habits = memory.habits();
    void begin(
      {
        start: { microphone: visit.microphone, camera: visit.camera },
        devices: { microphone: habits.microphoneId, camera: habits.cameraId, speaker: habits.speakerId },
        hand: () => ({}),
      },
      card.data,
    );
  }, [goingBack, card.data, memory, begin, me.kit]);

  useEffect(() => () => session?.dispose(), [session]);

  const startOver = () => {
    setSession(null);
    setObstacle(null);
    void card.refetch();
  };

  if (session && card.data) return <Stay session={session} card={card.data} onBack={startOver} isKit={me.kit !== null} />;
  if (goingBack || (returning && !entry && !card.error)) return <PageLoader />;
  if (card.error instanceof ApiError && card.error.status === 404) {
    return (
      <BareFrame>
        <ClosedDoor why="unknown" />
      </BareFrame>
    );
  }
  if (!card.data || !entry) {
    return card.error ? (
      <BareFrame>
        <ErrorNotice error={card.error} onRetry={() => void card.refetch()} />
      </BareFrame>
    ) : (
      <PageLoader />
    );
  }

  const why = obstacle ?? (entry.kind === 'closed' ? entry.why : null);
  if (me.kit && (why === 'ended' || why === 'cancelled')) return <Navigate to="/kit" replace />;
  if (why) {
    return (
      <BareFrame>
        <ClosedDoor why={why} card={card.data} signedIn={me.person !== null} onAgain={startOver} />
      </BareFrame>
    );
  }
  return (
    <BareFrame>
      {card.data.listens ? (
        <ListenerDoor card={card.data} me={me} asGuest={entry.kind === 'open' && entry.asGuest} memory={memory} failure={failure} onJoin={(wish) => begin(wish, card.data)} />
      ) : (
        <PreJoin
          card={card.data}
          me={me}
          asGuest={entry.kind === 'open' && entry.asGuest}
          early={entry.kind === 'open' && entry.early}
          memory={memory}
          failure={failure}
          onJoin={(wish) => begin(wish, card.data)}
        />
      )}
    </BareFrame>
  );
}

/** From the seat to the goodbye. */
interface StayProps {
  session: CallSession;
  card: RoomCard;
  onBack: () => void;
  isKit: boolean;
}

function Stay({ session, card, onBack, isKit }: StayProps) {
  const phase = useSelected(session.state, (state) => state.phase);
  switch (phase) {
    case 'lobby':
      return (
        <BareFrame>
          <Lobby session={session} card={card} />
        </BareFrame>
      );
    case 'backstage':
      return (
        <BareFrame>
          <StartsSoon session={session} card={card} />
        </BareFrame>
      );
    case 'call':
      return (
        <Suspense fallback={<PageLoader />}>
          <CallScreen session={session} card={card} />
        </Suspense>
      );
    default:
      // The room's screen goes back to its list of today.
      if (isKit && phase !== 'elsewhere') return <Navigate to="/kit" replace />;
      return (
        <BareFrame>
          <Over why={phase} card={card} onBack={phase === 'elsewhere' ? () => session.takeOver() : onBack} />
        </BareFrame>
      );
  }
}

async function loadMedia(...[events, devices, handed]: Parameters<ConstructorParameters<typeof CallSession>[0]['media']>) {
  const { createLiveKitMedia } = await loadLiveKit();
  return createLiveKitMedia(events, devices, handed);
}

function useFetchAhead(afterMs: number): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      // A chunk that does not come now is asked for again when it is needed.
      loadCallScreen().catch(() => undefined);
      loadLiveKit().catch(() => undefined);
    }, afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
}

/** The browser's own news of the network, and a page taken back from its cache. */
function useNetworkReturn(session: CallSession | null): void {
  useEffect(() => {
    if (!session) return undefined;
    const back = () => session.networkReturned();
    const shown = (event: PageTransitionEvent) => {
      if (event.persisted) back();
    };
    window.addEventListener('online', back);
    window.addEventListener('pageshow', shown);
    return () => {
      window.removeEventListener('online', back);
      window.removeEventListener('pageshow', shown);
    };
  }, [session]);
}

