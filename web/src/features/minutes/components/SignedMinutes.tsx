import { useTranslation } from 'react-i18next';
import type { Minutes } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { Facts, Paper, Paragraphs, Stack, Text, Title } from '@/shared/ui';

/** Signed minutes, to be read. */
export function SignedMinutes({ minutes }: { minutes: Minutes }) {
  const { t } = useTranslation('minutes');
  const { language } = useLanguage();
  const { body } = minutes;
  return (
    <Paper p="lg">
      <Stack>
        <Facts
          facts={[
            [t('number'), minutes.number],
            [t('chair'), body.chair],
            [t('secretary'), body.secretary],
            [t('attended.title'), body.attended.map((one) => one.name).join(', ')],
            [t('signed'), `${minutes.signedBy?.name ?? ''}, ${formatDate(minutes.signedAt ?? '', language)}`],
          ]}
        />
        {body.items.map((item, place) => (
          // A signed list does not move.
          // oxlint-disable-next-line react/no-array-index-key
          <section key={place}>
            <Title order={3}>{`${place + 1}. ${item.topic}`}</Title>
            {item.heard && <Paragraphs text={`${t('item.heard')}: ${item.heard}`} />}
            {item.spoke && <Paragraphs text={`${t('item.spoke')}: ${item.spoke}`} />}
            {item.decided?.map((decision, point) => (
              <Text key={decision.id}>
                {`${place + 1}.${point + 1}. ${decision.text}`}
                {decision.assignee && ` (${decision.assignee})`}
                {decision.due && `, ${formatDate(decision.due, language)}`}
              </Text>
            ))}
          </section>
        ))}
      </Stack>
    </Paper>
  );
}
