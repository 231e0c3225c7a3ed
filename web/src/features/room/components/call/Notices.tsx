import { IconX } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { errorHref } from '@/shared/ui';
import type { Notice } from '../../call/notices';
import { deviceKind } from '../../call/problems';
import { useStore } from '../../call/store';
import { useCall } from '../../hooks/useCall';
import classes from './Call.module.css';

/** Short words about what has just happened to me: muted by the host, a camera that is busy, a refusal. */
export function Notices() {
  const { t } = useTranslation('room');
  const { session } = useCall();
  const notices = useStore(session.notices.state);
  return (
    <div role="status" aria-live="polite" className={classes.notices} data-testid="notices">
      {notices.map((notice) => {
        const { title, text, retry } = wordsFor(notice, t);
        return (
          <div key={notice.id} className={classes.notice}>
            <div>
              {title && <strong>{title}</strong>}
              <p>{text}</p>
              {notice.code && (
                <small>
                  <a href={errorHref(notice.code)} target="_blank" rel="noopener">
                    {t('notice.code', { code: notice.code })}
                  </a>
                </small>
              )}
              {retry && (
                <button
                  type="button"
                  className={classes.noticeRetry}
                  onClick={() => {
                    session.notices.dismiss(notice.id);
                    void session.setSwitch(notice.source ?? 'microphone', true);
                  }}
                >
                  {t('device.retry')}
                </button>
              )}
            </div>
            <button type="button" className={classes.noticeClose} aria-label={t('notice.close')} onClick={() => session.notices.dismiss(notice.id)}>
              <IconX size={18} aria-hidden />
            </button>
          </div>
        );
      })}
    </div>
  );
}

function wordsFor(notice: Notice, t: TFunction<'room'>): { title?: string; text: string; retry?: boolean } {
  if (notice.key !== 'problem') return { text: t(`notice.${notice.key}`) };
  const kind = deviceKind(notice.code);
  if (kind) {
    const device = notice.source === 'screen_share' ? t('controls.screenOn') : t(`device.${notice.source ?? 'microphone'}`);
    return { title: t(`device.${kind}.title`, { device }), text: t(`device.${kind}.text`), retry: true };
  }
  if (notice.detail) return { text: notice.detail };
  if (notice.code === 'network') return { text: t('notice.network') };
  return { text: t(notice.code === 'unexpected' ? 'notice.unexpected' : 'notice.refused') };
}
