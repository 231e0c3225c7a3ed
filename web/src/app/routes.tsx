import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { parseAccessLogSearch } from '@/features/access_log/routes/search';
import { parseInstitutionsSearch } from '@/features/institution/routes/search';
import { parsePeopleSearch } from '@/features/person/routes/search';
import { meQuery } from '@/shared/api';
import { safePath } from '@/shared/lib/safePath';
import { followLanguage } from './i18n/start';
import { Shell } from './Shell';

/**
 * The table of contents of the client: every address and the feature that answers it.
 * Pages are loaded when they are first opened. `bare` pages (sign-in, an invitation, the room) fill the
 * window; `shell` pages have the navigation around them; `signed` ones among them need an account.
 */
const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  beforeLoad: async ({ context }) => {
    const me = await context.queryClient.ensureQueryData(meQuery);
    // The account's language wins on any device, since the server words its answers in it.
    if (me.person) await followLanguage(me.locale);
    return { me };
  },
  component: Outlet,
});

const bare = createRoute({ getParentRoute: () => root, id: 'bare', component: Outlet });
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });

const signed = createRoute({
  getParentRoute: () => shell,
  id: 'signed',
  beforeLoad: ({ context, location }) => {
    if (!context.me.person) throw redirect({ to: '/sign-in', search: { next: location.href } });
    if (context.me.consentDue) throw redirect({ to: '/consent', search: { next: location.href } });
  },
  component: Outlet,
});

/** Where to go after a step that stands in the way. */
const parseNext = (search: Record<string, unknown>): { next?: string } => {
  const next = safePath(search['next']);
  return next === '/' ? {} : { next };
};

const signIn = createRoute({
  getParentRoute: () => bare,
  path: '/sign-in',
  validateSearch: parseNext,
  component: lazyRouteComponent(() => import('@/features/session/routes/SignInPage'), 'SignInPage'),
});

const consent = createRoute({
  getParentRoute: () => bare,
  path: '/consent',
  validateSearch: parseNext,
  component: lazyRouteComponent(() => import('@/features/session/routes/ConsentPage'), 'ConsentPage'),
});

const slip = createRoute({
  getParentRoute: () => bare,
  path: '/slip',
  component: lazyRouteComponent(() => import('@/features/invitation/routes/SlipPage'), 'SlipPage'),
});

/** An invitation, a reset of a password or a redeemed slip: the server says which it is. */
const invitation = createRoute({
  getParentRoute: () => bare,
  path: '/i/$token',
  component: lazyRouteComponent(() => import('@/features/invitation/routes/AcceptPage'), 'AcceptPage'),
});

const home = createRoute({
  getParentRoute: () => signed,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/home/routes/HomePage'), 'HomePage'),
});

const events = createRoute({
  getParentRoute: () => signed,
  path: '/meetings',
  component: lazyRouteComponent(() => import('@/features/event/routes/EventsPage'), 'EventsPage'),
});

const newEvent = createRoute({
  getParentRoute: () => signed,
  path: '/meetings/new',
  component: lazyRouteComponent(() => import('@/features/event/routes/NewEventPage'), 'NewEventPage'),
});

const event = createRoute({
  getParentRoute: () => signed,
  path: '/meetings/$eventId',
  component: lazyRouteComponent(() => import('@/features/event/routes/EventPage'), 'EventPage'),
});

const editEvent = createRoute({
  getParentRoute: () => signed,
  path: '/meetings/$eventId/edit',
  component: lazyRouteComponent(() => import('@/features/event/routes/EditEventPage'), 'EditEventPage'),
});

const profile = createRoute({
  getParentRoute: () => signed,
  path: '/profile',
  component: lazyRouteComponent(() => import('@/features/me/routes/ProfilePage'), 'ProfilePage'),
});

const people = createRoute({
  getParentRoute: () => signed,
  path: '/people',
  validateSearch: parsePeopleSearch,
  component: lazyRouteComponent(() => import('@/features/person/routes/PeoplePage'), 'PeoplePage'),
});

const newPerson = createRoute({
  getParentRoute: () => signed,
  path: '/people/new',
  component: lazyRouteComponent(() => import('@/features/person/routes/NewPersonPage'), 'NewPersonPage'),
});

const person = createRoute({
  getParentRoute: () => signed,
  path: '/people/$personId',
  component: lazyRouteComponent(() => import('@/features/person/routes/PersonPage'), 'PersonPage'),
});

const institutions = createRoute({
  getParentRoute: () => signed,
  path: '/institutions',
  validateSearch: parseInstitutionsSearch,
  component: lazyRouteComponent(() => import('@/features/institution/routes/InstitutionsPage'), 'InstitutionsPage'),
});

const newInstitution = createRoute({
  getParentRoute: () => signed,
  path: '/institutions/new',
  component: lazyRouteComponent(() => import('@/features/institution/routes/NewInstitutionPage'), 'NewInstitutionPage'),
});

const institution = createRoute({
  getParentRoute: () => signed,
  path: '/institutions/$institutionId',
  component: lazyRouteComponent(() => import('@/features/institution/routes/InstitutionPage'), 'InstitutionPage'),
});

const invitations = createRoute({
  getParentRoute: () => signed,
  path: '/invitations',
  component: lazyRouteComponent(() => import('@/features/invitation/routes/InvitationsPage'), 'InvitationsPage'),
});

const importPeople = createRoute({
  getParentRoute: () => signed,
  path: '/invitations/import',
  component: lazyRouteComponent(() => import('@/features/invitation/routes/ImportPage'), 'ImportPage'),
});

const slips = createRoute({
  getParentRoute: () => signed,
  path: '/invitations/slips',
  component: lazyRouteComponent(() => import('@/features/invitation/routes/SlipsPage'), 'SlipsPage'),
});

const accessLog = createRoute({
  getParentRoute: () => signed,
  path: '/access-log',
  validateSearch: parseAccessLogSearch,
  component: lazyRouteComponent(() => import('@/features/access_log/routes/AccessLogPage'), 'AccessLogPage'),
});

const problemReports = createRoute({
  getParentRoute: () => signed,
  path: '/problem-reports',
  component: lazyRouteComponent(() => import('@/features/problem_report/routes/ProblemReportsPage'), 'ProblemReportsPage'),
});

const help = createRoute({
  getParentRoute: () => shell,
  path: '/help',
  component: lazyRouteComponent(() => import('./HelpRoute'), 'HelpRoute'),
});

/** Where the `type` of a problem document leads. */
const errorCodes = createRoute({
  getParentRoute: () => shell,
  path: '/help/errors',
  beforeLoad: () => {
    throw redirect({ to: '/help' });
  },
});

const privacy = createRoute({
  getParentRoute: () => shell,
  path: '/privacy',
  component: lazyRouteComponent(() => import('@/features/help/routes/PrivacyPage'), 'PrivacyPage'),
});

/** The link to a room: guests need no account here; whoever has one has read the notice. */
const room = createRoute({
  getParentRoute: () => bare,
  path: '/r/$code',
  beforeLoad: ({ context, location }) => {
    if (context.me.person && context.me.consentDue) throw redirect({ to: '/consent', search: { next: location.href } });
  },
  component: lazyRouteComponent(() => import('@/features/room/routes/RoomPage'), 'RoomPage'),
});

export const routeTree = root.addChildren([
  bare.addChildren([signIn, consent, slip, invitation, room]),
  shell.addChildren([
    help,
    errorCodes,
    privacy,
    signed.addChildren([
      home,
      events,
      newEvent,
      event,
      editEvent,
      profile,
      people,
      newPerson,
      person,
      institutions,
      newInstitution,
      institution,
      invitations,
      importPeople,
      slips,
      accessLog,
      problemReports,
    ]),
  ]),
]);
