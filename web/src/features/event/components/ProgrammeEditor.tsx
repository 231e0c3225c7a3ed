import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type Event, type ProgrammeItem } from '@/shared/api';
import { PeoplePicker } from '@/shared/pickers';
import { ActionIcon, Button, ErrorNotice, Fieldset, Group, NumberInput, Select, Stack, TextInput, toast } from '@/shared/ui';
import { templatesQuery, useAddSection, useWriteProgramme } from '../api/events';
import { fromTemplate, itemKinds, itemValues, nextItem, programmeOf, type ItemValues } from './programme';

type Props = { event: Event; items: ProgrammeItem[]; updatedAt: string; onDone: () => void };

/** The whole programme as a form: items, their times, rooms and speakers. */
export function ProgrammeEditor({ event, items: before, updatedAt, onDone }: Props) {
  const { t } = useTranslation(['event', 'shared']);
  const templates = useQuery(templatesQuery);
  const [items, setItems] = useState<ItemValues[]>(() => before.map(itemValues));
  const [count, setCount] = useState(0);
  const [section, setSection] = useState('');
  const write = useWriteProgramme(event.id);
  const addSection = useAddSection(event.id);
  const refused = write.error instanceof ApiError ? write.error.fields : {};
  const change = (place: number, part: Partial<ItemValues>) =>
    setItems(items.map((item, other) => (other === place ? { ...item, ...part } : item)));
  const template = templates.data?.items.find(({ kind }) => kind === event.kind);
  const rooms = [
    { value: '', label: t('programme.everyone') },
    ...event.sections.map(({ id, title }) => ({ value: id, label: title })),
  ];
  const add = () => {
    setItems([...items, nextItem(event, items, `new-${count}`)]);
    setCount(count + 1);
  };
  const save = () =>
    write.mutate(programmeOf(event, items, updatedAt), {
      onSuccess: () => {
        toast(t('programme.saved'));
        onDone();
      },
    });

  return (
    <Stack>
      {items.map((item, place) => (
        <Fieldset key={item.key} legend={t('programme.item', { number: place + 1 })}>
          <Stack gap="sm">
            <Group align="flex-start" gap="sm">
              <TextInput
                type="time"
                label={t('form.time')}
                flex="1 1 7rem"
                value={item.time}
                onChange={(input) => change(place, { time: input.currentTarget.value })}
                error={refused[`items.${place}.startsAt`]}
              />
              <NumberInput
                label={t('programme.minutes')}
                min={1}
                max={1440}
                flex="1 1 7rem"
                value={item.minutes}
                onChange={(minutes) => change(place, { minutes: Number(minutes) || 0 })}
                error={refused[`items.${place}.minutes`]}
              />
              <Select
                label={t('programme.kind')}
                data={itemKinds.map((kind) => ({ value: kind, label: t(`programme.kinds.${kind}`) }))}
                allowDeselect={false}
                flex="1 1 9rem"
                value={item.kind}
                onChange={(chosen) => change(place, { kind: itemKinds.find((kind) => kind === chosen) ?? 'talk' })}
              />
              {event.sections.length > 0 && (
                <Select
                  label={t('programme.room')}
                  data={rooms}
                  allowDeselect={false}
                  flex="1 1 10rem"
                  value={item.roomId}
                  onChange={(roomId) => change(place, { roomId: roomId ?? '' })}
                  error={refused[`items.${place}.roomId`]}
                />
              )}
            </Group>
            <TextInput
              label={t('programme.title')}
              maxLength={200}
              required
              value={item.title}
              onChange={(input) => change(place, { title: input.currentTarget.value })}
              error={refused[`items.${place}.title`]}
            />
            {item.kind !== 'break' && (
              <PeoplePicker
                label={t('programme.speakers')}
                value={item.speakers}
                onPick={(speakers) => change(place, { speakers })}
                error={refused[`items.${place}.speakerIds`]}
              />
            )}
            <Group justify="flex-end">
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={t('programme.remove', { number: place + 1 })}
                onClick={() => setItems(items.filter((_, other) => other !== place))}
              >
                <IconTrash size={18} aria-hidden />
              </ActionIcon>
            </Group>
          </Stack>
        </Fieldset>
      ))}
      <Group>
        <Button variant="default" onClick={add} leftSection={<IconPlus size={18} aria-hidden />}>
          {t('programme.add')}
        </Button>
        {items.length === 0 && template && (
          <Button variant="default" onClick={() => setItems(fromTemplate(event, template))}>
            {t('programme.usual')}
          </Button>
        )}
      </Group>
      {event.mayChange && (
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t('programme.newSection')}
            description={t('programme.sectionHint')}
            maxLength={100}
            flex="1 1 14rem"
            value={section}
            onChange={(input) => setSection(input.currentTarget.value)}
          />
          <Button
            variant="default"
            disabled={!section.trim()}
            loading={addSection.isPending}
            onClick={() => addSection.mutate(section, { onSuccess: () => setSection('') })}
          >
            {t('programme.addSection')}
          </Button>
        </Group>
      )}
      <ErrorNotice error={write.error ?? addSection.error} />
      <Group>
        <Button onClick={save} loading={write.isPending}>
          {t('shared:actions.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('shared:actions.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
