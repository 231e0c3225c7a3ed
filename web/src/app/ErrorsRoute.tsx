import { useTranslation } from 'react-i18next';
import { ErrorsPage } from '@/features/help/routes/ErrorsPage';
import { DEVICE_KINDS } from '@/features/room/call/problems';
import { FINDINGS } from '@/features/room/prejoin/check';

/** The page of codes with those that the client itself gives: of devices and the connection check, which live with the room. */
export function ErrorsRoute() {
  const { t } = useTranslation(['room', 'shared']);
  const device = t('room:device.both');
  return (
    <ErrorsPage
      own={[
        { code: 'network', title: t('shared:errors.network.title'), detail: t('shared:errors.network.text') },
        { code: 'client', title: t('shared:errors.unknown.title'), detail: t('shared:errors.unknown.text') },
        { code: 'unexpected', title: t('shared:errors.unknown.title'), detail: t('room:notice.unexpected') },
        ...DEVICE_KINDS.map((kind) => ({
          code: `device.${kind}`,
          title: t(`room:device.${kind}.title`, { device }),
          detail: t(`room:device.${kind}.text`),
        })),
        ...FINDINGS.map((kind) => ({
          code: `check.${kind}`,
          title: t(`room:check.finding.${kind}.title`),
          detail: t(`room:check.finding.${kind}.text`),
        })),
      ]}
    />
  );
}
