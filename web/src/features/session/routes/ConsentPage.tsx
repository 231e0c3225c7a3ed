import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BareFrame } from '@/shared/frame';
import { safePath } from '@/shared/lib/safePath';
import { Button, Checkbox, ErrorNotice, Group, Paper, Paragraphs, Skeleton, Stack, Text, Title, useTitle } from '@/shared/ui';
import { consentTextQuery, useGiveConsent } from '../api/session';

/** The privacy notice at the first sign-in, and again when its text changes. */
export function ConsentPage() {
  const { t } = useTranslation(['session', 'shared']);
  useTitle(t('consent.title'));
  const { next } = useSearch({ from: '/bare/consent' });
  const navigate = useNavigate();
  const text = useQuery(consentTextQuery);
  const give = useGiveConsent();
  const [agreed, setAgreed] = useState(false);

  return (
    <BareFrame>
      <Paper p="lg" w="100%" maw={720}>
        <Stack>
          <Title order={1}>{text.data?.title ?? t('consent.title')}</Title>
          <ErrorNotice error={text.error} onRetry={() => void text.refetch()} />
          {text.isPending && <Skeleton height={160} />}
          {text.data && (
            <>
              <Paragraphs text={text.data.body} />
              <Text size="sm" c="dimmed">
                {t('consent.version', { version: text.data.version })}
              </Text>
              <Checkbox
                size="md"
                label={t('consent.agree')}
                checked={agreed}
                onChange={(event) => setAgreed(event.currentTarget.checked)}
              />
              <ErrorNotice error={give.error} />
              <Group>
                <Button
                  disabled={!agreed}
                  loading={give.isPending}
                  onClick={() =>
                    give.mutate(text.data.version, {
                      onSuccess: () => void navigate({ href: safePath(next), replace: true }),
                    })
                  }
                >
                  {t('shared:actions.continue')}
                </Button>
              </Group>
            </>
          )}
        </Stack>
      </Paper>
    </BareFrame>
  );
}
