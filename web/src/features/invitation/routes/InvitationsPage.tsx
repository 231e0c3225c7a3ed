import { IconFileImport, IconLink, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Invitation } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { ButtonLink, ConfirmButton, EmptyState, ErrorNotice, Group, Page, Paper, Section, SimpleGrid, Skeleton, Stack, Text, Title } from '@/shared/ui';
import { invitationsQuery, useRevoke } from '../api/invitations';
import { InviteForm } from '../components/InviteForm';

/** The three ways to bring people in: a link, a file, printed slips. */
export function InvitationsPage() {
  const { t } = useTranslation(['invitation', 'shared']);
  const invitations = useQuery(invitationsQuery);
  return (
    <Page title={t('title')} subtitle={t('subtitle')}>
      <SimpleGrid cols={{ base: 1, md: 2 }} mb="xl">
        <Paper p="lg">
          <Stack align="flex-start" h="100%" justify="space-between">
            <div>
              <Group gap="xs">
                <IconPrinter aria-hidden />
                <Title order={2}>{t('ways.slips')}</Title>
              </Group>
              <Text mt="xs">{t('ways.slipsText')}</Text>
            </div>
            <ButtonLink to="/invitations/slips" variant="default">
              {t('ways.slipsDo')}
            </ButtonLink>
          </Stack>
        </Paper>
        <Paper p="lg">
          <Stack align="flex-start" h="100%" justify="space-between">
            <div>
              <Group gap="xs">
                <IconFileImport aria-hidden />
                <Title order={2}>{t('ways.file')}</Title>
              </Group>
              <Text mt="xs">{t('ways.fileText')}</Text>
            </div>
            <ButtonLink to="/import" variant="default">
              {t('ways.fileDo')}
            </ButtonLink>
          </Stack>
        </Paper>
      </SimpleGrid>
      <Section title={t('link.title')}>
        <InviteForm />
      </Section>
      <Section title={t('list.title')}>
        <ErrorNotice error={invitations.error} onRetry={() => void invitations.refetch()} />
        {invitations.isPending && <Skeleton height={120} />}
        {invitations.data?.items.length === 0 && (
          <EmptyState icon={<IconLink size={40} stroke={1.5} />} title={t('list.empty')} text={t('list.emptyText')} />
        )}
        <Stack gap="sm">
          {invitations.data?.items.map((invitation) => (
            <InvitationLine key={invitation.id} invitation={invitation} />
          ))}
        </Stack>
      </Section>
    </Page>
  );
}

function InvitationLine({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation(['invitation', 'shared']);
  const { language } = useLanguage();
  const revoke = useRevoke();
  return (
    <Paper p="md">
      <Group justify="space-between" gap="sm">
        <div>
          <Text fw={600}>{invitation.institutionName}</Text>
          <Text size="sm" c="dimmed">
            {t('list.uses', { uses: invitation.uses, maxUses: invitation.maxUses })}
            {' · '}
            {t('list.expires', { at: formatDate(invitation.expiresAt, language) })}
            {invitation.role && ` · ${t(`shared:roles.${invitation.role}`)}`}
          </Text>
        </div>
        <ConfirmButton
          size="sm"
          title={t('list.revokeTitle')}
          text={t('list.revokeText')}
          confirm={t('list.revoke')}
          onConfirm={() => revoke.mutateAsync(invitation.id)}
          pending={revoke.isPending}
          error={revoke.error}
        >
          {t('list.revoke')}
        </ConfirmButton>
      </Group>
    </Paper>
  );
}
