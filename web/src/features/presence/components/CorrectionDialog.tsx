import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Present } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatMoment } from '@/shared/lib/dates';
import { PeoplePicker, type Picked } from '@/shared/pickers';
import { Button, ErrorNotice, Group, Modal, NumberInput, Stack, Text, Textarea, toast, useForm } from '@/shared/ui';
import { useCorrect } from '../api/presence';

const MOST_MINUTES = 1440;

/** Sets what counts for one person, with the reason; for somebody who was not seen, `present` is null. */
export function CorrectionDialog({ eventId, present, onClose }: { eventId: string; present: Present | null; onClose: () => void }) {
  const { t } = useTranslation(['presence', 'shared']);
  const { language } = useLanguage();
  const [picked, setPicked] = useState<Picked[]>([]);
  const [missing, setMissing] = useState(false);
  const correct = useCorrect(eventId);
  const form = useForm({
    initialValues: { minutes: present?.minutes ?? 0, reason: '' },
    validate: { reason: (value) => (value.trim() ? null : t('correction.reasonNeeded')) },
  });
  const personId = present?.personId ?? picked[0]?.id;
  const submit = form.onSubmit(({ minutes, reason }) => {
    setMissing(!personId);
    if (!personId) return;
    correct.mutate(
      { personId, minutes, reason },
      {
        onSuccess: () => {
          toast(t('correction.done'));
          onClose();
        },
      },
    );
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={present ? t('correction.title', { name: present.name }) : t('addPerson')}
      closeButtonProps={{ 'aria-label': t('shared:actions.close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          {!present && (
            <PeoplePicker
              label={t('correction.person')}
              value={picked}
              onPick={(people) => setPicked(people.slice(-1))}
              error={missing ? t('correction.personNeeded') : undefined}
            />
          )}
          {present && (
            <Text>{t('correction.measured', { count: present.corrected?.measuredMinutes ?? present.minutes })}</Text>
          )}
          {present?.corrected && (
            <Text size="sm" c="dimmed">
              {t('correction.last', {
                when: formatMoment(present.corrected.at, language),
                by: present.corrected.by,
                reason: present.corrected.reason,
                count: present.corrected.count,
              })}
            </Text>
          )}
          <NumberInput
            label={t('correction.minutes')}
            min={0}
            max={MOST_MINUTES}
            allowDecimal={false}
            value={form.values.minutes}
            onChange={(value) => form.setFieldValue('minutes', Number(value) || 0)}
          />
          <Textarea
            label={t('correction.reason')}
            placeholder={t('correction.reasonPlaceholder')}
            maxLength={300}
            autosize
            required
            {...form.getInputProps('reason')}
          />
          <ErrorNotice error={correct.error} />
          <Group>
            <Button type="submit" loading={correct.isPending}>
              {t('correction.do')}
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
