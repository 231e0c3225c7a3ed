import { useTranslation } from 'react-i18next';
import { Radio, Stack } from '@/shared/ui';
import type { Scope } from '../api/events';

const scopes: Scope[] = ['this', 'following', 'all'];

/** How far a change of one date of a series reaches. */
export function ScopeChoice({ value, onChange }: { value: Scope; onChange: (scope: Scope) => void }) {
  const { t } = useTranslation('event');
  return (
    <Radio.Group
      label={t('scope.label')}
      size="md"
      value={value}
      onChange={(chosen) => onChange(scopes.find((scope) => scope === chosen) ?? 'this')}
    >
      <Stack gap="xs" mt="xs">
        {scopes.map((scope) => (
          <Radio key={scope} size="md" value={scope} label={t(`scope.${scope}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
