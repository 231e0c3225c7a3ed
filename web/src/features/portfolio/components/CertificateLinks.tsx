import { useTranslation } from 'react-i18next';
import type { Certificate } from '@/shared/api';
import { Anchor, Group } from '@/shared/ui';

/** The page that verifies a certificate, and the certificate itself. */
export function CertificateLinks({ certificate }: { certificate: Certificate }) {
  const { t } = useTranslation('portfolio');
  return (
    <Group gap="md">
      <Anchor href={certificate.url} target="_blank">
        {t('certificate', { number: certificate.number })}
      </Anchor>
      <Anchor
        href={`/api/certificates/${certificate.id}/file.pdf`}
        target="_blank"
        aria-label={t('certificatePdf', { number: certificate.number })}
      >
        PDF
      </Anchor>
    </Group>
  );
}
