import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { Group, Select, Text, TextInput } from '@/shared/ui';
import { endOfSchoolYear, everies, wordsOf, type Repeat } from './repeat';

type Props = { value: Repeat; start: Date | null; onChange: (repeat: Repeat) => void; error?: string };

/** Whether a meeting comes again, in words: «каждый второй вторник до 31 мая». */
export function RepeatFields({ value, start, onChange, error }: Props) {
  const { t } = useTranslation('event');
  const { language } = useLanguage();
  if (!start) return null;
  const { weekday, nth, day } = wordsOf(start);
  const words = {
    never: t('repeat.never'),
    day: t('repeat.day'),
    week: t(`repeat.week.${weekday}`),
    twoWeeks: t(`repeat.twoWeeks.${weekday}`),
    monthDay: t('repeat.monthDay', { day }),
    monthWeekday: t(`repeat.monthWeekday.${weekday}`, { nth: t(`repeat.nth.${nth}`) }),
  };
  return (
    <>
      <Group align="flex-start" gap="md">
        <Select
          label={t('repeat.label')}
          data={everies.map((every) => ({ value: every, label: words[every] }))}
          allowDeselect={false}
          flex="1 1 16rem"
          value={value.every}
          onChange={(chosen) => {
            const every = everies.find((known) => known === chosen) ?? 'never';
            onChange({ every, until: value.until || endOfSchoolYear(start) });
          }}
          error={error}
        />
        {value.every !== 'never' && (
          <TextInput
            type="date"
            label={t('repeat.until')}
            required
            flex="1 1 10rem"
            value={value.until}
            onChange={(event) => onChange({ ...value, until: event.currentTarget.value })}
          />
        )}
      </Group>
      {value.every !== 'never' && value.until && (
        <Text size="sm" c="dimmed" aria-live="polite">
          {t('repeat.words', { words: words[value.every], date: formatDate(`${value.until}T00:00`, language) })}
        </Text>
      )}
    </>
  );
}
