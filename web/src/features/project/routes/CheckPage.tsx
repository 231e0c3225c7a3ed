import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Finding } from '@/shared/api';
import { Badge, ErrorNotice, Group, PageLoader, Paper, Stack, Text } from '@/shared/ui';
import { validationQuery } from '../api/project';
import { fieldParts } from '../components/changes';
import { Frame } from '../components/Frame';

const colors = { error: 'red', warning: 'yellow', note: 'gray' } as const;

/** What a careful reader notices in the passport, and what would mend it. */
export function CheckPage() {
  return <Frame section="check">{() => <Findings />}</Frame>;
}

function Findings() {
  const { t } = useTranslation('project');
  const list = useQuery(validationQuery);
  if (list.isPending) return <PageLoader />;
  if (!list.data) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data.items.length === 0) return <Text>{t('check.nothing')}</Text>;
  return (
    <Stack gap="sm">
      <Text>{t('check.text')}</Text>
      {list.data.items.map((finding) => (
        <FindingCard key={`${finding.code} ${finding.field} ${finding.said}`} finding={finding} />
      ))}
    </Stack>
  );
}

function FindingCard({ finding }: { finding: Finding }) {
  const { t } = useTranslation('project');
  return (
    <Paper p="md" component="article">
      <Group gap="sm" mb="xs">
        <Badge variant="light" tt="none" size="lg" color={colors[finding.severity]}>
          {t(`check.severities.${finding.severity}`)}
        </Badge>
        <Text size="sm" c="dimmed">
          {fieldParts(finding.field)
            .map((part) => (typeof part === 'string' ? t(`fields.${part}`) : part.row))
            .join(' › ')}
        </Text>
      </Group>
      <Text fw={600}>{finding.said}</Text>
      <Text>{finding.mend}</Text>
    </Paper>
  );
}
