import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { answer, client, meQuery } from '@/shared/api';
import { LanguageSwitch } from '@/shared/i18n';
import { switchLanguage } from './i18n/start';
import { styleNonce } from './nonce';
import { queryClient } from './queries';
import { router } from './router';
import { theme, variables } from './theme';

const schemes = localStorageColorSchemeManager({ key: 'kafedra.scheme' });

async function onSwitch(language: 'ru' | 'en') {
  await switchLanguage(language);
  const me = queryClient.getQueryData(meQuery.queryKey);
  if (me?.person && me.locale !== language) {
    queryClient.setQueryData(meQuery.queryKey, { ...me, locale: language });
    // The account remembers it for other devices; if that fails, this page is in the right language all the same.
    await answer(client.PATCH('/api/me', { body: { locale: language } })).catch(() => null);
  }
  // The server words some answers itself, in the language of the request.
  await queryClient.invalidateQueries();
}

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <Notifications position="bottom-center" />
      <LanguageSwitch onSwitch={onSwitch}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </LanguageSwitch>
    </MantineProvider>
  );
}
