import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Event } from '@/shared/api';
import { classesQuery } from '@/shared/pickers';
import { Alert, ButtonLink, ErrorNotice, Group, Paper, Section, Select, Stack, Text, TextLink } from '@/shared/ui';
import { lessonQuery, useAttachClass } from '../api/events';

/** Which class takes part in a lesson, and whether its consents let it begin. */
export function LessonSection({ event }: { event: Event }) {
  const { t } = useTranslation(['event', 'shared']);
  const lesson = useQuery(lessonQuery(event.id));
  const mine = useQuery({ ...classesQuery, enabled: lesson.data?.mayAttach === true });
  const attach = useAttachClass(event.id);
  const chosen = lesson.data?.schoolClass ?? null;
  const known = mine.data?.items ?? [];
  const choices = chosen && known.every(({ id }) => id !== chosen.id) ? [chosen, ...known] : known;
  const given = chosen?.consentCount ?? 0;
  const total = chosen?.pupilCount ?? 0;
  const ready = total > 0 && given === total;
  return (
    <Section title={t('lesson.title')}>
      <Paper p="lg">
        <Stack>
          <ErrorNotice error={lesson.error} onRetry={() => void lesson.refetch()} />
          {lesson.data?.mayAttach && choices.length > 0 && (
            <Select
              label={t('lesson.choose')}
              placeholder={t('lesson.none')}
              data={choices.map(({ id, label, institution }) => ({ value: id, label: `${label} · ${institution.name}` }))}
              value={chosen?.id ?? null}
              onChange={(classId) => attach.mutate(classId)}
              clearable
              clearButtonProps={{ 'aria-label': t('shared:table.clear') }}
            />
          )}
          {lesson.data && !lesson.data.mayAttach && <Text>{chosen?.label ?? t('lesson.none')}</Text>}
          <ErrorNotice error={attach.error} />
          {lesson.data && (
            <Alert color={ready ? 'teal' : 'yellow'} role="status" title={chosen ? t('lesson.count', { given, total }) : undefined}>
              <Text size="sm">
                {t(ready ? 'lesson.ready' : chosen ? 'lesson.missing' : 'lesson.needed', { teacher: chosen?.teacher.name })}
              </Text>
            </Alert>
          )}
          <Group>
            {chosen && lesson.data?.mayOpen && (
              <ButtonLink to="/classes/$classId" params={{ classId: chosen.id }} variant={ready ? 'default' : 'filled'}>
                {t('lesson.open')}
              </ButtonLink>
            )}
            {lesson.data?.mayAttach && <TextLink to="/classes">{t('lesson.classes')}</TextLink>}
          </Group>
          <Text size="sm" c="dimmed">
            {t('lesson.hint')}
          </Text>
        </Stack>
      </Paper>
    </Section>
  );
}
