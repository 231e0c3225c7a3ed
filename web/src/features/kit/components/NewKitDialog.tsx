import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { institutionsKept, keepsCityRegister, useMe } from '@/shared/api';
import { InstitutionPicker } from '@/shared/pickers';
import { Button, ErrorNotice, Group, Modal, Select, Stack, TextInput, useForm } from '@/shared/ui';
import { useAddKit } from '../api/kits';

/** A new kit: where it stands and what it is called. */
export function NewKitDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['kit', 'shared']);
  const me = useMe();
  const kept = institutionsKept(me);
  const [institution, setInstitution] = useState(kept[0] ?? null);
  const [missing, setMissing] = useState(false);
  const add = useAddKit();
  const form = useForm({
    initialValues: { name: '', place: '' },
    validate: { name: (value) => (value.trim() ? null : t('nameNeeded')) },
  });
  const submit = form.onSubmit((values) => {
    setMissing(!institution);
    if (institution) add.mutate({ institutionId: institution.id, ...values }, { onSuccess: onClose });
  });
  const wrong = missing ? t('institutionNeeded') : undefined;
  return (
    <Modal opened onClose={onClose} title={t('add')} closeButtonProps={{ 'aria-label': t('shared:actions.close') }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {keepsCityRegister(me) ? (
            <InstitutionPicker value={institution} onPick={setInstitution} error={wrong} required />
          ) : (
            <Select
              label={t('columns.institution')}
              data={kept.map(({ id, name }) => ({ value: id, label: name }))}
              value={institution?.id ?? null}
              onChange={(id) => setInstitution(kept.find((one) => one.id === id) ?? null)}
              error={wrong}
              allowDeselect={false}
            />
          )}
          <TextInput label={t('columns.name')} placeholder={t('namePlaceholder')} maxLength={80} required {...form.getInputProps('name')} />
          <TextInput label={t('columns.place')} placeholder={t('placePlaceholder')} maxLength={80} {...form.getInputProps('place')} />
          <ErrorNotice error={add.error} />
          <Group>
            <Button type="submit" loading={add.isPending}>
              {t('register')}
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
