import {
  IconBuilding,
  IconChartBar,
  IconClipboardList,
  IconCalendarEvent,
  IconCalendarMonth,
  IconDeviceTv,
  IconCertificate,
  IconFileCertificate,
  IconFileSearch,
  IconFileText,
  IconHome,
  IconLayoutDashboard,
  IconLifebuoy,
  IconListDetails,
  IconMail,
  IconMailPlus,
  IconMessageReport,
  IconSchool,
  IconUsers,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { institutionsKept, institutionsLed, invites, isAdministrator, readsCityRegister, type Me } from '@/shared/api';
import classes from './Shell.module.css';

type Entry = { to: NonNullable<LinkProps['to']>; label: string; Icon: Icon; shown: boolean };

/** The sections this person has anything to do in. */
export function Navigation({ me }: { me: Me }) {
  const { t } = useTranslation('shared');
  const person = me.person !== null;
  // A register is for those whom a role gives work in it; everyone finds colleagues where they invite them.
  const keeper = me.grants.some(({ role }) => role !== 'association_head');
  return (
    <>
      <Entries
        entries={[
          { to: '/', label: t('nav.home'), Icon: IconHome, shown: person },
          { to: '/overview', label: t('nav.overview'), Icon: IconLayoutDashboard, shown: readsCityRegister(me) || institutionsLed(me).length > 0 },
          { to: '/meetings', label: t('nav.events'), Icon: IconCalendarEvent, shown: person },
          { to: '/calendar', label: t('nav.calendar'), Icon: IconCalendarMonth, shown: person },
          { to: '/associations', label: t('nav.associations'), Icon: IconUsersGroup, shown: person },
          { to: '/project', label: t('nav.project'), Icon: IconClipboardList, shown: person },
          { to: '/indicators', label: t('nav.indicators'), Icon: IconChartBar, shown: person },
          { to: '/papers', label: t('nav.projectPapers'), Icon: IconFileText, shown: person },
          { to: '/part', label: t('nav.part'), Icon: IconCertificate, shown: person },
        ]}
      />
      <Entries
        title={t('nav.groups.registers')}
        entries={[
          { to: '/people', label: t('nav.people'), Icon: IconUsers, shown: keeper },
          { to: '/institutions', label: t('nav.institutions'), Icon: IconBuilding, shown: keeper },
          { to: '/classes', label: t('nav.classes'), Icon: IconSchool, shown: institutionsKept(me).length > 0 },
          { to: '/kits', label: t('nav.kits'), Icon: IconDeviceTv, shown: keeper },
          { to: '/invitations', label: t('nav.invitations'), Icon: IconMailPlus, shown: invites(me) },
        ]}
      />
      <Entries
        title={t('nav.groups.administration')}
        entries={[
          { to: '/positions', label: t('nav.positions'), Icon: IconListDetails, shown: isAdministrator(me) },
          { to: '/access-log', label: t('nav.accessLog'), Icon: IconFileSearch, shown: isAdministrator(me) },
          { to: '/letterhead', label: t('nav.letterhead'), Icon: IconFileCertificate, shown: isAdministrator(me) },
          { to: '/letters', label: t('nav.letters'), Icon: IconMail, shown: isAdministrator(me) },
          { to: '/problem-reports', label: t('nav.problems'), Icon: IconMessageReport, shown: isAdministrator(me) },
        ]}
      />
      <Entries entries={[{ to: '/help', label: t('nav.help'), Icon: IconLifebuoy, shown: true }]} />
    </>
  );
}

function Entries({ title, entries }: { title?: string; entries: Entry[] }) {
  const shown = entries.filter((entry) => entry.shown);
  if (shown.length === 0) return null;
  return (
    <>
      {title && <div className={classes.group}>{title}</div>}
      <ul className={classes.list}>
        {shown.map(({ to, label, Icon }) => (
          <li key={label}>
            <Link to={to} className={classes.link} activeOptions={{ exact: to === '/' }}>
              <Icon size={20} stroke={1.75} aria-hidden />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
