import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SimpleGrid, TextInput } from '@/shared/ui';

type NameField = 'familyName' | 'givenName' | 'patronymic';
type Form = { getInputProps: (path: NameField) => object; errors: Record<string, ReactNode> };

/** Family name, given name, patronymic. */
export function NameFields({ form, refused }: { form: Form; refused: Record<string, string> }) {
  const { t } = useTranslation('person');
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      {(['familyName', 'givenName', 'patronymic'] as const).map((field) => (
        <TextInput
          key={field}
          label={t(`form.${field}`)}
          required={field !== 'patronymic'}
          maxLength={100}
          {...form.getInputProps(field)}
          error={form.errors[field] ?? refused[field]}
        />
      ))}
    </SimpleGrid>
  );
}
