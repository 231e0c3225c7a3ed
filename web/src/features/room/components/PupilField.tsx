import { useTranslation } from 'react-i18next';
import { Anchor, Stack, Text, TextInput } from '@/shared/ui';

interface Props {
  code: string;
  onChange: (code: string) => void;
  /** The person pressed «join»: what is missing is said. */
  tried: boolean;
  /** What the server said of the code. */
  problem?: string | undefined;
}

/** A pupil's code, which stands in place of a name and a consent of their own. */
export function PupilField({ code, onChange, tried, problem }: Props) {
  const { t } = useTranslation('room');
  return (
    <Stack gap="md">
      <TextInput
        label={t('pupil.code')}
        description={t('pupil.hint')}
        placeholder="ACDEF-GH347"
        value={code}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={tried && !code.trim() ? t('pupil.missing') : problem}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={20}
        required
        withAsterisk={false}
      />
      <Text size="sm">
        <Anchor href={`/sign-in?next=${encodeURIComponent(window.location.pathname)}`}>{t('join.signIn')}</Anchor>
      </Text>
    </Stack>
  );
}
