import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type HeldCategory } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { Button, ErrorNotice, Group, isNotEmpty, NativeSelect, Paper, Stack, Text, TextInput, toast, useForm } from '@/shared/ui';
import { categoriesQuery, useAddCategory, useDeleteCategory } from '../api/categories';

const categories = ['conformity', 'first', 'highest', 'teacher_methodist', 'teacher_mentor'] as const;

/** What attestation gave: the category in force first, those that are over below it. */
export function Categories({ personId, editable }: { personId: string; editable: boolean }) {
  const { t } = useTranslation(['person', 'shared']);
  const { language } = useLanguage();
  const held = useQuery(categoriesQuery(personId));
  const add = useAddCategory(personId);
  const remove = useDeleteCategory();
  const [adding, setAdding] = useState(false);
  const words = ({ category, from, until }: HeldCategory) => {
    const name = t(`categories.kinds.${category}`);
    const days = { from: formatDate(from, language), to: until ? formatDate(until, language) : '' };
    return `${name}, ${t(until ? 'employments.span' : 'employments.since', days)}`;
  };
  return (
    <Paper p="lg">
      <Stack>
        <ErrorNotice error={held.error ?? remove.error} />
        {held.data?.items.length === 0 && <Text c="dimmed">{t('categories.none')}</Text>}
        {held.data?.items.map((one) => (
          <Group key={one.id} justify="space-between" gap="sm">
            <Text c={one.holds ? undefined : 'dimmed'}>{words(one)}</Text>
            {editable && (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={`${t('shared:actions.delete')}: ${words(one)}`}
                onClick={() =>
                  remove.mutate(one.id, {
                    onSuccess: () =>
                      toast(t('categories.removed'), {
                        label: t('shared:actions.undo'),
                        run: () => add.mutate({ category: one.category, from: one.from, until: one.until }),
                      }),
                  })
                }
              >
                {t('shared:actions.delete')}
              </Button>
            )}
          </Group>
        ))}
        {editable &&
          (adding ? (
            <CategoryForm personId={personId} onClose={() => setAdding(false)} />
          ) : (
            <Group>
              <Button variant="default" size="sm" onClick={() => setAdding(true)}>
                {t('categories.add')}
              </Button>
            </Group>
          ))}
      </Stack>
    </Paper>
  );
}

function CategoryForm({ personId, onClose }: { personId: string; onClose: () => void }) {
  const { t } = useTranslation(['person', 'shared']);
  const add = useAddCategory(personId);
  const form = useForm({
    initialValues: { category: 'first' as (typeof categories)[number], from: '', until: '' },
    validate: { from: isNotEmpty(t('categories.fromEmpty')) },
  });
  const refused = add.error instanceof ApiError ? add.error.fields : {};
  const field = (name: 'from' | 'until') => {
    const props = form.getInputProps(name);
    return { ...props, error: props.error ?? refused[name] };
  };
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ until, ...rest }) => add.mutate({ ...rest, until: until || null }, { onSuccess: onClose }))}
    >
      <Stack>
        <NativeSelect
          label={t('categories.category')}
          data={categories.map((value) => ({ value, label: t(`categories.kinds.${value}`) }))}
          {...form.getInputProps('category')}
        />
        <Group grow align="flex-start">
          <TextInput type="date" label={t('categories.from')} required {...field('from')} />
          <TextInput type="date" label={t('categories.until')} description={t('categories.untilText')} {...field('until')} />
        </Group>
        <ErrorNotice error={Object.keys(refused).length > 0 ? null : add.error} />
        <Group>
          <Button type="submit" loading={add.isPending}>
            {t('shared:actions.save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('shared:actions.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
