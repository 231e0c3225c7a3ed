import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../hooks/useCall';
import classes from './Call.module.css';

interface Props {
  title: string;
  phone: boolean;
  children: ReactNode;
}

/**
 * The panel beside the stage; on a phone a sheet over its lower part. Focus goes in with the panel and back to where
 * it came from; Escape closes.
 */
export function Panel({ title, phone, children }: Props) {
  const { t } = useTranslation('room');
  const { view } = useCall();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const came = document.activeElement;
    const first = panel.current?.querySelector<HTMLElement>('[data-first]');
    // On a phone the keyboard would cover what one came to read.
    (phone ? panel.current : (first ?? panel.current))?.focus({ preventScroll: true });
    return () => {
      if (came instanceof HTMLElement && came.isConnected) came.focus({ preventScroll: true });
    };
  }, [phone]);
  useEffect(() => {
    const element = panel.current;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) view.closePanel();
    };
    element?.addEventListener('keydown', onKey);
    return () => element?.removeEventListener('keydown', onKey);
  }, [view]);
  return (
    <>
      {phone && <button type="button" className={classes.veil} aria-hidden tabIndex={-1} onClick={() => view.closePanel()} />}
      <aside
        ref={panel}
        className={classes.panel}
        data-phone={phone || undefined}
        aria-label={title}
        tabIndex={-1}
      >
        <header>
          <h2>{title}</h2>
          <button type="button" aria-label={t('panel.close')} onClick={() => view.closePanel()}>
            <IconX aria-hidden />
          </button>
        </header>
        {children}
      </aside>
    </>
  );
}
