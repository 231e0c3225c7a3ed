import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Position } from '@/shared/api';
import { useLanguage, type Language } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { Button, Group, Page, Paper, Section, Stack, Text } from '@/shared/ui';
import { positionsQuery } from '../api/positions';
import { groups, PositionDialog } from '../components/PositionDialog';

/** The dictionary of positions, group by group. */
export function PositionsPage() {
  const { t } = useTranslation('position');
  const { data } = useSuspenseQuery(positionsQuery);
  const [open, setOpen] = useState<Position | 'new' | null>(null);
  return (
    <Page title={t('title')} subtitle={t('subtitle')} narrow actions={<Button onClick={() => setOpen('new')}>{t('add')}</Button>}>
      {groups.map((group) => (
        <Section key={group} title={t(`groups.${group}`)}>
          <Paper p="md">
            <Stack gap="xs">
              {data.items
                .filter((one) => one.group === group)
                .map((one) => (
                  <Line key={one.code} position={one} onEdit={() => setOpen(one)} />
                ))}
            </Stack>
          </Paper>
        </Section>
      ))}
      {open !== null && <PositionDialog position={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function Line({ position, onEdit }: { position: Position; onEdit: () => void }) {
  const { t } = useTranslation(['position', 'shared']);
  const { language } = useLanguage();
  const day = (date: string) => formatDate(date, language as Language);
  const { from, until } = position;
  const days = [from && t('fromDay', { day: day(from) }), until && t('untilDay', { day: day(until) })].filter(Boolean).join(', ');
  return (
    <Group justify="space-between" gap="sm" wrap="nowrap">
      <div>
        <Text>{position.name}</Text>
        {days && (
          <Text size="sm" c="dimmed">
            {days}
          </Text>
        )}
      </div>
      <Button flex="none" variant="subtle" size="compact-sm" aria-label={t('editOf', { name: position.name })} onClick={onEdit}>
        {t('edit')}
      </Button>
    </Group>
  );
}
