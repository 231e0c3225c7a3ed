import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice, PageLoader, Stack, Text } from '@/shared/ui';
import { validationQuery } from '../api/project';
import { Findings } from '../components/Findings';
import { Frame } from '../components/Frame';

/** What a careful reader notices in the passport, and what would mend it. */
export function CheckPage() {
  return <Frame section="check">{() => <Check />}</Frame>;
}

function Check() {
  const { t } = useTranslation('project');
  const list = useQuery(validationQuery);
  if (list.isPending) return <PageLoader />;
  if (!list.data) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data.items.length === 0) return <Text>{t('check.nothing')}</Text>;
  return (
    <Stack gap="sm">
      <Text>{t('check.text')}</Text>
      <Findings findings={list.data.items} />
    </Stack>
  );
}
