import { IconMail } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Letter, LetterFate } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatMoment } from '@/shared/lib/dates';
import { Anchor, Badge, Button, DataTable, EmptyState, ErrorNotice, Modal, Select, Skeleton, Stack, Text, toast } from '@/shared/ui';
import { letterQuery, lettersQuery, perPage, useSendAgain } from '../api/letters';

const fates: LetterFate[] = ['queued', 'sent', 'retrying', 'refused', 'gave_up'];
const colors = { queued: 'gray', sent: 'teal', retrying: 'yellow', refused: 'red', gave_up: 'red' } as const;

/** Letters and what became of each; of one event or of all. */
export function Letters({ eventId }: { eventId: string | null }) {
  const { t } = useTranslation(['letter', 'shared']);
  const { language } = useLanguage();
  const [page, setPage] = useState(1);
  const [fate, setFate] = useState<LetterFate | null>(null);
  const [reading, setReading] = useState<string | null>(null);
  const letters = useQuery(lettersQuery(eventId, { page, fate }));
  const again = useSendAgain();
  return (
    <Stack>
      <Select
        label={t('filter')}
        placeholder={t('any')}
        maw={320}
        clearable
        clearButtonProps={{ 'aria-label': t('shared:table.clear') }}
        data={fates.map((one) => ({ value: one, label: t(`fates.${one}`) }))}
        value={fate}
        onChange={(chosen) => {
          setFate(fates.find((known) => known === chosen) ?? null);
          setPage(1);
        }}
      />
      <ErrorNotice error={letters.error ?? again.error} />
      <DataTable
        label={t('title')}
        rows={letters.data?.items}
        rowKey={(row) => row.id}
        total={letters.data?.total ?? 0}
        page={page}
        perPage={perPage}
        onPage={setPage}
        empty={<EmptyState icon={<IconMail size={40} stroke={1.5} />} title={t('empty')} text={t('emptyText')} />}
        columns={[
          {
            key: 'what',
            header: t('what'),
            render: (row) => (
              <>
                {letters.data?.readable ? (
                  <Anchor component="button" type="button" ta="start" onClick={() => setReading(row.id)}>
                    {row.subject}
                  </Anchor>
                ) : (
                  <Text>{row.subject}</Text>
                )}
                <Text size="sm" c="dimmed">
                  {row.name}
                  {row.address && ` · ${row.address}`}
                </Text>
              </>
            ),
          },
          { key: 'when', header: t('when'), secondary: true, render: (row) => formatMoment(row.settledAt ?? row.createdAt, language) },
          { key: 'fate', header: t('fate'), render: (row) => <Fate letter={row} /> },
          {
            key: 'again',
            header: t('action'),
            render: (row) =>
              row.fate !== 'queued' &&
              row.fate !== 'retrying' && (
                <Button
                  size="compact-sm"
                  variant={row.fate === 'sent' ? 'subtle' : 'light'}
                  aria-label={t('againTo', { name: row.name })}
                  onClick={() => again.mutate(row.id, { onSuccess: () => toast(t('queuedAgain')) })}
                >
                  {t('again')}
                </Button>
              ),
          },
        ]}
      />
      <Modal
        opened={reading !== null}
        onClose={() => setReading(null)}
        title={t('text')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('shared:actions.close') }}
      >
        {reading !== null && <LetterText id={reading} />}
      </Modal>
    </Stack>
  );
}

function Fate({ letter }: { letter: Letter }) {
  const { t } = useTranslation('letter');
  const { language } = useLanguage();
  return (
    <>
      <Badge color={colors[letter.fate]} variant="light" tt="none">
        {t(`fates.${letter.fate}`)}
      </Badge>
      {letter.nextTry && (
        <Text size="sm" c="dimmed">
          {t('nextTry', { time: formatMoment(letter.nextTry, language) })}
        </Text>
      )}
      {letter.answer && letter.fate !== 'sent' && (
        <Text size="sm" c="dimmed">
          {letter.answer}
        </Text>
      )}
    </>
  );
}

function LetterText({ id }: { id: string }) {
  const letter = useQuery(letterQuery(id));
  return (
    <Stack>
      {letter.isPending && <Skeleton height={200} />}
      <ErrorNotice error={letter.error} />
      {letter.data && (
        <>
          <Text fw={600}>{letter.data.subject}</Text>
          <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
            <Linked text={letter.data.plain} />
          </Text>
        </>
      )}
    </Stack>
  );
}

/** The text with its addresses as links, as a mail program shows it. */
function Linked({ text }: { text: string }) {
  return text.split(/(https?:\/\/\S+)/).map((part, place) =>
    place % 2 === 1 ? (
      <Anchor key={place} href={part}>
        {part}
      </Anchor>
    ) : (
      part
    ),
  );
}
