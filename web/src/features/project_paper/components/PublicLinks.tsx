import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/shared/i18n';
import { Anchor, CopyField, Group, Paper, Stack, Text } from '@/shared/ui';

/** The public page, what is printed from it, and the block for another site. */
export function PublicLinks() {
  const { t } = useTranslation('project_paper');
  const { language } = useLanguage();
  const at = (path: string) => `${path}?lang=${language}`;
  const block = new URL(at('/public/embed'), window.location.origin).href;
  return (
    <Paper p="lg">
      <Stack>
        <Text>{t('public.text')}</Text>
        <Group gap="lg">
          <Anchor href={at('/public')} target="_blank">
            {t('public.page')}
          </Anchor>
          <Anchor href={at('/public/bulletin.pdf')} target="_blank">
            {t('public.bulletin')}
          </Anchor>
          <Anchor href={at('/public/slide.pdf')} target="_blank">
            {t('public.slide')}
          </Anchor>
          <Anchor href={at('/public/news.rss')} target="_blank">
            {t('public.rss')}
          </Anchor>
        </Group>
        <CopyField
          label={t('public.embed')}
          value={`<iframe src="${block}" title="${t('public.page')}" width="100%" height="420"></iframe>`}
        />
      </Stack>
    </Paper>
  );
}
