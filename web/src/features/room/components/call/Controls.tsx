import {
  IconCameraRotate,
  IconDots,
  IconHandStop,
  IconKeyboard,
  IconLayoutGrid,
  IconLayoutSidebarRight,
  IconListNumbers,
  IconLock,
  IconLockOpen,
  IconMaximize,
  IconMessage,
  IconMicrophone,
  IconMicrophoneOff,
  IconMinimize,
  IconMoodSmile,
  IconPhoneOff,
  IconPictureInPicture,
  IconPresentation,
  IconScreenShare,
  IconScreenShareOff,
  IconSettings,
  IconShieldLock,
  IconStairsDown,
  IconUserCheck,
  IconUsers,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Drawer, Menu, Popover, Tooltip, useMediaQuery } from '@/shared/ui';
import { unread } from '../../call/chat';
import { waitingSeats } from '../../call/live';
import { useSelected, useStore } from '../../call/store';
import { keepsRecord } from '../../call/webinar';
import { useAskedActions } from '../../hooks/useAskedActions';
import { useCall, useListening, useMySeat } from '../../hooks/useCall';
import type { PictureWindow } from '../../hooks/usePictureWindow';
import classes from './Call.module.css';
import { ReactionPicker } from './Reactions';

export type Dialog = 'check' | 'settings' | 'shortcuts' | 'rules' | 'end';

interface Props {
  phone: boolean;
  fullscreen: { supported: boolean; on: boolean; toggle: () => void };
  picture: PictureWindow;
  onDialog: (dialog: Dialog) => void;
}

/** One row at the bottom; what does not fit on a phone is behind «more», under the same thumb. */
export function Controls({ phone, fullscreen, picture, onDialog }: Props) {
  const { t } = useTranslation('room');
  const { session, view, card } = useCall();
  const me = useMySeat();
  const mine = useStore(session.switches.state);
  const handUp = useSelected(session.live, (live) => live.me !== null && live.hands.includes(live.me.id));
  const panel = useSelected(view.state, (state) => state.panel);
  const [reacting, setReacting] = useState(false);
  const may = me?.may;
  const listening = useListening();
  const canShare = 'getDisplayMedia' in (navigator.mediaDevices ?? {});
  // Where the row is too short for every panel, two of them are behind «more».
  const narrow = useMediaQuery('(max-width: 1000px)', undefined, { getInitialValueInEffect: false }) === true;

  const microphone = (
    <Control
      label={may?.unmute === false ? t('controls.forbidden.unmute') : t(mine.microphone ? 'controls.microphoneOff' : 'controls.microphoneOn')}
      shortcut="M"
      off={!mine.microphone}
      forbidden={may?.unmute === false && !mine.microphone}
      onClick={() => void session.setSwitch('microphone', !mine.microphone)}
    >
      {mine.microphone ? <IconMicrophone aria-hidden /> : <IconMicrophoneOff aria-hidden />}
    </Control>
  );
  const camera = (
    <Control
      label={may?.video === false ? t('controls.forbidden.video') : t(mine.camera ? 'controls.cameraOff' : 'controls.cameraOn')}
      shortcut="V"
      off={!mine.camera}
      forbidden={may?.video === false && !mine.camera}
      onClick={() => void session.setSwitch('camera', !mine.camera)}
    >
      {mine.camera ? <IconVideo aria-hidden /> : <IconVideoOff aria-hidden />}
    </Control>
  );
  const hand = (
    <Control
      label={t(handUp ? 'controls.handDown' : 'controls.handUp')}
      shortcut="H"
      active={handUp}
      className={listening ? classes.wide : undefined}
      onClick={() => void session.setHand(!handUp)}
    >
      <IconHandStop aria-hidden />
      {/* For who only listens it is the one thing to press: it says what it does. */}
      {listening && <span aria-hidden>{t(handUp ? 'controls.handDown' : 'controls.handUp')}</span>}
    </Control>
  );
  const share = canShare && (
    <Control
      label={may?.share === false ? t('controls.forbidden.share') : t(mine.screen_share ? 'controls.screenOff' : 'controls.screenOn')}
      shortcut="S"
      active={mine.screen_share}
      forbidden={may?.share === false && !mine.screen_share}
      onClick={() => void session.setSwitch('screen_share', !mine.screen_share)}
    >
      {mine.screen_share ? <IconScreenShareOff aria-hidden /> : <IconScreenShare aria-hidden />}
    </Control>
  );
  const more = <More phone={phone} narrow={phone || narrow} fullscreen={fullscreen} picture={picture} onDialog={onDialog} />;

  if (phone) {
    return (
      <section className={classes.controls} data-phone aria-label={t('controls.label')}>
        {!listening && microphone}
        {!listening && camera}
        {hand}
        <ChatButton open={panel === 'chat'} />
        {more}
        <Leave onEnd={() => onDialog('end')} />
      </section>
    );
  }
  return (
    <section className={classes.controls} aria-label={t('controls.label')}>
      <div className={classes.controlsSide}>
        <h1 className={classes.callTitle}>{card.title}</h1>
        <RoomLock />
      </div>
      <div className={classes.controlsMiddle}>
        {!listening && microphone}
        {!listening && camera}
        {!listening && share}
        {hand}
        <Popover opened={reacting} onChange={setReacting} position="top" trapFocus returnFocus>
          <Popover.Target>
            <button
              type="button"
              className={classes.control}
              data-active={reacting || undefined}
              aria-label={t('controls.react')}
              title={t('controls.react')}
              onClick={() => setReacting(!reacting)}
            >
              <IconMoodSmile aria-hidden />
            </button>
          </Popover.Target>
          <Popover.Dropdown p={6}>
            <ReactionPicker />
          </Popover.Dropdown>
        </Popover>
        {more}
        <Leave onEnd={() => onDialog('end')} />
      </div>
      <div className={classes.controlsSide} data-end>
        <OrderButton open={panel === 'order'} />
        <PeopleButton open={panel === 'people'} />
        {!narrow && <AskedButtons />}
        <ChatButton open={panel === 'chat'} />
      </div>
    </section>
  );
}

function RoomLock() {
  const { t } = useTranslation('room');
  const { session } = useCall();
  const locked = useSelected(session.live, (live) => live.room.locked);
  return locked ? (
    <span className={classes.lockMark}>
      <IconLock size={18} aria-hidden />
      {t('banner.locked')}
    </span>
  ) : null;
}

interface ControlProps {
  label: string;
  shortcut?: string;
  /** A device that is off: red, so that nobody speaks to themselves. */
  off?: boolean;
  active?: boolean;
  forbidden?: boolean;
  badge?: number;
  className?: string | undefined;
  onClick: () => void;
  children: ReactNode;
}

function Control({ label, shortcut, off = false, active = false, forbidden = false, badge = 0, className, onClick, children }: ControlProps) {
  return (
    <Tooltip label={shortcut ? `${label} (${shortcut})` : label} openDelay={400} position="top" events={{ hover: true, focus: true, touch: false }}>
      <button
        type="button"
        className={className ? `${classes.control} ${className}` : classes.control}
        data-off={off || undefined}
        data-active={active || undefined}
        data-forbidden={forbidden || undefined}
        aria-label={label}
        aria-keyshortcuts={shortcut}
        onClick={onClick}
      >
        {children}
        {/* Drawn by the style sheet: as text it would be visible and yet not in the button's name. */}
        {badge > 0 && <span className={classes.count} data-count={badge > 99 ? '99+' : badge} aria-hidden />}
      </button>
    </Tooltip>
  );
}

function ChatButton({ open }: { open: boolean }) {
  const { t } = useTranslation('room');
  const { session, view } = useCall();
  const live = useStore(session.live);
  const readSeq = useSelected(view.state, (state) => state.readSeq);
  const count = open || !live.me ? 0 : unread(live.chat, readSeq, live.me.id);
  return (
    <Control
      label={count > 0 ? t('controls.chatUnread', { count }) : t('controls.chat')}
      shortcut="C"
      active={open}
      badge={count}
      onClick={() => view.togglePanel('chat')}
    >
      <IconMessage aria-hidden />
    </Control>
  );
}

/** Whether there is a running order to look at, or one to make. */
function useHasOrder(): boolean {
  const { session } = useCall();
  return useSelected(session.live, ({ me, order }) => keepsRecord(me) || (order !== null && (order.items.length > 0 || order.now !== null)));
}

function OrderButton({ open }: { open: boolean }) {
  const { t } = useTranslation('room');
  const { view } = useCall();
  if (!useHasOrder()) return null;
  return (
    <Control label={t('order.title')} active={open} onClick={() => view.togglePanel('order')}>
      <IconListNumbers aria-hidden />
    </Control>
  );
}

function PeopleButton({ open }: { open: boolean }) {
  const { t } = useTranslation('room');
  const { session, view } = useCall();
  const count = useSelected(session.media, (media) => media.people.length);
  const waiting = useSelected(session.live, (live) => (live.me?.may.moderate ? waitingSeats(live).length : 0));
  const label = t('controls.peopleCount', { count });
  return (
    <Control
      label={waiting > 0 ? `${label}, ${t('controls.waitingCount', { count: waiting })}` : label}
      shortcut="P"
      active={open}
      badge={waiting}
      className={classes.wide}
      onClick={() => view.togglePanel('people')}
    >
      <IconUsers aria-hidden />
      <span aria-hidden>{count}</span>
    </Control>
  );
}

function AskedButtons() {
  return useAskedActions().map(({ key, Icon, label, count, open, run }) => (
    <Control key={key} label={label} active={open} badge={count} onClick={run}>
      <Icon aria-hidden />
    </Control>
  ));
}

/** Leaving is one press; ending for everybody is offered to those who may, and asks once more. */
function Leave({ onEnd }: { onEnd: () => void }) {
  const { t } = useTranslation('room');
  const { session } = useCall();
  const me = useMySeat();
  if (!me?.may.moderate) {
    return (
      <Control label={t('controls.leave')} className={classes.leave} onClick={() => void session.leave()}>
        <IconPhoneOff aria-hidden />
      </Control>
    );
  }
  return (
    <Menu position="top-end" width={240} withinPortal>
      <Menu.Target>
        <button type="button" className={`${classes.control} ${classes.leave}`} aria-label={t('controls.leave')}>
          <IconPhoneOff aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void session.leave()}>{t('controls.leaveOnly')}</Menu.Item>
        <Menu.Item className={classes.grave} onClick={onEnd}>
          {t('controls.endForAll')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface Action {
  key: string;
  label: string;
  icon: ReactNode;
  run: () => void;
}

type MoreProps = Props & { narrow: boolean };

/** Everything that is not needed every minute: a menu on a desktop, a sheet from the bottom on a phone. */
function More({ phone, narrow, fullscreen, picture, onDialog }: MoreProps) {
  const { t } = useTranslation('room');
  const [opened, setOpened] = useState(false);
  const groups = useActions({ phone, narrow, fullscreen, picture, onDialog });
  const waiting = useAskedActions().reduce((sum, { count }) => sum + count, 0);
  const button = (
    <button type="button" className={classes.control} aria-label={t('controls.more')} aria-haspopup="menu" aria-expanded={opened} onClick={() => setOpened(!opened)}>
      <IconDots aria-hidden />
      {narrow && waiting > 0 && <span className={classes.count} data-count={waiting > 99 ? '99+' : waiting} aria-hidden />}
    </button>
  );
  if (!phone) {
    return (
      <Menu opened={opened} onChange={setOpened} position="top" width={280} withinPortal>
        <Menu.Target>{button}</Menu.Target>
        <Menu.Dropdown>
          {groups.map((group, index) => (
            <div key={group[0]?.key ?? index}>
              {index > 0 && <Menu.Divider />}
              {group.map((action) => (
                <Menu.Item key={action.key} leftSection={action.icon} onClick={action.run}>
                  {action.label}
                </Menu.Item>
              ))}
            </div>
          ))}
        </Menu.Dropdown>
      </Menu>
    );
  }
  const close = () => setOpened(false);
  return (
    <>
      {button}
      <Drawer
        opened={opened}
        onClose={close}
        position="bottom"
        size="auto"
        title={t('controls.more')}
        closeButtonProps={{ 'aria-label': t('panel.close') }}
        classNames={{ content: classes.sheet ?? '' }}
      >
        <ReactionPicker onPicked={close} />
        <ul className={classes.sheetList}>
          {groups.flat().map((action) => (
            <li key={action.key}>
              <button
                type="button"
                onClick={() => {
                  close();
                  action.run();
                }}
              >
                {action.icon}
                {action.label}
              </button>
            </li>
          ))}
        </ul>
      </Drawer>
    </>
  );
}

function useActions({ phone, narrow, fullscreen, picture, onDialog }: MoreProps): Action[][] {
  const { t } = useTranslation('room');
  const { session, view, api } = useCall();
  const me = useMySeat();
  const mine = useStore(session.switches.state);
  const layout = useSelected(view.state, (state) => state.layout);
  const locked = useSelected(session.live, (live) => live.room.locked);
  const hands = useSelected(session.live, (live) => live.hands.length);
  const showing = useSelected(session.live, (live) => live.showing !== null);
  const people = useSelected(session.media, (media) => media.people.length);
  const listening = useListening();
  const webinar = useSelected(session.live, (live) => live.room.mode === 'webinar');
  const hasOrder = useHasOrder();
  const canShare = !listening && 'getDisplayMedia' in (navigator.mediaDevices ?? {});
  const icon = { size: 20, 'aria-hidden': true } as const;

  const asked = useAskedActions();
  const sight: Action[] = narrow ? asked.map(({ key, Icon, label, run }) => ({ key, label, icon: <Icon {...icon} />, run })) : [];
  if (phone) {
    sight.push({ key: 'people', label: t('controls.peopleCount', { count: people }), icon: <IconUsers {...icon} />, run: () => view.togglePanel('people') });
    if (hasOrder) sight.push({ key: 'order', label: t('order.title'), icon: <IconListNumbers {...icon} />, run: () => view.togglePanel('order') });
    if (canShare) {
      sight.push({
        key: 'share',
        label: t(mine.screen_share ? 'controls.screenOff' : 'controls.screenOn'),
        icon: <IconScreenShare {...icon} />,
        run: () => void session.setSwitch('screen_share', !mine.screen_share),
      });
    }
    if (mine.camera) sight.push({ key: 'flip', label: t('controls.flip'), icon: <IconCameraRotate {...icon} />, run: () => void session.flipCamera() });
  }
  sight.push(
    layout === 'grid'
      ? { key: 'speaker', label: t('controls.speaker'), icon: <IconLayoutSidebarRight {...icon} />, run: () => view.setLayout('speaker') }
      : { key: 'grid', label: t('controls.grid'), icon: <IconLayoutGrid {...icon} />, run: () => view.setLayout('grid') },
  );
  if (fullscreen.supported) {
    sight.push({
      key: 'full',
      label: t(fullscreen.on ? 'controls.fullscreenOff' : 'controls.fullscreen'),
      icon: fullscreen.on ? <IconMinimize {...icon} /> : <IconMaximize {...icon} />,
      run: fullscreen.toggle,
    });
  }
  if (picture.supported) {
    sight.push({ key: 'picture', label: t(picture.on ? 'controls.pictureOff' : 'controls.picture'), icon: <IconPictureInPicture {...icon} />, run: picture.toggle });
  }
  if (me?.may.share || showing) {
    sight.push({ key: 'slides', label: t('slides.title'), icon: <IconPresentation {...icon} />, run: () => view.togglePanel('slides') });
  }
  const own: Action[] = [];
  if (webinar && me?.role === 'participant' && me.stage === 'on') {
    own.push({ key: 'stage', label: t('webinar.leave'), icon: <IconStairsDown {...icon} />, run: () => void session.setOnStage(false) });
  }
  own.push({ key: 'settings', label: t('controls.settings'), icon: <IconSettings {...icon} />, run: () => onDialog('settings') });
  if (!phone) own.push({ key: 'shortcuts', label: t('controls.shortcuts'), icon: <IconKeyboard {...icon} />, run: () => onDialog('shortcuts') });

  const lead: Action[] = [];
  if (me?.may.moderate) {
    lead.push(
      { key: 'mute', label: t('controls.muteAll'), icon: <IconMicrophoneOff {...icon} />, run: () => void session.attempt(() => api.muteAll()) },
      {
        key: 'lock',
        label: t(locked ? 'controls.unlock' : 'controls.lock'),
        icon: locked ? <IconLockOpen {...icon} /> : <IconLock {...icon} />,
        run: () => void session.attempt(() => api.change({ locked: !locked })),
      },
      { key: 'check', label: t('controls.check'), icon: <IconUserCheck {...icon} />, run: () => onDialog('check') },
      { key: 'rules', label: t('controls.rules'), icon: <IconShieldLock {...icon} />, run: () => onDialog('rules') },
    );
    if (hands > 0) {
      lead.push({ key: 'hands', label: t('controls.lowerHands'), icon: <IconHandStop {...icon} />, run: () => void session.attempt(() => api.lowerAllHands()) });
    }
  }
  return [sight, own, lead].filter((group) => group.length > 0);
}
