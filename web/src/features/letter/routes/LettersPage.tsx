import { useTranslation } from 'react-i18next';
import { Page } from '@/shared/ui';
import { Letters } from '../components/Letters';

/** Every letter of the installation, for administrators. */
export function LettersPage() {
  const { t } = useTranslation('letter');
  return (
    <Page title={t('title')} subtitle={t('subtitle')}>
      <Letters eventId={null} />
    </Page>
  );
}
