import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { parseAccessLogSearch } from '@/features/access_log/routes/search';
import { parseCalendarSearch } from '@/features/calendar/routes/search';
import { parseNewEventSearch } from '@/features/event/routes/search';
import { parseIndicatorSearch, parseIndicatorsSearch } from '@/features/indicator/routes/search';
import { parseInstitutionsSearch, parseMonthSearch } from '@/features/institution/routes/search';
import { parsePeopleSearch } from '@/features/person/routes/search';
import { parseOverviewSearch } from '@/features/overview/routes/search';
import { parseEditSearch } from '@/features/project/routes/search';
import { meQuery } from '@/shared/api';
import { safePath } from '@/shared/lib/safePath';
import { enterHouse, followLanguage } from './i18n/start';

/**
 * The table of contents of the client: every address and the feature that answers it.
 * Pages are loaded when they are first opened. `bare` pages (sign-in, an invitation, the room) fill the
 * window; `shell` pages have the navigation around them; `signed` ones among them need an account.
 */
const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  beforeLoad: async ({ context, location }) => {
    const me = await context.queryClient.ensureQueryData(meQuery);
    // The account's language wins on any device, since the server words its answers in it.
    if (me.person) await followLanguage(me.locale);
    if (!location.pathname.startsWith('/r/')) await enterHouse();
    return { me };
  },
  component: Outlet,
});

const bare = createRoute({ getParentRoute: () => root, id: 'bare', component: Outlet });
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: lazyRouteComponent(() => import('./Shell'), 'Shell') });

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

/** Anyone with a certificate in hand verifies it here. */
const verify = createRoute({
  getParentRoute: () => bare,
  path: '/c/$code',
  component: lazyRouteComponent(() => import('@/features/certificate/routes/VerifyPage'), 'VerifyPage'),
});

/** Registering for a public event, without an account. */
const publicRegistration = createRoute({
  getParentRoute: () => bare,
  path: '/e/$eventId',
  component: lazyRouteComponent(() => import('@/features/registration/routes/PublicRegistrationPage'), 'PublicRegistrationPage'),
});

/** A guest's own registration, by the link in their letter. */
const ownRegistration = createRoute({
  getParentRoute: () => bare,
  path: '/registration/$code',
  component: lazyRouteComponent(() => import('@/features/registration/routes/OwnRegistrationPage'), 'OwnRegistrationPage'),
});

const home = createRoute({
  getParentRoute: () => signed,
  path: '/',
  component: lazyRouteComponent(() => import('./HomeRoute'), 'HomeRoute'),
});

const overview = createRoute({
  getParentRoute: () => signed,
  path: '/overview',
  validateSearch: parseOverviewSearch,
  component: lazyRouteComponent(() => import('./OverviewRoute'), 'OverviewRoute'),
});

const calendar = createRoute({
  getParentRoute: () => signed,
  path: '/calendar',
  validateSearch: parseCalendarSearch,
  component: lazyRouteComponent(() => import('@/features/calendar/routes/CalendarPage'), 'CalendarPage'),
});

const associations = createRoute({
  getParentRoute: () => signed,
  path: '/associations',
  component: lazyRouteComponent(() => import('@/features/association/routes/AssociationsPage'), 'AssociationsPage'),
});

const newAssociation = createRoute({
  getParentRoute: () => signed,
  path: '/associations/new',
  component: lazyRouteComponent(() => import('@/features/association/routes/NewAssociationPage'), 'NewAssociationPage'),
});

const association = createRoute({
  getParentRoute: () => signed,
  path: '/associations/$associationId',
  component: lazyRouteComponent(() => import('@/features/association/routes/AssociationPage'), 'AssociationPage'),
});

const events = createRoute({
  getParentRoute: () => signed,
  path: '/meetings',
  component: lazyRouteComponent(() => import('@/features/event/routes/EventsPage'), 'EventsPage'),
});

const newEvent = createRoute({
  getParentRoute: () => signed,
  path: '/meetings/new',
  validateSearch: parseNewEventSearch,
  component: lazyRouteComponent(() => import('@/features/event/routes/NewEventPage'), 'NewEventPage'),
});

const event = createRoute({
  getParentRoute: () => signed,
  path: '/meetings/$eventId',
  component: lazyRouteComponent(() => import('./EventRoute'), 'EventRoute'),
});

const invitees = createRoute({
  getParentRoute: () => signed,
  path: '/meetings/$eventId/invitees',
  component: lazyRouteComponent(() => import('@/features/invitee/routes/InviteesPage'), 'InviteesPage'),
});

const registrations = createRoute({
  getParentRoute: () => signed,
  path: '/meetings/$eventId/registrations',
  component: lazyRouteComponent(() => import('@/features/registration/routes/RegistrationsPage'), 'RegistrationsPage'),
});

const eventLetters = createRoute({
  getParentRoute: () => signed,
  path: '/meetings/$eventId/letters',
  component: lazyRouteComponent(() => import('@/features/letter/routes/EventLettersPage'), 'EventLettersPage'),
});

const positions = createRoute({
  getParentRoute: () => signed,
  path: '/positions',
  component: lazyRouteComponent(() => import('@/features/position/routes/PositionsPage'), 'PositionsPage'),
});

const letters = createRoute({
  getParentRoute: () => signed,
  path: '/letters',
  component: lazyRouteComponent(() => import('@/features/letter/routes/LettersPage'), 'LettersPage'),
});

const editEvent = createRoute({
  getParentRoute: () => signed,
  path: '/meetings/$eventId/edit',
  component: lazyRouteComponent(() => import('@/features/event/routes/EditEventPage'), 'EditEventPage'),
});

const certificates = createRoute({
  getParentRoute: () => signed,
  path: '/meetings/$eventId/certificates',
  component: lazyRouteComponent(() => import('@/features/certificate/routes/CertificatesPage'), 'CertificatesPage'),
});

/** One deck of slides, with the notes to its pages. */
const deck = createRoute({
  getParentRoute: () => signed,
  path: '/meetings/$eventId/slides/$deckId',
  component: lazyRouteComponent(() => import('@/features/deck/routes/DeckPage'), 'DeckPage'),
});

const minutes = createRoute({
  getParentRoute: () => signed,
  path: '/meetings/$eventId/minutes',
  component: lazyRouteComponent(() => import('@/features/minutes/routes/MinutesPage'), 'MinutesPage'),
});

const part = createRoute({
  getParentRoute: () => signed,
  path: '/part',
  component: lazyRouteComponent(() => import('@/features/portfolio/routes/PartPage'), 'PartPage'),
});

const indicators = createRoute({
  getParentRoute: () => signed,
  path: '/indicators',
  validateSearch: parseIndicatorsSearch,
  component: lazyRouteComponent(() => import('@/features/indicator/routes/IndicatorsPage'), 'IndicatorsPage'),
});

const indicatorSettings = createRoute({
  getParentRoute: () => signed,
  path: '/indicators/settings',
  component: lazyRouteComponent(() => import('@/features/indicator/routes/IndicatorSettingsPage'), 'IndicatorSettingsPage'),
});

const indicatorNew = createRoute({
  getParentRoute: () => signed,
  path: '/indicators/new',
  component: lazyRouteComponent(() => import('@/features/indicator/routes/IndicatorFormPage'), 'IndicatorNewPage'),
});

const indicatorEdit = createRoute({
  getParentRoute: () => signed,
  path: '/indicators/$key/edit',
  component: lazyRouteComponent(() => import('@/features/indicator/routes/IndicatorFormPage'), 'IndicatorEditPage'),
});

const indicator = createRoute({
  getParentRoute: () => signed,
  path: '/indicators/$key',
  validateSearch: parseIndicatorSearch,
  component: lazyRouteComponent(() => import('@/features/indicator/routes/IndicatorPage'), 'IndicatorPage'),
});

const project = createRoute({
  getParentRoute: () => signed,
  path: '/project',
  component: lazyRouteComponent(() => import('@/features/project/routes/ProjectPage'), 'ProjectPage'),
});

const projectPassport = createRoute({
  getParentRoute: () => signed,
  path: '/project/passport',
  component: lazyRouteComponent(() => import('@/features/project/routes/PassportPage'), 'PassportPage'),
});

const projectEdit = createRoute({
  getParentRoute: () => signed,
  path: '/project/edit',
  validateSearch: parseEditSearch,
  component: lazyRouteComponent(() => import('@/features/project/routes/EditPage'), 'EditPage'),
});

const projectSchedule = createRoute({
  getParentRoute: () => signed,
  path: '/project/schedule',
  component: lazyRouteComponent(() => import('@/features/project/routes/SchedulePage'), 'SchedulePage'),
});

const projectFigures = createRoute({
  getParentRoute: () => signed,
  path: '/project/figures',
  component: lazyRouteComponent(() => import('@/features/project/routes/FiguresPage'), 'FiguresPage'),
});

const projectBudget = createRoute({
  getParentRoute: () => signed,
  path: '/project/budget',
  component: lazyRouteComponent(() => import('@/features/project/routes/BudgetPage'), 'BudgetPage'),
});

const projectRisks = createRoute({
  getParentRoute: () => signed,
  path: '/project/risks',
  component: lazyRouteComponent(() => import('@/features/project/routes/RisksPage'), 'RisksPage'),
});

const projectChanges = createRoute({
  getParentRoute: () => signed,
  path: '/project/changes',
  component: lazyRouteComponent(() => import('@/features/project/routes/ChangesPage'), 'ChangesPage'),
});

const projectRequest = createRoute({
  getParentRoute: () => signed,
  path: '/project/changes/$requestId',
  component: lazyRouteComponent(() => import('@/features/project/routes/RequestPage'), 'RequestPage'),
});

const projectCheck = createRoute({
  getParentRoute: () => signed,
  path: '/project/check',
  component: lazyRouteComponent(() => import('@/features/project/routes/CheckPage'), 'CheckPage'),
});

const projectPapers = createRoute({
  getParentRoute: () => signed,
  path: '/papers',
  component: lazyRouteComponent(() => import('@/features/project_paper/routes/PapersPage'), 'PapersPage'),
});

const letterhead = createRoute({
  getParentRoute: () => signed,
  path: '/letterhead',
  component: lazyRouteComponent(() => import('@/features/certificate/routes/LetterheadPage'), 'LetterheadPage'),
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

const portfolio = createRoute({
  getParentRoute: () => signed,
  path: '/people/$personId/portfolio',
  component: lazyRouteComponent(() => import('@/features/portfolio/routes/PortfolioPage'), 'PortfolioPage'),
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

const institutionMonth = createRoute({
  getParentRoute: () => signed,
  path: '/institutions/$institutionId/month',
  validateSearch: parseMonthSearch,
  component: lazyRouteComponent(() => import('@/features/institution/routes/MonthPage'), 'MonthPage'),
});

const invitations = createRoute({
  getParentRoute: () => signed,
  path: '/invitations',
  component: lazyRouteComponent(() => import('@/features/invitation/routes/InvitationsPage'), 'InvitationsPage'),
});

const imports = createRoute({
  getParentRoute: () => signed,
  path: '/import',
  component: lazyRouteComponent(() => import('@/features/import/routes/ImportsPage'), 'ImportsPage'),
});

/** One table: its columns, the check of its rows, what came of it. */
const oneImport = createRoute({
  getParentRoute: () => signed,
  path: '/import/$importId',
  component: lazyRouteComponent(() => import('@/features/import/routes/ImportPage'), 'ImportPage'),
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
  component: lazyRouteComponent(() => import('./ErrorsRoute'), 'ErrorsRoute'),
});

const privacy = createRoute({
  getParentRoute: () => shell,
  path: '/privacy',
  component: lazyRouteComponent(() => import('@/features/help/routes/PrivacyPage'), 'PrivacyPage'),
});

const presence = createRoute({
  getParentRoute: () => signed,
  path: '/meetings/$eventId/presence',
  component: lazyRouteComponent(() => import('@/features/presence/routes/PresencePage'), 'PresencePage'),
});

const eventKits = createRoute({
  getParentRoute: () => signed,
  path: '/meetings/$eventId/kits',
  component: lazyRouteComponent(() => import('@/features/presence/routes/EventKitsPage'), 'EventKitsPage'),
});

const kits = createRoute({
  getParentRoute: () => signed,
  path: '/kits',
  component: lazyRouteComponent(() => import('@/features/kit/routes/KitsPage'), 'KitsPage'),
});

const schoolClasses = createRoute({
  getParentRoute: () => signed,
  path: '/classes',
  component: lazyRouteComponent(() => import('@/features/school_class/routes/SchoolClassesPage'), 'SchoolClassesPage'),
});

const schoolClass = createRoute({
  getParentRoute: () => signed,
  path: '/classes/$classId',
  component: lazyRouteComponent(() => import('@/features/school_class/routes/SchoolClassPage'), 'SchoolClassPage'),
});

/** The screen of a room kit. */
const kiosk = createRoute({
  getParentRoute: () => bare,
  path: '/kit',
  component: lazyRouteComponent(() => import('@/features/kit/routes/KioskPage'), 'KioskPage'),
});

/** What the code on a kit's screen opens on a phone. */
const confirmPresence = createRoute({
  getParentRoute: () => bare,
  path: '/q/$token',
  component: lazyRouteComponent(() => import('@/features/presence/routes/ConfirmPage'), 'ConfirmPage'),
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
  bare.addChildren([signIn, consent, slip, invitation, verify, publicRegistration, ownRegistration, room, kiosk, confirmPresence]),
  shell.addChildren([
    help,
    errorCodes,
    privacy,
    signed.addChildren([
      home,
    overview,
      calendar,
      associations,
      newAssociation,
      association,
      events,
      newEvent,
      event,
      editEvent,
      invitees,
      registrations,
      eventLetters,
      letters,
      positions,
      presence,
      eventKits,
      kits,
      schoolClasses,
      schoolClass,
      certificates,
      minutes,
      deck,
      part,
      indicators,
      indicatorSettings,
      indicatorNew,
      indicatorEdit,
      indicator,
      project,
      projectPassport,
      projectEdit,
      projectSchedule,
      projectFigures,
      projectBudget,
      projectRisks,
      projectChanges,
      projectRequest,
      projectCheck,
      projectPapers,
      letterhead,
      profile,
      people,
      newPerson,
      person,
      portfolio,
      institutions,
      newInstitution,
      institution,
      institutionMonth,
      invitations,
      imports,
    oneImport,
      slips,
      accessLog,
      problemReports,
    ]),
  ]),
]);
