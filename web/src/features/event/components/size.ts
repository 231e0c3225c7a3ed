import type { useTranslation } from 'react-i18next';

/** How large a file is: in kilobytes, from a megabyte on in megabytes. */
export function sizeInWords(bytes: number, t: ReturnType<typeof useTranslation<['event', 'shared']>>['t']): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1024));
  if (kilobytes < 1024) return t('materials.kilobytes', { size: kilobytes });
  return t('materials.megabytes', { size: Math.round(kilobytes / 102.4) / 10 });
}
