import { IconPresentation, IconTrash, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Deck, Event } from '@/shared/api';
import { ActionIcon, Button, ErrorNotice, FileButton, Group, Paper, Section, Stack, Text, TextLink } from '@/shared/ui';
import { decksQuery, useAddDeck, useRemoveDeck } from '../api/decks';

/** Slides brought beforehand: in the call they are a press away. */
export function DecksSection({ event }: { event: Event }) {
  const { t } = useTranslation(['event', 'shared']);
  const decks = useQuery(decksQuery(event.id));
  const add = useAddDeck(event.id);
  const remove = useRemoveDeck();
  const list = decks.data;
  if (!list || (list.total === 0 && !list.mayAdd)) return null;
  const state = (deck: Deck) => {
    if (deck.state === 'converting') return t('decks.converting');
    if (deck.problem) return `${deck.problem.title}. ${deck.problem.detail}`;
    return t('decks.pages', { count: deck.pages });
  };
  return (
    <Section
      title={t('decks.title')}
      actions={
        list.mayAdd && (
          <FileButton accept={list.converts ? '.pdf,.pptx,.odp' : '.pdf'} onChange={(file) => file && add.mutate(file)}>
            {(props) => (
              <Button {...props} variant="default" size="sm" loading={add.isPending} leftSection={<IconUpload size={18} aria-hidden />}>
                {t('decks.add')}
              </Button>
            )}
          </FileButton>
        )
      }
    >
      <Stack>
        <ErrorNotice error={add.error ?? remove.error} />
        <Paper p="lg">
          <Stack gap="sm">
            {list.total === 0 && <Text c="dimmed">{t('decks.empty')}</Text>}
            {list.items.map((deck) => (
              <Group key={deck.id} justify="space-between" gap="sm" wrap="nowrap">
                <Group gap="sm" wrap="nowrap" miw={0}>
                  <IconPresentation size={22} aria-hidden />
                  <div>
                    {deck.state === 'ready' ? (
                      <TextLink to="/meetings/$eventId/slides/$deckId" params={{ eventId: event.id, deckId: deck.id }}>
                        {deck.name}
                      </TextLink>
                    ) : (
                      <Text>{deck.name}</Text>
                    )}
                    <Text size="sm" c="dimmed" role={deck.state === 'ready' ? undefined : 'status'}>
                      {state(deck)} · {deck.addedBy}
                    </Text>
                  </div>
                </Group>
                {deck.mayChange && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('decks.remove', { name: deck.name })}
                    onClick={() => remove.mutate(deck.id)}
                  >
                    <IconTrash size={18} aria-hidden />
                  </ActionIcon>
                )}
              </Group>
            ))}
            {list.mayAdd && (
              <Text size="sm" c="dimmed">
                {t(list.converts ? 'decks.takesAll' : 'decks.takesPdf', { pages: list.mostPages })}
              </Text>
            )}
          </Stack>
        </Paper>
      </Stack>
    </Section>
  );
}
