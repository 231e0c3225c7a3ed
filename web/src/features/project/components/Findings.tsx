import { useTranslation } from 'react-i18next';
import type { Finding } from '@/shared/api';
import { Badge, Group, Paper, Stack, Text } from '@/shared/ui';
import { fieldParts } from './changes';

const colors = { error: 'red', warning: 'yellow', note: 'gray' } as const;

/** What a careful reader noticed in a passport, and what would mend it. */
export function Findings({ findings }: { findings: Finding[] }) {
  return (
    <Stack gap="sm">
      {findings.map((finding) => (
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
