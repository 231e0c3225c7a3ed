import { useTranslation } from 'react-i18next';
import { Title } from '@/shared/ui';

export function HomePage() {
  const { t } = useTranslation('home');
  return <Title order={1}>{t('title')}</Title>;
}
