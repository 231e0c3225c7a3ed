import { useTranslation } from 'react-i18next';
import type { ProjectEvidence } from '@/shared/api';
import { Anchor, CloseButton, ErrorNotice, Group, Stack, Text, TextLink } from '@/shared/ui';
import { useRemoveEvidence } from '../api/project';

type Props = {
  evidence: ProjectEvidence[];
  removable?: boolean;
  /** Why a signed period is corrected. */
  reason?: string;
};

/** Pieces of evidence, each a link to what it names. */
export function EvidenceList({ evidence, removable = false, reason = '' }: Props) {
  if (evidence.length === 0) return null;
  return (
    <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {evidence.map((one) => (
        <Piece key={one.id} evidence={one} removable={removable} reason={reason} />
      ))}
    </Stack>
  );
}

function Piece({ evidence, removable, reason }: { evidence: ProjectEvidence; removable: boolean; reason: string }) {
  const { t } = useTranslation('project');
  const remove = useRemoveEvidence();
  const { kind, indicator, quarter, year } = evidence;
  const words = kind === 'indicator' ? t('evidence.indicatorLine', { indicator, quarter, year }) : evidence.text;
  return (
    <li>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <div>
          <Text size="sm" c="dimmed">
            {t(`evidence.kinds.${kind}`)}
          </Text>
          {kind === 'event' && evidence.eventId !== null ? (
            <TextLink to="/meetings/$eventId" params={{ eventId: evidence.eventId }}>
              {words}
            </TextLink>
          ) : kind === 'document' ? (
            <Anchor href={`/api/project/evidence/${evidence.id}/file`} target="_blank">
              {words}
            </Anchor>
          ) : (
            <Text>{words}</Text>
          )}
        </div>
        {removable && (
          <CloseButton
            aria-label={t('evidence.remove', { what: words })}
            onClick={() => remove.mutate({ id: evidence.id, reason })}
            disabled={remove.isPending}
          />
        )}
      </Group>
      <ErrorNotice error={remove.error} />
    </li>
  );
}
