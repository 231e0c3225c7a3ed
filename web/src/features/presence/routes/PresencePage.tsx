import { IconDownload, IconFileTypePdf, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Present } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatSpan, formatTime } from '@/shared/lib/dates';
import {
  Badge,
  Button,
  DataTable,
  EmptyState,
  ErrorNotice,
  Filters,
  Group,
  NothingFound,
  Page,
  SearchField,
  Text,
  TextLink,
  Tooltip,
  UnstyledButton,
  type Column,
} from '@/shared/ui';
import { eventTitleQuery, exportUrl, pdfUrl, presenceQuery } from '../api/presence';
import { CorrectionDialog } from '../components/CorrectionDialog';
import { MatchDialog } from '../components/MatchDialog';
import { matching } from '../components/matching';

const perPage = 100;

/** Who was there, how, and for what share of the event; each figure can be corrected with a reason. */
export function PresencePage() {
  const { t } = useTranslation(['presence', 'shared']);
  const { language } = useLanguage();
  const { eventId } = useParams({ from: '/shell/signed/meetings/$eventId/presence' });
  const event = useQuery(eventTitleQuery(eventId));
  const presence = useQuery(presenceQuery(eventId));
  const [words, setWords] = useState('');
  const [page, setPage] = useState(1);
  const [correcting, setCorrecting] = useState<Present | 'new' | null>(null);
  const [matched, setMatched] = useState<Present | null>(null);
  const report = presence.data;
  const found = report && matching(report.items, words);
  const rows = found?.slice((page - 1) * perPage, page * perPage);
  const search = (typed: string) => {
    setWords(typed);
    setPage(1);
  };
  const columns: Column<Present>[] = [
    {
      key: 'name',
      header: t('columns.name'),
      render: (one) => (
        <>
          {one.name}
          {!one.personId && (
            <Button ml="sm" size="compact-sm" variant="light" onClick={() => setMatched(one)}>
              {t('guest.who')}
            </Button>
          )}
          {one.personId && one.guestSeats.length > 0 && (
            <UnstyledButton ml="xs" td="underline" fz="sm" onClick={() => setMatched(one)}>
              {t('guest.alsoAs', { name: one.guestSeats.map((seat) => seat.name).join(', ') })}
            </UnstyledButton>
          )}
        </>
      ),
    },
    { key: 'institution', header: t('columns.institution'), render: (one) => one.institution, secondary: true },
    { key: 'role', header: t('columns.role'), render: (one) => (one.personId ? t(`roles.${one.role}`) : ''), secondary: true },
    { key: 'mode', header: t('columns.mode'), render: (one) => (one.personId ? t(`modes.${one.mode}`) : t('modes.guest')) },
    {
      key: 'minutes',
      header: t('columns.minutes'),
      render: (one) => (
        <Tooltip label={spans(one, language) || t('noIntervals')} multiline maw={320}>
          <span>
            {one.minutes}
            {one.corrected && (
              <Badge ml="xs" variant="light" tt="none" title={`${one.corrected.reason} (${one.corrected.by})`}>
                {t('corrected', { minutes: one.corrected.measuredMinutes })}
              </Badge>
            )}
          </span>
        </Tooltip>
      ),
    },
    { key: 'share', header: t('columns.share'), render: (one) => `${Math.round(one.share * 100)} %` },
    {
      key: 'checks',
      header: t('columns.checks'),
      render: (one) => (one.checks.asked > 0 ? t('checks', one.checks) : ''),
      secondary: true,
    },
    {
      key: 'act',
      header: t('columns.act'),
      render: (one) =>
        one.personId && (
          <Button size="compact-sm" variant="subtle" aria-label={`${t('correct')}: ${one.name}`} onClick={() => setCorrecting(one)}>
            {t('correct')}
          </Button>
        ),
    },
  ];

  return (
    <Page
      title={t('title')}
      back={
        <TextLink to="/meetings/$eventId" params={{ eventId }}>
          {event.data?.title ?? ''}
        </TextLink>
      }
      subtitle={report?.startedAt ? lasted(report.startedAt, report.endedAt) : undefined}
      actions={
        <Group gap="sm">
          <TextLink to="/meetings/$eventId/kits" params={{ eventId }}>
            {t('kits.title')}
          </TextLink>
          <Button variant="default" onClick={() => setCorrecting('new')}>
            {t('addPerson')}
          </Button>
          <Button
            component="a"
            href={pdfUrl(eventId)}
            target="_blank"
            variant="default"
            leftSection={<IconFileTypePdf size={18} aria-hidden />}
          >
            PDF
          </Button>
          <Button component="a" href={exportUrl(eventId)} download leftSection={<IconDownload size={18} aria-hidden />}>
            {t('export')}
          </Button>
        </Group>
      }
    >
      <Filters>
        <SearchField value={words} onSearch={search} placeholder={t('search')} />
      </Filters>
      <ErrorNotice error={presence.error} onRetry={() => void presence.refetch()} />
      {!presence.error && (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={rows}
          rowKey={(one) => one.personId ?? one.guestSeats[0]?.seatId ?? one.name}
          total={found?.length ?? 0}
          page={page}
          perPage={perPage}
          onPage={setPage}
          empty={
            words ? (
              <NothingFound onClear={() => search('')} />
            ) : (
              <EmptyState icon={<IconUsers size={40} stroke={1.5} />} title={t('empty')} text={t('emptyText')} />
            )
          }
        />
      )}
      {report && !report.endedAt && report.startedAt && (
        <Text size="sm" c="dimmed" mt="sm">
          {t('running')}
        </Text>
      )}
      {correcting && (
        <CorrectionDialog
          eventId={eventId}
          present={correcting === 'new' ? null : correcting}
          onClose={() => setCorrecting(null)}
        />
      )}
      {matched && <MatchDialog eventId={eventId} present={matched} onClose={() => setMatched(null)} />}
    </Page>
  );

  function lasted(start: string, end: string | null): string {
    const when = end ? formatSpan(start, end, language) : t('since', { time: formatTime(start, language) });
    return t('lasted', { when, count: report?.minutes ?? 0, people: report?.total ?? 0 });
  }
}

function spans(one: Present, language: 'ru' | 'en'): string {
  return one.intervals.map(({ from, to }) => formatSpan(from, to, language)).join(', ');
}
