import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render, type RenderResult } from '@testing-library/react';
import i18next from 'i18next';
import { act, type ReactElement } from 'react';
import { initReactI18next } from 'react-i18next';
import { meQuery, type Me } from '@/shared/api';
import { anonymous } from './people';

type Texts = Record<string, object>;

/**
 * Draws a component the way the application does: theme, Russian texts, router and server state.
 * `texts` are the namespaces it uses, `shared` among them.
 */
export async function show(
  element: ReactElement,
  { texts, me = anonymous, path = '/' }: { texts: Texts; me?: Me; path?: string },
): Promise<RenderResult> {
  await i18next.use(initReactI18next).init({
    lng: 'ru',
    fallbackLng: false,
    defaultNS: 'shared',
    resources: { ru: texts },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queries.setQueryData(meQuery.queryKey, me);
  const router = createRouter({
    routeTree: createRootRoute({ component: () => element, notFoundComponent: () => element }),
    history: createMemoryHistory({ initialEntries: [path] }),
  });
  const result = render(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await act(() => router.load());
  return result;
}
