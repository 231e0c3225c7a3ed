import { IconSend, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/shared/i18n';
import { formatTime } from '@/shared/lib/dates';
import { pieces, startsGroup } from '../../call/chat';
import { randomKey } from '../../call/key';
import { useSelected } from '../../call/store';
import type { Message } from '../../call/wire';
import { useCall, useMySeat } from '../../hooks/useCall';
import { useOlderMessages } from '../../hooks/useOlderMessages';
import classes from './Call.module.css';
import { Panel } from './Panel';

const BODY_AT_MOST = 2000;
/** Who comes this near to the beginning of what is on the page wants to read on. */
const NEAR_TOP_PX = 120;

/** What was written, in the server's order; late comers read it too. Enter sends. */
export function ChatPanel({ phone }: { phone: boolean }) {
  const { t } = useTranslation('room');
  return (
    <Panel title={t('chat.title')} phone={phone}>
      <Log />
      <Composer />
    </Panel>
  );
}

function Log() {
  const { t } = useTranslation('room');
  const { session, view, api } = useCall();
  const me = useMySeat();
  const chat = useSelected(session.live, (live) => live.chat);
  const log = useRef<HTMLDivElement>(null);
  const [below, setBelow] = useState(false);
  const atEnd = useRef(true);
  const last = chat.at(-1);
  const older = useOlderMessages(log);

  const toEnd = () => {
    const element = log.current;
    element?.scrollTo({ top: element.scrollHeight });
  };
  // New messages pull the page along only for those who stand at its end.
  useLayoutEffect(() => {
    if (atEnd.current || last?.seatId === me?.id) toEnd();
    else setBelow(true);
  }, [last, me?.id]);
  useEffect(() => {
    if (last) view.readUpTo(last.seq);
  }, [last, view]);

  return (
    <div className={classes.chatPlace}>
      <div
        ref={log}
        className={classes.chat}
        role="log"
        aria-label={t('chat.log')}
        aria-live={older.state === 'loading' ? 'off' : 'polite'}
        // A page that scrolls must be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
          atEnd.current = scrollHeight - scrollTop - clientHeight < 40;
          if (atEnd.current) setBelow(false);
          // What failed is asked for again by the button: a hand that rests on the wheel must not ask without end.
          if (scrollTop < NEAR_TOP_PX && older.state === 'more') older.load();
        }}
      >
        {chat.length === 0 && (
          <div className={classes.empty}>
            <strong>{t('chat.empty')}</strong>
            <p>{t('chat.emptyHint')}</p>
          </div>
        )}
        {older.state !== 'none' && (
          <button type="button" className={classes.older} aria-busy={older.state === 'loading'} onClick={older.load}>
            {t(older.state === 'loading' ? 'chat.olderLoading' : older.state === 'failed' ? 'chat.olderFailed' : 'chat.older')}
          </button>
        )}
        {chat.map((message, index) => (
          <Line
            key={message.id}
            message={message}
            first={startsGroup(chat[index - 1], message)}
            mine={message.seatId === me?.id}
            onDelete={me?.may.moderate || message.seatId === me?.id ? () => void session.attempt(() => api.unsay(message.id)) : null}
          />
        ))}
      </div>
      {below && (
        <button
          type="button"
          className={classes.newBelow}
          onClick={() => {
            setBelow(false);
            toEnd();
          }}
        >
          {t('chat.newMessages')}
        </button>
      )}
    </div>
  );
}

interface LineProps {
  message: Message;
  first: boolean;
  mine: boolean;
  onDelete: (() => void) | null;
}

function Line({ message, first, mine, onDelete }: LineProps) {
  const { t } = useTranslation('room');
  const { language } = useLanguage();
  return (
    <div className={classes.message} data-first={first || undefined}>
      {first && (
        <p className={classes.messageHead}>
          <strong>{mine ? t('chat.you') : message.name}</strong>
          <time dateTime={message.sentAt}>{formatTime(message.sentAt, language)}</time>
        </p>
      )}
      <p className={classes.messageBody}>
        {pieces(message.body).map((piece, index) =>
          'href' in piece ? (
            <a key={`${message.id}.${index}`} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
              {piece.text}
            </a>
          ) : (
            <span key={`${message.id}.${index}`}>{piece.text}</span>
          ),
        )}
      </p>
      {onDelete && (
        <button type="button" className={classes.messageDelete} aria-label={t('chat.delete')} onClick={onDelete}>
          <IconTrash size={16} aria-hidden />
        </button>
      )}
    </div>
  );
}

function Composer() {
  const { t } = useTranslation('room');
  const { session } = useCall();
  const me = useMySeat();
  const [text, setText] = useState('');
  const [sending, setSending] = useState(false);
  const [failed, setFailed] = useState(false);
  // One key per text: pressing again after a lost answer does not say it twice.
  const key = useRef<string | null>(null);
  const body = text.trim();

  const send = async () => {
    if (body === '' || sending) return;
    key.current ??= randomKey();
    setSending(true);
    const sent = await session.say(body, key.current);
    setSending(false);
    setFailed(!sent);
    if (sent) {
      key.current = null;
      setText('');
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends the composition of a character is not a wish to send.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };

  if (me?.may.chat === false) return <p className={classes.chatForbidden}>{t('chat.forbidden')}</p>;
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        data-first
        rows={Math.min(4, text.split('\n').length)}
        aria-label={t('chat.placeholder')}
        aria-describedby="chat-hint"
        placeholder={t('chat.placeholder')}
        maxLength={BODY_AT_MOST}
        value={text}
        enterKeyHint="send"
        onChange={(event) => {
          setText(event.currentTarget.value);
          key.current = null;
          setFailed(false);
        }}
        onKeyDown={onKeyDown}
      />
      <button type="submit" aria-label={t('chat.send')} disabled={body === '' || sending}>
        <IconSend aria-hidden />
      </button>
      <small id="chat-hint" role={failed ? 'alert' : undefined} data-failed={failed || undefined}>
        {t(failed ? 'chat.notSent' : 'chat.hint')}
      </small>
    </form>
  );
}
