import { useTranslation } from 'react-i18next';
import type { Certificate } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { Group, Paper, Stack, Text } from '@/shared/ui';
import { CertificateLinks } from './CertificateLinks';

/** A person's certificates, each with the page that verifies it. */
export function CertificateList({ certificates }: { certificates: Certificate[] }) {
  const { t } = useTranslation(['portfolio', 'shared']);
  const { language } = useLanguage();
  return (
    <Stack gap="sm">
      {certificates.map((one) => (
        <Paper key={one.id} p="md" component="article" aria-label={one.number}>
          <Group justify="space-between" gap="md">
            <div>
              <Text fw={600}>{one.title}</Text>
              <Text size="sm" c="dimmed">
                {[t(`shared:eventRoles.${one.role}`), formatDate(one.heldOn, language)].join(' · ')}
              </Text>
            </div>
            <CertificateLinks certificate={one} />
          </Group>
        </Paper>
      ))}
    </Stack>
  );
}
