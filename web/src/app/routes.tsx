import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { meQuery } from '@/shared/api';
import { Shell } from './Shell';

/**
 * The table of contents of the client: every address and the feature that answers it.
 * Pages are loaded when they are first opened. `shell` pages have the navigation around them;
 * `bare` pages (sign-in, the room) fill the window.
 */
const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Outlet });

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context }) => ({ me: await context.queryClient.ensureQueryData(meQuery) }),
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/home/routes/HomePage'), 'HomePage'),
});

const bare = createRoute({
  getParentRoute: () => root,
  id: 'bare',
  beforeLoad: async ({ context }) => ({ me: await context.queryClient.ensureQueryData(meQuery) }),
  component: Outlet,
});

const signIn = createRoute({
  getParentRoute: () => bare,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('@/features/session/routes/SignInPage'), 'SignInPage'),
});

export const routeTree = root.addChildren([shell.addChildren([home]), bare.addChildren([signIn])]);
