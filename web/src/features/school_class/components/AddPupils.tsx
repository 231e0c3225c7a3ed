import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api';
import { Button, ErrorNotice, Group, Paper, Stack, Textarea, toast } from '@/shared/ui';
import { useAddPupils } from '../api/classes';

/** A list, pasted or typed, one name a line; all of it is taken or none. */
export function AddPupils({ classId }: { classId: string }) {
  const { t } = useTranslation('school_class');
  const add = useAddPupils(classId);
  const [names, setNames] = useState('');
  const refused = add.error instanceof ApiError ? add.error.fields : {};
  const submit = () =>
    add.mutate(names, {
      onSuccess: () => {
        toast(t('list.added'));
        setNames('');
      },
    });
  return (
    <Paper p="lg">
      <Stack>
        <Textarea
          label={t('list.label')}
          description={t('list.hint')}
          placeholder={t('list.example')}
          autosize
          minRows={3}
          maxRows={16}
          value={names}
          onChange={(event) => setNames(event.currentTarget.value)}
          error={refused['names']}
        />
        <ErrorNotice error={add.error} />
        <Group>
          <Button variant="default" onClick={submit} loading={add.isPending} disabled={!names.trim()}>
            {t('list.add')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
