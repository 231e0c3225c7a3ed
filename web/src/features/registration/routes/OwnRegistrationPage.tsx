import { IconVideo } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { hasCode } from '@/shared/api';
import { BareFrame } from '@/shared/frame';
import { Alert, Button, ConfirmButton, ErrorNotice, Group, Paper, Skeleton, Stack, Text, toast, useTitle } from '@/shared/ui';
import { ownRegistrationQuery, useWithdrawByCode } from '../api/registrations';
import { EventFacts } from '../components/EventFacts';
import { StateNotice } from '../components/StateNotice';

/** A guest's own page, by the link in their letter. */
export function OwnRegistrationPage() {
  const { t } = useTranslation('registration');
  const { code } = useParams({ from: '/bare/registration/$code' });
  const card = useQuery(ownRegistrationQuery(code));
  const withdraw = useWithdrawByCode(code);
  useTitle(card.data?.title ?? t('title'));
  const unknown = hasCode(card.error, 'not_found');
  const mine = card.data?.mine;
  const over = card.data?.status === 'ended' || card.data?.status === 'cancelled';
  const stands = mine && mine.state !== 'withdrawn' && mine.state !== 'declined';
  return (
    <BareFrame>
      <Paper p="lg" w="100%" maw={640}>
        <Stack>
          {card.isPending && <Skeleton height={240} />}
          {unknown ? (
            <Alert role="alert" color="red" variant="light" title={t('own.unknown')}>
              <Text size="sm">{t('own.unknownText')}</Text>
            </Alert>
          ) : (
            <ErrorNotice error={card.error} onRetry={() => void card.refetch()} />
          )}
          {card.data && <EventFacts card={card.data} />}
          {card.data?.status === 'cancelled' && <Alert color="red" variant="light" title={t('own.cancelled')} />}
          {mine && !over && <StateNotice mine={mine} />}
          {mine && !over && (
            <Group>
              {mine.roomUrl && (
                <Button component="a" href={new URL(mine.roomUrl).pathname} size="lg" leftSection={<IconVideo aria-hidden />}>
                  {t('own.enter')}
                </Button>
              )}
              {stands && (
                <ConfirmButton
                  title={t('withdraw.question')}
                  text={t('withdraw.text')}
                  confirm={t('withdraw.do')}
                  onConfirm={() => withdraw.mutateAsync(undefined).then(() => toast(t('withdraw.done')))}
                  pending={withdraw.isPending}
                  error={withdraw.error}
                >
                  {t('withdraw.do')}
                </ConfirmButton>
              )}
            </Group>
          )}
        </Stack>
      </Paper>
    </BareFrame>
  );
}
