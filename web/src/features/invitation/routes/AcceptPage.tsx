import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { BareFrame } from '@/shared/frame';
import { Paper, Stack, Text, Title, useTitle } from '@/shared/ui';
import { invitationCardQuery } from '../api/invitations';
import { AcceptForm } from '../components/AcceptForm';

/** What stands behind a token: an invitation to an institution, a slip, or a link to set a new password. */
export function AcceptPage() {
  const { t } = useTranslation('invitation');
  const { token } = useParams({ from: '/bare/i/$token' });
  const { data: card } = useSuspenseQuery(invitationCardQuery(token));
  const title = t(`accept.${card.kind}.title`, { name: card.personName ?? '' });
  useTitle(title);
  return (
    <BareFrame>
      <Paper p="lg" w="100%" maw={560}>
        <Stack>
          <Title order={1}>{title}</Title>
          <Text>
            {t(`accept.${card.kind}.text`, {
              institution: card.institutionName ?? '',
              name: card.personName ?? '',
            })}
          </Text>
          <AcceptForm token={token} card={card} />
        </Stack>
      </Paper>
    </BareFrame>
  );
}
