import { IconBackspace } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { myName, type Me } from '@/shared/api';
import { ErrorNotice } from '@/shared/ui';
import { usePair } from '../api/kits';
import classes from '../routes/Kiosk.module.css';

/** The characters of a code: none of them looks like another. */
const KEYS = 'ACDEFGHJKMNPQRTUVWXY34679';
const LENGTH = 10;

/** Pairing by touch: the code is short, and a room's screen often has no keyboard. */
export function Pairing({ me }: { me: Me }) {
  const { t } = useTranslation('kit');
  const [code, setCode] = useState('');
  const pair = usePair();
  const type = (key: string) => setCode((typed) => (typed + key).slice(0, LENGTH));
  return (
    <section className={classes.pairing}>
      <h1>{t('kiosk.pair')}</h1>
      <p>{t('kiosk.pairText')}</p>
      {me.person && <p role="status">{t('kiosk.signedIn', { name: myName(me) })}</p>}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          pair.mutate(code);
        }}
      >
        <input
          aria-label={t('kiosk.code')}
          className={classes.typed}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value.toUpperCase().slice(0, LENGTH + 1))}
          autoComplete="off"
          spellCheck={false}
        />
        <div className={classes.keys}>
          {KEYS.split('').map((key) => (
            <button key={key} type="button" onClick={() => type(key)}>
              {key}
            </button>
          ))}
          <button type="button" aria-label={t('kiosk.erase')} onClick={() => setCode((typed) => typed.slice(0, -1))}>
            <IconBackspace aria-hidden />
          </button>
        </div>
        <ErrorNotice error={pair.error} />
        <button type="submit" className={classes.join} disabled={pair.isPending || code.length < LENGTH}>
          {t('kiosk.doPair')}
        </button>
      </form>
    </section>
  );
}
