import { useTranslation } from 'react-i18next';
import { Checkbox, Group, NumberInput, Stack } from '@/shared/ui';
import { ROLES, type RuleValues } from './rule';
import type { EventRole } from '@/shared/api';

/** Whom to certify, and for how much presence. */
export function RuleForm({ values, onChange, hours }: { values: RuleValues; onChange: (values: RuleValues) => void; hours?: number }) {
  const { t } = useTranslation(['certificate', 'shared']);
  return (
    <Stack>
      <Checkbox.Group
        label={t('rule.roles')}
        value={values.roles}
        onChange={(roles) => onChange({ ...values, roles: roles as EventRole[] })}
        error={values.roles.length === 0 && t('rule.noRoles')}
      >
        <Group mt="xs" gap="md">
          {ROLES.map((role) => (
            <Checkbox key={role} value={role} label={t(`shared:eventRoles.${role}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <Group align="flex-start" gap="md">
        <NumberInput
          label={t('rule.minShare')}
          suffix=" %"
          min={0}
          max={100}
          w={200}
          value={values.minShare}
          onChange={(minShare) => onChange({ ...values, minShare })}
        />
        <NumberInput
          label={t('rule.minMinutes')}
          min={0}
          max={1440}
          w={200}
          value={values.minMinutes}
          onChange={(minMinutes) => onChange({ ...values, minMinutes })}
        />
        <NumberInput
          label={t('rule.hours')}
          placeholder={hours === undefined ? '' : String(hours)}
          min={1}
          max={500}
          w={200}
          value={values.hours}
          onChange={(hours) => onChange({ ...values, hours })}
        />
      </Group>
    </Stack>
  );
}
