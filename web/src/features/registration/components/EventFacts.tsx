import { useTranslation } from 'react-i18next';
import type { RegistrationCard } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDay, formatSpan } from '@/shared/lib/dates';
import { Paragraphs, Stack, Text, Title } from '@/shared/ui';

/** What, when and by whom, for somebody who sees nothing else of the event. */
export function EventFacts({ card }: { card: RegistrationCard }) {
  const { t } = useTranslation(['registration', 'shared']);
  const { language } = useLanguage();
  return (
    <Stack gap="xs">
      <Text c="dimmed">{t(`shared:eventKinds.${card.kind}`)}</Text>
      <Title order={1}>{card.title}</Title>
      <Text size="lg" fw={600}>
        {formatDay(card.startsAt, language)}, {formatSpan(card.startsAt, card.endsAt, language)}
      </Text>
      <Text c="dimmed">{t('shared:event.organiser', { name: card.organiser })}</Text>
      {card.description && <Paragraphs text={card.description} />}
    </Stack>
  );
}
