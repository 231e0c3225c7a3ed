import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type News as Item } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDate, isoDay } from '@/shared/lib/dates';
import {
  Button,
  ConfirmButton,
  ErrorNotice,
  Group,
  Paper,
  Paragraphs,
  Skeleton,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
  toast,
  useForm,
} from '@/shared/ui';
import { newsQuery, useRemoveNews, useWriteNews } from '../api/news';

/** The news of the project; those who lead it write them here. */
export function News({ writes }: { writes: boolean }) {
  const { t } = useTranslation('project_paper');
  const news = useQuery(newsQuery);
  const [edited, setEdited] = useState<string | null>(null);
  const close = () => setEdited(null);
  return (
    <Stack>
      <ErrorNotice error={news.error} onRetry={() => void news.refetch()} />
      {writes && edited !== 'new' && (
        <Group>
          <Button variant="default" onClick={() => setEdited('new')}>
            {t('news.add')}
          </Button>
        </Group>
      )}
      {edited === 'new' && <NewsForm item={null} onDone={close} />}
      {news.isPending && <Skeleton height={120} />}
      {news.data?.items.length === 0 && <Text c="dimmed">{t('news.none')}</Text>}
      {news.data?.items.map((item) =>
        edited === item.id ? (
          <NewsForm key={item.id} item={item} onDone={close} />
        ) : (
          <OneNews key={item.id} item={item} writes={writes} onEdit={() => setEdited(item.id)} />
        ),
      )}
    </Stack>
  );
}

function OneNews({ item, writes, onEdit }: { item: Item; writes: boolean; onEdit: () => void }) {
  const { t } = useTranslation(['project_paper', 'shared']);
  const { language } = useLanguage();
  const remove = useRemoveNews(item.id);
  return (
    <Paper p="lg" component="article">
      <Title order={3} size="h4">
        {item.title}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {formatDate(item.publishedOn, language)}
      </Text>
      <Paragraphs text={item.text} />
      {writes && (
        <Group mt="md">
          <Button variant="default" size="xs" onClick={onEdit}>
            {t('news.change')}
          </Button>
          <ConfirmButton
            size="xs"
            title={t('news.remove')}
            text={t('news.removeText', { title: item.title })}
            confirm={t('news.remove')}
            onConfirm={() => remove.mutateAsync()}
            pending={remove.isPending}
            error={remove.error}
          >
            {t('news.remove')}
          </ConfirmButton>
        </Group>
      )}
    </Paper>
  );
}

function NewsForm({ item, onDone }: { item: Item | null; onDone: () => void }) {
  const { t } = useTranslation(['project_paper', 'shared']);
  const write = useWriteNews(item?.id ?? null);
  const [today] = useState(() => isoDay(new Date()));
  const form = useForm({
    initialValues: {
      title: item?.title ?? '',
      text: item?.text ?? '',
      publishedOn: item?.publishedOn ?? today,
    },
  });
  const refused = write.error instanceof ApiError ? write.error.fields : {};
  const submit = form.onSubmit((values) =>
    write.mutate(values, {
      onSuccess: () => {
        toast(t('news.saved'));
        onDone();
      },
    }),
  );
  return (
    <Paper p="lg">
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput label={t('news.title')} required {...form.getInputProps('title')} error={refused['title']} />
          <Textarea label={t('news.text')} autosize minRows={4} {...form.getInputProps('text')} error={refused['text']} />
          <TextInput
            type="date"
            label={t('news.day')}
            description={t('news.dayHint')}
            required
            maw={260}
            {...form.getInputProps('publishedOn')}
            error={refused['publishedOn']}
          />
          <ErrorNotice error={write.error} />
          <Group>
            <Button type="submit" loading={write.isPending}>
              {t('shared:actions.save')}
            </Button>
            <Button variant="default" onClick={onDone}>
              {t('shared:actions.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
