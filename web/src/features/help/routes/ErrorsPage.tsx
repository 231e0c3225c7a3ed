import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, client } from '@/shared/api';
import { Alert, Anchor, ErrorNotice, Page, Section, Skeleton, Text, TextLink } from '@/shared/ui';
import { useLanguage } from '@/shared/i18n';
import classes from './ErrorsPage.module.css';

/** What a code means and what to do; `title` is missing where the code belongs to one field of a form. */
export interface CodeLine {
  readonly code: string;
  readonly title?: string;
  readonly detail: string;
  readonly status?: number;
}

/**
 * Every error code with its words: the address `/help/errors#<code>` stands in each refusal of the server and under
 * each failure on a page. The server words its own codes; `own` are those of the client.
 */
export function ErrorsPage({ own }: { own: readonly CodeLine[] }) {
  const { t } = useTranslation('help');
  const { language } = useLanguage();
  const codes = useQuery({
    queryKey: ['help', 'errors', language],
    queryFn: () => answer(client.GET('/api/help/errors')),
    staleTime: Infinity,
  });
  const wanted = useLocation({ select: ({ hash }) => hash });
  const known = [...(codes.data?.codes ?? []), ...(codes.data?.fields ?? []), ...own].some(({ code }) => code === wanted);
  // The line comes with the answer, later than the browser looks for it.
  useEffect(() => {
    if (known) document.getElementById(wanted)?.scrollIntoView({ block: 'center' });
  }, [known, wanted]);

  return (
    <Page title={t('errorsPage.title')} subtitle={t('errorsPage.subtitle')} narrow>
      {wanted !== '' && codes.data && !known && <Alert mb="md">{t('errorsPage.unknown', { code: wanted })}</Alert>}
      <Section title={t('errorsPage.server')}>
        <ErrorNotice error={codes.error} onRetry={() => void codes.refetch()} />
        {codes.isPending && <Skeleton height={320} />}
        {codes.data && <Lines lines={codes.data.codes} wanted={wanted} />}
      </Section>
      <Section title={t('errorsPage.own')}>
        <Lines lines={own} wanted={wanted} />
      </Section>
      {codes.data && (
        <Section title={t('errorsPage.fields')}>
          <Lines lines={codes.data.fields} wanted={wanted} />
        </Section>
      )}
      <Text size="sm">
        <TextLink to="/help">{t('title')}</TextLink>
      </Text>
    </Page>
  );
}

function Lines({ lines, wanted }: { lines: readonly CodeLine[]; wanted: string }) {
  const { t } = useTranslation('help');
  return (
    <ul className={classes.lines}>
      {lines.map(({ code, title, detail, status }) => (
        <li key={code} id={code} className={classes.line} aria-current={code === wanted || undefined}>
          <Anchor href={`#${code}`} className={classes.code} aria-label={t('errorsPage.link', { code })}>
            {code}
          </Anchor>
          {title && (
            <Text fw={600} component="h3">
              {title}
            </Text>
          )}
          <Text>{detail}</Text>
          {status && (
            <Text size="sm" c="dimmed">
              {t('errorsPage.status', { status })}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
