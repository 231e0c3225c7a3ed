import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The short code for support. Its explanation opens beside: what one is in the middle of must not be lost. */
export function ErrorCode({ code }: { code: string }) {
  const { t } = useTranslation('shared');
  return (
    <Anchor size="xs" c="dimmed" underline="always" href={errorHref(code)} target="_blank" rel="noopener">
      {t('errors.code', { code })}
    </Anchor>
  );
}

/** Where a code is explained: the `type` of the server's problem documents. */
export function errorHref(code: string): string {
  return `/help/errors#${code}`;
}
