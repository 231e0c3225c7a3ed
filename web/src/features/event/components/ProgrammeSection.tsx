import { IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Event } from '@/shared/api';
import { isOver } from '@/shared/event';
import { useLanguage } from '@/shared/i18n';
import { formatTime } from '@/shared/lib/dates';
import { Badge, Button, ErrorNotice, Group, Paper, Section, Skeleton, Text, TextLink } from '@/shared/ui';
import { programmeQuery } from '../api/events';
import classes from './ProgrammeSection.module.css';
import { ProgrammeEditor } from './ProgrammeEditor';

/** What happens when, in which room, and who speaks. */
export function ProgrammeSection({ event }: { event: Event }) {
  const { t } = useTranslation(['event', 'shared']);
  const { language } = useLanguage();
  const programme = useQuery(programmeQuery(event.id));
  const [editing, setEditing] = useState(false);
  const items = programme.data?.items ?? [];
  if (programme.data && items.length === 0 && !event.mayPrepare) return null;
  const room = (id: string | null) => event.sections.find((section) => section.id === id);
  return (
    <Section
      title={t('programme.heading')}
      actions={
        event.mayPrepare &&
        !editing &&
        !isOver(event) && (
          <Button
            variant="default"
            size="sm"
            onClick={() => setEditing(true)}
            disabled={!programme.data}
            leftSection={<IconPencil size={18} aria-hidden />}
          >
            {t(items.length === 0 ? 'programme.make' : 'programme.change')}
          </Button>
        )
      }
    >
      <Paper p="lg">
        <ErrorNotice error={programme.error} onRetry={() => void programme.refetch()} />
        {programme.isPending && <Skeleton height={120} />}
        {programme.data && editing && (
          <ProgrammeEditor
            event={event}
            items={items}
            updatedAt={programme.data.updatedAt}
            onDone={() => setEditing(false)}
          />
        )}
        {programme.data && !editing && (
          <>
            {items.length === 0 && <Text c="dimmed">{t('programme.empty')}</Text>}
            <ol className={classes.items}>
              {items.map((item) => {
                const section = room(item.roomId);
                return (
                  <li key={item.id} className={classes.item}>
                    <Text component="span" fw={600} className={classes.time}>
                      {formatTime(item.startsAt, language)}
                    </Text>
                    <div>
                      <Group gap="xs">
                        <Text fw={item.kind === 'break' ? 400 : 600}>{item.title}</Text>
                        {section && (
                          <Badge variant="light" tt="none">
                            {section.title}
                          </Badge>
                        )}
                      </Group>
                      <Text size="sm" c="dimmed">
                        {[t('form.minutes', { count: item.minutes }), ...item.speakers.map(({ name }) => name)].join(' · ')}
                      </Text>
                      {item.description && <Text size="sm">{item.description}</Text>}
                    </div>
                  </li>
                );
              })}
            </ol>
          </>
        )}
        {!editing && event.sections.length > 0 && !isOver(event) && (
          <Group mt="md" gap="md">
            <Text c="dimmed" size="sm">
              {t('programme.sections')}
            </Text>
            {event.sections.map((section) => (
              <TextLink key={section.id} to="/r/$code" params={{ code: section.code }}>
                {section.title}
              </TextLink>
            ))}
          </Group>
        )}
      </Paper>
    </Section>
  );
}
