import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useMediaQuery } from '@/shared/ui';
import { roomApi } from '../../api/room';
import { createMemory } from '../../call/memory';
import type { CallSession } from '../../call/session';
import type { Command } from '../../call/shortcuts';
import { Slides } from '../../call/slides';
import { useSelected } from '../../call/store';
import { CallView } from '../../call/view';
import { stageMedia } from '../../call/webinar';
import type { RoomCard } from '../../call/wire';
import { type Call, CallContext } from '../../hooks/useCall';
import { useCallPage } from '../../hooks/useCallPage';
import { useFullscreen } from '../../hooks/useFullscreen';
import { usePictureWindow } from '../../hooks/usePictureWindow';
import { useShortcuts } from '../../hooks/useShortcuts';
import { useWakeLock } from '../../hooks/useWakeLock';
import { StageInvitation } from '../StageInvitation';
import { Announcer } from './Announcer';
import { Banners } from './Banners';
import classes from './Call.module.css';
import { ChatPanel } from './ChatPanel';
import { Controls, type Dialog } from './Controls';
import { CourseLine } from './CourseLine';
import { EndDialog } from './EndDialog';
import { LobbyNotice } from './LobbyNotice';
import { Notices } from './Notices';
import { PeoplePanel } from './PeoplePanel';
import { PictureContent } from './PictureContent';
import { PollNotice } from './PollNotice';
import { PresenceCheck, StartCheckDialog } from './PresenceCheck';
import { Reactions } from './Reactions';
import { RoomKitCode } from './RoomKitCode';
import { RulesDialog } from './RulesDialog';
import { SettingsDialog } from './SettingsDialog';
import { ShortcutsDialog } from './ShortcutsDialog';
import { Stage } from './Stage';

/** Not every call shows or asks: what does is loaded when it is first opened. */
const SlidesPanel = lazy(() => import('./slides/SlidesPanel').then((module) => ({ default: module.SlidesPanel })));
const OrderPanel = lazy(() => import('./OrderPanel').then((part) => ({ default: part.OrderPanel })));
const QuestionsPanel = lazy(() => import('./QuestionsPanel').then((part) => ({ default: part.QuestionsPanel })));
const PollsPanel = lazy(() => import('./PollsPanel').then((part) => ({ default: part.PollsPanel })));

/** The call: stage, panel, one row of controls, and what floats above them. */
export function CallScreen({ session, card }: { session: CallSession; card: RoomCard }) {
  const phone = useMediaQuery('(max-width: 640px), (max-height: 480px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const call = useCallParts(session, card, phone);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const stage = useRef<HTMLDivElement>(null);
  const fullscreen = useFullscreen();
  const picture = usePictureWindow(
    useCallback(() => stage.current?.querySelector<HTMLVideoElement>('[data-role="main"] video, video') ?? null, []),
  );
  useCallPage();
  useWakeLock();
  useKeys(call, { setDialog, fullscreen: fullscreen.toggle, picture: picture.toggle });
  const panel = useSelected(call.view.state, (view) => view.panel);
  const close = () => setDialog(null);

  return (
    <CallContext value={call}>
      <div className={classes.call} data-panel={panel ?? undefined} data-testid="call">
        <main className={classes.main} ref={stage}>
          <Banners />
          <CourseLine />
          <Stage phone={phone} />
          <Reactions />
          <RoomKitCode />
          <div className={classes.floating}>
            <LobbyNotice />
            <PresenceCheck />
            <PollNotice />
            <Notices />
          </div>
        </main>
        {panel === 'chat' && <ChatPanel phone={phone} />}
        {panel === 'people' && <PeoplePanel phone={phone} />}
        <Suspense fallback={null}>
          {panel === 'slides' && <SlidesPanel phone={phone} />}
          {panel === 'order' && <OrderPanel phone={phone} />}
          {panel === 'questions' && <QuestionsPanel phone={phone} />}
          {panel === 'polls' && <PollsPanel phone={phone} />}
        </Suspense>
        <Controls phone={phone} fullscreen={fullscreen} picture={picture} onDialog={setDialog} />
      </div>
      <Announcer />
      <StageInvitation session={session} />
      {picture.window && <PictureContent target={picture.window} />}
      <SettingsDialog opened={dialog === 'settings'} onClose={close} />
      <ShortcutsDialog opened={dialog === 'shortcuts'} onClose={close} />
      <RulesDialog opened={dialog === 'rules'} onClose={close} />
      <StartCheckDialog opened={dialog === 'check'} onClose={close} />
      <EndDialog opened={dialog === 'end'} onClose={close} />
    </CallContext>
  );
}

function useCallParts(session: CallSession, card: RoomCard, phone: boolean): Call {
  const [layout] = useState(phone ? ('speaker' as const) : ('grid' as const));
  const call = useMemo<Call>(() => {
    const stage = stageMedia(session.media, session.live);
    const api = roomApi(card.id);
    return {
      session,
      card,
      api,
      slides: new Slides(session, api),
      stage,
      view: new CallView(stage, createMemory(card.code), { layout }),
    };
  }, [session, card, layout]);
  useEffect(() => {
    call.view.start();
    call.slides.start();
    return () => {
      call.view.dispose();
      call.slides.dispose();
    };
  }, [call]);
  return call;
}

interface Deeds {
  setDialog: (dialog: Dialog) => void;
  fullscreen: () => void;
  picture: () => void;
}

function useKeys({ session, view }: Call, deeds: Deeds): void {
  // Push-to-talk switches off only what it switched on.
  const talked = useRef(false);
  useShortcuts((command: Command, held: boolean) => {
    const mine = session.switches.state.get();
    const { me, hands } = session.live.get();
    switch (command) {
      case 'microphone':
        return void session.setSwitch('microphone', !mine.microphone);
      case 'talk':
        if (held && !mine.microphone) {
          talked.current = true;
          return void session.setSwitch('microphone', true);
        }
        if (!held && talked.current) {
          talked.current = false;
          return void session.setSwitch('microphone', false);
        }
        return undefined;
      case 'camera':
        return void session.setSwitch('camera', !mine.camera);
      case 'screen':
        return void session.setSwitch('screen_share', !mine.screen_share);
      case 'hand':
        return void session.setHand(!(me && hands.includes(me.id)));
      case 'chat':
        return view.togglePanel('chat');
      case 'people':
        return view.togglePanel('people');
      case 'layout':
        return view.setLayout(view.state.get().layout === 'grid' ? 'speaker' : 'grid');
      case 'fullscreen':
        return deeds.fullscreen();
      case 'picture':
        return deeds.picture();
      case 'settings':
        return deeds.setDialog('settings');
      case 'nextPage':
        return view.turnPage(1);
      case 'previousPage':
        return view.turnPage(-1);
      case 'help':
        return deeds.setDialog('shortcuts');
    }
  });
}
