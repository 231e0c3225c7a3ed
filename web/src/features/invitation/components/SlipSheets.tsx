import { useTranslation } from 'react-i18next';
import type { Slip } from '@/shared/api';
import classes from './SlipSheets.module.css';
import { sheetsOf } from './sheets';

/** The slips as they go to the printer: ten to an A4 sheet, with lines to cut along. */
export function SlipSheets({ slips, institution }: { slips: Slip[]; institution: string }) {
  const { t } = useTranslation('invitation');
  const address = `${window.location.origin}/slip`;
  return sheetsOf(slips).map((sheet) => (
    <div key={sheet[0]?.personId} className={classes.sheet}>
      {sheet.map((slip) => (
        <article key={slip.personId} className={classes.slip}>
          <div className={classes.name}>{slip.name}</div>
          <div className={classes.small}>{institution}</div>
          <div className={classes.step}>{t('slips.open')}</div>
          <div className={classes.address}>{address}</div>
          <div className={classes.step}>{t('slips.code')}</div>
          <div className={classes.code}>{slip.code}</div>
          <div className={classes.small}>{t('slips.login', { login: slip.login })}</div>
        </article>
      ))}
    </div>
  ));
}
