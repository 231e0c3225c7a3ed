import { Button, Center, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorCode } from './ErrorCode';
import { signInHref, wordsOf } from './errorWords';
import { useTitle } from './useTitle';

/** Shown when a page could not be loaded or broke while it was drawn. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('shared');
  const router = useRouter();
  const boundary = useQueryErrorResetBoundary();
  const words = wordsOf(error, t);
  useTitle(words.title);
  const retry = () => {
    boundary.reset();
    reset();
    void router.invalidate();
  };
  return (
    <Center mih="60vh" p="md">
      <Stack maw={520} gap="md" role="alert">
        <Title order={1}>{words.title}</Title>
        {words.text && <Text size="lg">{words.text}</Text>}
        <Group>
          {words.remedy === 'retry' && <Button onClick={retry}>{t('actions.retry')}</Button>}
          {words.remedy === 'signIn' && (
            <Button component="a" href={signInHref()}>
              {t('actions.signIn')}
            </Button>
          )}
          <Button component="a" href="/" variant={words.remedy === 'home' || words.remedy === 'words' ? 'filled' : 'default'}>
            {t('actions.home')}
          </Button>
        </Group>
        <ErrorCode code={words.code} />
      </Stack>
    </Center>
  );
}

export function NotFoundPage() {
  const { t } = useTranslation('shared');
  useTitle(t('errors.notFound.title'));
  return (
    <Center mih="60vh" p="md">
      <Stack maw={520} gap="md" align="flex-start">
        <Title order={1}>{t('errors.notFound.title')}</Title>
        <Text size="lg">{t('errors.notFound.text')}</Text>
        <Button component="a" href="/">
          {t('actions.home')}
        </Button>
      </Stack>
    </Center>
  );
}

export function PageLoader() {
  return (
    <Center mih="60vh">
      <Loader />
    </Center>
  );
}
