import { useTranslation } from 'react-i18next';
import type { MyRegistration } from '@/shared/api';
import { Alert, Text } from '@/shared/ui';

const colors = { to_decide: 'blue', confirmed: 'teal', waiting: 'yellow', declined: 'red', withdrawn: 'gray' } as const;

/** How the registration stands, in words. */
export function StateNotice({ mine }: { mine: MyRegistration }) {
  const { t } = useTranslation('registration');
  const next = mine.state === 'waiting' && mine.ahead > 0 ? t('ahead', { count: mine.ahead }) : t(`next.${mine.state}`);
  return (
    <Alert role="status" color={colors[mine.state]} variant="light" title={t(`states.${mine.state}`)}>
      <Text size="sm">{next}</Text>
    </Alert>
  );
}
