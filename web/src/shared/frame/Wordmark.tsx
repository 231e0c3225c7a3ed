import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './Frame.module.css';

/** The name of the product, leading home. */
export function Wordmark() {
  const { t } = useTranslation('shared');
  return (
    <Link to="/" className={classes.wordmark}>
      <img src="/icon.svg" alt="" width={28} height={28} />
      <span>{t('product')}</span>
    </Link>
  );
}
