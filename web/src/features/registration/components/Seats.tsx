import { useTranslation } from 'react-i18next';
import type { RegistrationCard } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDateTime } from '@/shared/lib/dates';
import { Text } from '@/shared/ui';

/** How many seats are left, and until when. */
export function Seats({ card }: { card: RegistrationCard }) {
  const { t } = useTranslation('registration');
  const { language } = useLanguage();
  const form = card.form;
  if (!form) return null;
  const free = form.seats === null ? null : Math.max(0, form.seats - card.taken);
  return (
    <Text size="sm" c="dimmed">
      {free === null ? t('taken', { count: card.taken }) : t('seats', { free, seats: form.seats })}
      {card.waiting > 0 && ` · ${t('waiting', { count: card.waiting })}`}
      {card.open && form.deadline && ` · ${t('until', { time: formatDateTime(form.deadline, language) })}`}
      {!card.open && card.status === 'planned' && ` · ${t('closed')}`}
    </Text>
  );
}
