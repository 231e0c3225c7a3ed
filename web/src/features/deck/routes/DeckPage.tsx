import { IconChevronLeft, IconChevronRight, IconDownload } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Deck } from '@/shared/api';
import { PdfPage, usePdf } from '@/shared/pdf';
import { ActionIcon, Alert, Button, ErrorNotice, Group, NotFoundPage, Page, Paper, Stack, Text, TextLink } from '@/shared/ui';
import { deckFile, decksQuery, notesQuery } from '../api/decks';
import { NoteField } from '../components/NoteField';

/** One deck, page by page, with the notes that its presenter will read. */
export function DeckPage() {
  const { t } = useTranslation('deck');
  const { eventId, deckId } = useParams({ from: '/shell/signed/meetings/$eventId/slides/$deckId' });
  const { data: decks } = useSuspenseQuery(decksQuery(eventId));
  const deck = decks.items.find((item) => item.id === deckId);
  if (!deck || deck.state !== 'ready') return <NotFoundPage />;
  return (
    <Page
      title={deck.name}
      back={
        <TextLink to="/meetings/$eventId" params={{ eventId }}>
          {t('back')}
        </TextLink>
      }
      subtitle={t('by', { name: deck.addedBy })}
      actions={
        <Button component="a" href={deckFile(deckId)} target="_blank" rel="noopener" variant="default" leftSection={<IconDownload size={18} aria-hidden />}>
          {t('open')}
        </Button>
      }
    >
      <Leaf deck={deck} />
    </Page>
  );
}

function Leaf({ deck }: { deck: Deck }) {
  const { t } = useTranslation('deck');
  const [page, setPage] = useState(1);
  const { document, failed, again } = usePdf(deckFile(deck.id));
  const notes = useQuery({ ...notesQuery(deck.id), enabled: deck.mayChange });
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => setWidth(place.current?.clientWidth ?? 0), []);
  const label = t('page', { page, pages: deck.pages });
  return (
    <Stack gap="md">
      <Paper p="md">
        <div ref={place}>
          {document && width > 0 && (
            <PdfPage document={document} page={page} width={width} height={Math.min(width * 0.7, 560)} label={label} ahead />
          )}
          {!document && !failed && <Text c="dimmed">{t('opening')}</Text>}
          {failed && (
            <Alert role="alert" color="red" variant="light" title={t('failed')}>
              <Button variant="default" onClick={again}>
                {t('again')}
              </Button>
            </Alert>
          )}
        </div>
        <Group justify="center" mt="md">
          <ActionIcon variant="default" size="lg" aria-label={t('previous')} disabled={page <= 1} onClick={() => setPage(page - 1)}>
            <IconChevronLeft size={20} aria-hidden />
          </ActionIcon>
          <Text role="status">{label}</Text>
          <ActionIcon variant="default" size="lg" aria-label={t('next')} disabled={page >= deck.pages} onClick={() => setPage(page + 1)}>
            <IconChevronRight size={20} aria-hidden />
          </ActionIcon>
        </Group>
      </Paper>
      <ErrorNotice error={notes.error} />
      {notes.data && (
        <Paper p="lg">
          <NoteField key={page} deckId={deck.id} page={page} body={notes.data.items.find((note) => note.page === page)?.body ?? ''} />
        </Paper>
      )}
    </Stack>
  );
}
