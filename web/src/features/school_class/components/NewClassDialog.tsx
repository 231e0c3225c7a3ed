import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, institutionsKept, useMe } from '@/shared/api';
import { InstitutionPicker } from '@/shared/pickers';
import { Button, ErrorNotice, Group, Modal, Stack, TextInput } from '@/shared/ui';
import { useAddClass } from '../api/classes';

/** A new class of one's own: its name and its school. */
export function NewClassDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['school_class', 'shared']);
  const navigate = useNavigate();
  const kept = institutionsKept(useMe());
  const [label, setLabel] = useState('');
  const [school, setSchool] = useState(kept[0] ?? null);
  const [tried, setTried] = useState(false);
  const add = useAddClass();
  const refused = add.error instanceof ApiError ? add.error.fields : {};
  const submit = () => {
    setTried(true);
    if (!label.trim() || !school) return;
    add.mutate(
      { label: label.trim(), institutionId: school.id },
      { onSuccess: ({ id }) => void navigate({ to: '/classes/$classId', params: { classId: id } }) },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t('add')} closeButtonProps={{ 'aria-label': t('shared:actions.close') }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <TextInput
            label={t('label')}
            placeholder={t('labelExample')}
            maxLength={40}
            required
            data-autofocus
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
            error={tried && !label.trim() ? t('labelEmpty') : refused['label']}
          />
          <InstitutionPicker
            value={school}
            onPick={setSchool}
            required
            error={tried && !school ? t('schoolEmpty') : undefined}
          />
          <ErrorNotice error={add.error} />
          <Group>
            <Button type="submit" loading={add.isPending}>
              {t('make')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('shared:actions.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
