import { IconTrash, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Letterhead } from '@/shared/api';
import { Button, ErrorNotice, FileButton, Group, Paper, Stack, Text, Title } from '@/shared/ui';
import { letterheadQuery, pictureUrl, useRemovePicture, useSetPicture, type LetterheadPicture } from '../api/letterhead';
import classes from './Pictures.module.css';

/** The arms and the signature, as they are printed. */
export function Pictures({ letterhead }: { letterhead: Letterhead }) {
  const { t } = useTranslation('certificate');
  return (
    <Paper p="lg">
      <Stack>
        <div>
          <Title order={2} size="h4">
            {t('letterhead.pictures')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('letterhead.picturesText')}
          </Text>
        </div>
        <Picture picture="arms" there={letterhead.arms} />
        <Picture picture="signature" there={letterhead.signature} />
      </Stack>
    </Paper>
  );
}

function Picture({ picture, there }: { picture: LetterheadPicture; there: boolean }) {
  const { t } = useTranslation('certificate');
  const { dataUpdatedAt } = useQuery(letterheadQuery);
  const set = useSetPicture(picture);
  const remove = useRemovePicture(picture);
  const what = t(`letterhead.${picture}`);
  const act = there ? 'replace' : 'upload';
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="md">
        <Group gap="md">
          <div className={classes.frame}>
            {there ? (
              <img className={classes.picture} src={pictureUrl(picture, dataUpdatedAt)} alt={what} />
            ) : (
              <Text size="sm" c="dimmed">
                {t(picture === 'arms' ? 'letterhead.noneArms' : 'letterhead.none')}
              </Text>
            )}
          </div>
          <Text fw={600}>{what}</Text>
        </Group>
        <Group gap="sm">
          <FileButton onChange={(file) => file && set.mutate(file)} accept="image/png,image/jpeg">
            {(props) => (
              <Button
                {...props}
                variant="default"
                loading={set.isPending}
                leftSection={<IconUpload size={18} aria-hidden />}
                aria-label={t(`letterhead.${act}Of`, { what })}
              >
                {t(`letterhead.${act}`)}
              </Button>
            )}
          </FileButton>
          {there && (
            <Button
              variant="subtle"
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate()}
              leftSection={<IconTrash size={18} aria-hidden />}
              aria-label={t('letterhead.removeOf', { what })}
            >
              {t('letterhead.remove')}
            </Button>
          )}
        </Group>
      </Group>
      <ErrorNotice error={set.error ?? remove.error} />
    </Stack>
  );
}
