import { useTranslation } from 'react-i18next';
import { Title } from '@/shared/ui';

export function SignInPage() {
  const { t } = useTranslation('session');
  return <Title order={1}>{t('title')}</Title>;
}
