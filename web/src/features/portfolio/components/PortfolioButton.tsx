import { IconFileTypePdf } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui';
import { portfolioUrl } from '../api/portfolio';

/** Opens the portfolio as a paper to be printed or sent. */
export function PortfolioButton({ personId }: { personId: string }) {
  const { t } = useTranslation('portfolio');
  return (
    <Button
      component="a"
      href={portfolioUrl(personId)}
      target="_blank"
      variant="default"
      leftSection={<IconFileTypePdf size={18} aria-hidden />}
    >
      {t('pdf')}
    </Button>
  );
}
