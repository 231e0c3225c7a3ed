import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatSpan } from '@/shared/lib/dates';
import { Alert, Stack, Text, useDebouncedValue } from '@/shared/ui';
import { clashesQuery } from '../api/events';

/** Names at most; a long list of invited people may clash by the dozen. */
const shown = 5;

type Props = { span: { start: Date; end: Date } | null; people: string[]; exceptEventId?: string };

/** Who of those invited, and which of the meeting's room kits, is expected elsewhere at that time; asked while one types. */
export function ClashNotice({ span, people, exceptEventId }: Props) {
  const { t } = useTranslation('event');
  const { language } = useLanguage();
  const me = useMe();
  const mine = me.person ? [me.person.id] : [];
  const asked = {
    startsAt: span?.start.toISOString() ?? '',
    endsAt: span?.end.toISOString() ?? '',
    personIds: [...mine, ...people].slice(0, 200),
    exceptEventId: exceptEventId ?? null,
  };
  const [question] = useDebouncedValue(JSON.stringify(asked), 400);
  const clashes = useQuery({ ...clashesQuery(JSON.parse(question) as typeof asked), enabled: span !== null });
  const items = span ? (clashes.data?.items ?? []) : [];
  if (items.length === 0) return null;
  return (
    <Alert color="yellow" role="status">
      <Stack gap={4}>
        <Text fw={600}>{t('clash.title')}</Text>
        {items.slice(0, shown).map((clash) => (
          <Text size="sm" key={`${clash.person?.id ?? clash.kit?.id ?? ''} ${clash.startsAt} ${clash.title ?? ''}`}>
            {t('clash.line', {
              name: clash.person?.name ?? t('clash.kit', { name: clash.kit?.name }),
              what: clash.title ?? t('clash.busy'),
              when: formatSpan(clash.startsAt, clash.endsAt, language),
            })}
          </Text>
        ))}
        {items.length > shown && <Text size="sm">{t('clash.more', { count: items.length - shown })}</Text>}
      </Stack>
    </Alert>
  );
}
