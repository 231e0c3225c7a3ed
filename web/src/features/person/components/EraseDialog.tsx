import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api';
import { Alert, Button, ErrorNotice, Group, List, Modal, Stack, Text, Textarea, TextInput, toast, useForm } from '@/shared/ui';
import { useErasePerson } from '../api/people';
import { sameName } from './personForm';

const GOES = ['card', 'documents', 'letters', 'texts'] as const;
const STAYS = ['signed', 'presence', 'certificates', 'files', 'log'] as const;

/** Says what goes and what stays, and asks for the name: nothing brings the data back. */
export function EraseDialog({ personId, name, onClose }: { personId: string; name: string; onClose: () => void }) {
  const { t } = useTranslation(['person', 'shared']);
  const erase = useErasePerson(personId);
  const form = useForm({
    initialValues: { name: '', reason: '' },
    validate: {
      name: (value) => (sameName(value, name) ? null : t('erase.nameDiffers')),
      reason: (value) => (value.trim() ? null : t('erase.reasonEmpty')),
    },
  });
  const refused = erase.error instanceof ApiError ? erase.error.fields : {};
  const submit = form.onSubmit((values) =>
    erase.mutate(values, {
      onSuccess: (done) => {
        toast(t(done.ambiguous ? 'erase.doneAmbiguous' : 'erase.done'));
        onClose();
      },
    }),
  );
  return (
    <Modal opened onClose={onClose} size="lg" title={t('erase.title', { name })} closeButtonProps={{ 'aria-label': t('shared:actions.close') }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text fw={600}>{t('erase.goesTitle')}</Text>
          <List>
            {GOES.map((line) => (
              <List.Item key={line}>{t(`erase.goes.${line}`)}</List.Item>
            ))}
          </List>
          <Text fw={600}>{t('erase.staysTitle')}</Text>
          <List>
            {STAYS.map((line) => (
              <List.Item key={line}>{t(`erase.stays.${line}`)}</List.Item>
            ))}
          </List>
          <Alert color="red">{t('erase.forGood')}</Alert>
          <Textarea
            label={t('erase.reason')}
            description={t('erase.reasonHint')}
            autosize
            minRows={2}
            maxLength={500}
            {...form.getInputProps('reason')}
            error={form.errors['reason'] ?? refused['reason']}
          />
          <TextInput
            label={t('erase.name', { name })}
            autoComplete="off"
            {...form.getInputProps('name')}
            error={form.errors['name'] ?? refused['name']}
          />
          <ErrorNotice error={erase.error} />
          <Group>
            <Button type="submit" color="red" loading={erase.isPending}>
              {t('erase.do')}
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
