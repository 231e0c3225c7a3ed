import { useTranslation } from 'react-i18next';
import { may, useMe } from '@/shared/api';
import { Page, Section } from '@/shared/ui';
import { News } from '../components/News';
import { Papers } from '../components/Papers';
import { PublicLinks } from '../components/PublicLinks';

/** What the project gives out: its papers, its public page, its news. */
export function PapersPage() {
  const { t } = useTranslation('project_paper');
  const me = useMe();
  return (
    <Page title={t('title')} narrow>
      <Section title={t('papersTitle')}>
        <Papers />
      </Section>
      <Section title={t('public.title')}>
        <PublicLinks />
      </Section>
      <Section title={t('news.heading')}>
        <News writes={may(me, 'project.lead')} />
      </Section>
    </Page>
  );
}
