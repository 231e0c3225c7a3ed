import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page, Section, Stack, Text, TextLink } from '@/shared/ui';
import { portfolioQuery } from '../api/portfolio';
import { CertificateList } from '../components/CertificateList';
import { PortfolioButton } from '../components/PortfolioButton';
import { TalkList } from '../components/TalkList';

/** A colleague's portfolio, for those who may read their card. */
export function PortfolioPage() {
  const { t } = useTranslation('portfolio');
  const { personId } = useParams({ from: '/shell/signed/people/$personId/portfolio' });
  const { data: portfolio } = useSuspenseQuery(portfolioQuery(personId));
  return (
    <Page
      title={t('of', { name: portfolio.person.name })}
      subtitle={[portfolio.position, portfolio.institution].filter((part) => part !== '').join(', ')}
      back={
        <TextLink to="/people/$personId" params={{ personId }}>
          {t('back')}
        </TextLink>
      }
      actions={<PortfolioButton personId={personId} />}
    >
      <Stack gap="xl">
        <Section title={t('talks')}>
          {portfolio.entries.length === 0 ? <Text c="dimmed">{t('noTalks')}</Text> : <TalkList talks={portfolio.entries} />}
        </Section>
        {portfolio.certificates.length > 0 && (
          <Section title={t('certificates')}>
            <CertificateList certificates={portfolio.certificates} />
          </Section>
        )}
      </Stack>
    </Page>
  );
}
