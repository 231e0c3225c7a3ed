import { useTranslation } from 'react-i18next';
import type { ReadingUnread } from '@/shared/api';
import { Alert, Paper, Stack, Text } from '@/shared/ui';
import type { Gap } from './paper';

export type Unread = ReadingUnread;

/** Fields that a form cannot leave empty and the paper does not say. */
export function GapList({ gaps }: { gaps: Gap[] }) {
  const { t } = useTranslation('project');
  return (
    <Alert variant="light" color="yellow" title={t('reading.gaps')}>
      <ul>
        {gaps.map(({ row, field }) => (
          <li key={`${row} ${field}`}>{[row, t(`fields.${field}`)].filter(Boolean).join(': ')}</li>
        ))}
      </ul>
    </Alert>
  );
}

/** Pieces of the paper that were not understood, in its own words, with the place and the reason. */
export function UnreadList({ unread }: { unread: Unread[] }) {
  const { t } = useTranslation('project');
  return (
    <Stack gap="sm">
      {unread.map(({ place, original, why }) => (
        <Paper key={`${JSON.stringify(place)} ${original}`} p="md" component="article">
          <Text size="sm" c="dimmed">
            {place.kind === 'cell'
              ? t('reading.cell', { table: place.table, row: place.row, column: place.column })
              : t('reading.paragraph', { number: place.number })}
          </Text>
          <Text component="blockquote" m={0} my={4} style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
            {original}
          </Text>
          <Text size="sm">{t(`reading.why.${why}`)}</Text>
        </Paper>
      ))}
    </Stack>
  );
}
