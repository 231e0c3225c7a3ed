import { useQuery } from '@tanstack/react-query';
import { IconClipboardList } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMe, type Project } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { Badge, ButtonLink, EmptyState, ErrorNotice, Group, Page, PageLoader, TextLink } from '@/shared/ui';
import { projectQuery } from '../api/project';
import classes from './Frame.module.css';
import { LightBadge } from './LightBadge';
import { formatIsoDay } from './words';

const sections = [
  { to: '/project', key: 'overview' },
  { to: '/project/passport', key: 'passport' },
  { to: '/project/schedule', key: 'schedule' },
  { to: '/project/figures', key: 'figures' },
  { to: '/project/budget', key: 'budget' },
  { to: '/project/risks', key: 'risks' },
  { to: '/project/changes', key: 'changes' },
  { to: '/project/check', key: 'check' },
] as const;

/** Title, state and sections of every page about the project; loads it, or offers to begin one. */
export function Frame({
  section,
  actions,
  children,
}: {
  section: (typeof sections)[number]['key'];
  actions?: (project: Project) => ReactNode;
  children: (project: Project) => ReactNode;
}) {
  const { t } = useTranslation('project');
  const { language } = useLanguage();
  const me = useMe();
  const query = useQuery(projectQuery);
  if (query.isPending) return <PageLoader />;
  if (query.data === undefined) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  const project = query.data;
  if (project === null) {
    return (
      <Page title={t('title')}>
        <EmptyState
          icon={<IconClipboardList size={40} />}
          title={t('none.title')}
          text={t('none.text')}
          action={may(me, 'project.lead') && <ButtonLink to="/project/edit">{t('none.begin')}</ButtonLink>}
        />
      </Page>
    );
  }
  const { lifecycle } = project;
  const since = 'since' in lifecycle ? lifecycle.since : lifecycle.decision.date;
  return (
    <Page
      title={t(`sections.${section}`)}
      subtitle={project.passport.title}
      actions={actions?.(project)}
    >
      <Group gap="sm" mb="sm">
        <LightBadge light={project.light} of="project" />
        <Badge variant="outline" tt="none" size="lg" color="gray">
          {t(`states.${lifecycle.state}`, { date: formatIsoDay(since, language) })}
        </Badge>
      </Group>
      <nav className={classes.sections} aria-label={t('sections.label')} data-print="no">
        {sections.map(({ to, key }) => (
          <TextLink
            key={key}
            to={to}
            activeOptions={{ exact: true }}
            className={classes.section}
            aria-current={key === section ? 'page' : undefined}
            underline="never"
          >
            {t(`sections.${key}`)}
            {key === 'check' && project.findings.errors > 0 && ` (${project.findings.errors})`}
          </TextLink>
        ))}
      </nav>
      {children(project)}
    </Page>
  );
}
