import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { QrCode } from '@/shared/ui/QrCode';
import classes from './KitCode.module.css';
import { kitQrQuery } from './queries';

/** The code that teachers in the room confirm with their phones, and how many have. */
export function KitCode({ eventId }: { eventId: string }) {
  const { t } = useTranslation('shared');
  const { data: shown } = useQuery(kitQrQuery(eventId));
  if (!shown) return null;
  return (
    <section className={classes.code} aria-label={t('kitCode.title')}>
      <QrCode text={shown.url} label={t('kitCode.picture')} className={classes.picture} />
      <p className={classes.words}>{t('kitCode.title')}</p>
      <p className={classes.count} aria-live="polite">
        {t('kitCode.confirmed', { count: shown.confirmed })}
      </p>
    </section>
  );
}
