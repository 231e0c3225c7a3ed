import { IconTrash, IconUpload } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Deck, DeckList } from '@/shared/api';
import { PdfThumb, usePdf } from '@/shared/pdf';
import { ActionIcon, Button, ErrorNotice, FileButton } from '@/shared/ui';
import { leads, pageSeen } from '../../../call/slides';
import { useSelected, useStore } from '../../../call/store';
import type { Showing } from '../../../call/wire';
import { useCall, useMySeat } from '../../../hooks/useCall';
import { Panel } from '../Panel';
import classes from './Slides.module.css';

/** Slides of this meeting: what to say to the page, all pages small, and the decks to show. */
export function SlidesPanel({ phone }: { phone: boolean }) {
  const { t } = useTranslation('room');
  const { session, api, card } = useCall();
  const me = useMySeat();
  const showing = useSelected(session.live, (live) => live.showing);
  const changed = useSelected(session.live, (live) => live.decksChanged);
  const decks = useQuery({ queryKey: ['room', 'decks', card.id, changed], queryFn: api.decks, placeholderData: (before) => before });
  const lead = useSelected(session.live, leads);
  const deck = decks.data?.items.find((item) => item.id === showing?.deckId);
  const reads = lead || me?.may.moderate === true || deck?.mayChange === true;
  return (
    <Panel title={t('slides.title')} phone={phone}>
      <div className={classes.panel} data-scrolls>
        {showing && reads && <Notes showing={showing} />}
        {showing && <Pages key={showing.deckId} showing={showing} />}
        {decks.error && <ErrorNotice error={decks.error} />}
        {decks.data && <Decks list={decks.data} showing={showing} />}
      </div>
    </Panel>
  );
}

function Notes({ showing }: { showing: Showing }) {
  const { t } = useTranslation('room');
  const { api, slides } = useCall();
  const page = pageSeen(showing, useStore(slides.state));
  const notes = useQuery({ queryKey: ['room', 'notes', showing.deckId], queryFn: () => api.notes(showing.deckId) });
  const note = notes.data?.items.find((item) => item.page === page)?.body;
  return (
    <section className={classes.notes} aria-label={t('slides.notes')}>
      <h3>{t('slides.notes')}</h3>
      {/* Notes are plain text: nothing in them is markup. */}
      <p data-empty={note === undefined || undefined}>{note ?? t('slides.noNotes')}</p>
    </section>
  );
}

const THUMB = { width: 144, height: 81 };

function Pages({ showing }: { showing: Showing }) {
  const { t } = useTranslation('room');
  const { slides } = useCall();
  const { document } = usePdf(`/api/decks/${showing.deckId}/file`);
  const page = pageSeen(showing, useStore(slides.state));
  const current = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Newer browsers give back a promise, which is no way to clean up.
    current.current?.scrollIntoView({ block: 'nearest' });
  }, [page, document]);
  if (!document) return null;
  return (
    <section aria-label={t('slides.pages')}>
      <ol className={classes.pages}>
        {Array.from({ length: showing.pages }, (_, index) => index + 1).map((number) => (
          <li key={number}>
            <button
              type="button"
              ref={number === page ? current : null}
              aria-label={t('slides.pageNumber', { page: number })}
              aria-current={number === page ? 'page' : undefined}
              data-shown={number === showing.page || undefined}
              onClick={() => slides.goTo(number)}
            >
              <PdfThumb document={document} page={number} {...THUMB} />
              <span aria-hidden>{number}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Decks({ list, showing }: { list: DeckList; showing: Showing | null }) {
  const { t } = useTranslation('room');
  const { session, api, slides, card } = useCall();
  const queries = useQueryClient();
  const me = useMySeat();
  const mayShow = me?.may.moderate === true || (me?.may.share === true && (!showing || showing.seatId === me.id));
  const refresh = () => queries.invalidateQueries({ queryKey: ['room', 'decks', card.id] });
  const add = useMutation({ mutationFn: api.addDeck, onSuccess: refresh });
  const remove = useMutation({ mutationFn: api.removeDeck, onSuccess: refresh });
  const state = (deck: Deck) => {
    if (deck.state === 'converting') return t('slides.converting');
    if (deck.problem) return `${deck.problem.title}. ${deck.problem.detail}`;
    return t('slides.pageCount', { count: deck.pages });
  };
  return (
    <section className={classes.decks} aria-label={t('slides.decks')}>
      {list.total === 0 && <p className={classes.hint}>{t(list.mayAdd ? 'slides.empty' : 'slides.none')}</p>}
      <ul>
        {list.items.map((deck) => (
          <li key={deck.id}>
            <span className={classes.deckName}>
              <span>{deck.name}</span>
              <small role={deck.state === 'ready' ? undefined : 'status'}>
                {state(deck)} · {deck.addedBy}
              </small>
            </span>
            {deck.state === 'ready' && mayShow && deck.id !== showing?.deckId && (
              <Button size="xs" onClick={() => slides.show(deck.id)} aria-label={t('slides.showNamed', { name: deck.name })}>
                {t('slides.show')}
              </Button>
            )}
            {deck.mayChange && deck.id !== showing?.deckId && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('slides.remove', { name: deck.name })}
                onClick={() => void session.attempt(() => remove.mutateAsync(deck.id))}
              >
                <IconTrash size={18} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      <ErrorNotice error={add.error} />
      {list.mayAdd && (
        <>
          <FileButton accept={accepted(list.converts)} onChange={(file) => file && add.mutate(file)}>
            {(props) => (
              <Button {...props} variant="default" loading={add.isPending} leftSection={<IconUpload size={18} aria-hidden />}>
                {t('slides.upload')}
              </Button>
            )}
          </FileButton>
          <p className={classes.hint}>{t(list.converts ? 'slides.takesAll' : 'slides.takesPdf', { pages: list.mostPages })}</p>
        </>
      )}
    </section>
  );
}

/** What the browser's picker offers; the server looks for itself. */
function accepted(converts: boolean): string {
  return converts ? '.pdf,.pptx,.odp' : '.pdf';
}
