import { Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, client, type InvitationList } from '@/shared/api';
import { ErrorNotice } from '@/shared/ui/ErrorNotice';

/** How many people an invitation would reach, before anybody is written to. */
export function InvitationPreview({ list }: { list: InvitationList }) {
  const { t } = useTranslation('shared');
  const chosen = (list.personIds?.length ?? 0) + (list.groups?.length ?? 0) > 0;
  const preview = useQuery({
    queryKey: ['invitees', 'preview', list],
    queryFn: () => answer(client.POST('/api/invitees/preview', { body: list })),
    placeholderData: keepPreviousData,
    enabled: chosen,
  });
  if (!chosen) return null;
  return (
    <>
      {preview.data && (
        <Text aria-live="polite">
          {t('groups.preview', { count: preview.data.people })}
          {preview.data.withoutEmail > 0 && ` ${t('groups.withoutEmail', { count: preview.data.withoutEmail })}`}
          {preview.data.already > 0 && ` ${t('groups.already', { count: preview.data.already })}`}
        </Text>
      )}
      <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />
    </>
  );
}
