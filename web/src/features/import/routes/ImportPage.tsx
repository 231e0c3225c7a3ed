import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorNotice, Page, PageLoader, TextLink } from '@/shared/ui';
import { importQuery } from '../api/imports';
import { Outcome } from '../components/Outcome';
import { Preparing } from '../components/Preparing';
import { Running } from '../components/Running';

/** One table on its way in: before, during and after. A reload comes back to the same step. */
export function ImportPage() {
  const { t } = useTranslation('import');
  const { importId } = useParams({ from: '/shell/signed/import/$importId' });
  const { data: details, isPending, error } = useQuery(importQuery(importId));
  const back = <TextLink to="/import">{t('title')}</TextLink>;
  if (isPending) return <PageLoader />;
  if (!details) {
    return (
      <Page title={t('title')} back={back}>
        <ErrorNotice error={error} />
      </Page>
    );
  }
  return (
    <Page title={details.fileName} subtitle={t(`kinds.${details.kind}`)} back={back}>
      {details.state === 'running' || details.state === 'undoing' ? (
        <Running about={details} />
      ) : details.state === 'done' || details.state === 'undone' ? (
        <Outcome about={details} />
      ) : (
        <Preparing key={`${details.id} ${details.state}`} details={details} />
      )}
    </Page>
  );
}
