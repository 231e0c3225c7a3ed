import { IconDownload, IconEye, IconFile, IconTrash, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Event } from '@/shared/api';
import { ActionIcon, Anchor, Button, ErrorNotice, FileButton, Group, Paper, Section, Stack, Text } from '@/shared/ui';
import { materialsQuery, useAddMaterial, useRemoveMaterial } from '../api/events';
import { sizeInWords } from './size';

/** Files of a meeting: those that browsers can show are shown, others are saved. */
export function MaterialsSection({ event }: { event: Event }) {
  const { t } = useTranslation(['event', 'shared']);
  const materials = useQuery(materialsQuery(event.id));
  const add = useAddMaterial(event.id);
  const remove = useRemoveMaterial(event.id);
  const items = materials.data?.items ?? [];
  if (items.length === 0 && !event.mayPrepare) return null;
  return (
    <Section
      title={t('materials.title')}
      actions={
        event.mayPrepare && (
          <FileButton onChange={(file) => file && add.mutate(file)}>
            {(props) => (
              <Button
                {...props}
                variant="default"
                size="sm"
                loading={add.isPending}
                leftSection={<IconUpload size={18} aria-hidden />}
              >
                {t('materials.add')}
              </Button>
            )}
          </FileButton>
        )
      }
    >
      <Stack>
        <ErrorNotice error={materials.error ?? add.error ?? remove.error} />
        <Paper p="lg">
          {items.length === 0 && <Text c="dimmed">{t('materials.empty')}</Text>}
          <Stack gap="sm">
            {items.map((material) => {
              const href = `/api/events/${event.id}/materials/${material.id}/file`;
              return (
                <Group key={material.id} justify="space-between" gap="sm" wrap="nowrap">
                  <Group gap="sm" wrap="nowrap" miw={0}>
                    <IconFile size={22} aria-hidden />
                    <div>
                      <Anchor href={href} target="_blank" rel="noopener">
                        {material.name}
                      </Anchor>
                      <Text size="sm" c="dimmed">
                        {sizeInWords(material.size, t)} · {material.addedBy.name}
                      </Text>
                    </div>
                  </Group>
                  <Group gap="xs" wrap="nowrap">
                    <ActionIcon
                      component="a"
                      href={href}
                      target="_blank"
                      rel="noopener"
                      variant="subtle"
                      aria-label={t(material.viewable ? 'materials.view' : 'materials.save', { name: material.name })}
                    >
                      {material.viewable ? <IconEye size={20} aria-hidden /> : <IconDownload size={20} aria-hidden />}
                    </ActionIcon>
                    {event.mayPrepare && (
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={t('materials.remove', { name: material.name })}
                        onClick={() => remove.mutate(material.id)}
                      >
                        <IconTrash size={18} aria-hidden />
                      </ActionIcon>
                    )}
                  </Group>
                </Group>
              );
            })}
          </Stack>
        </Paper>
      </Stack>
    </Section>
  );
}
