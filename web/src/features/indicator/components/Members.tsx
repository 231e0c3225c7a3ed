import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { IndicatorFigure, IndicatorMember, IndicatorProof } from '@/shared/api';
import { useLanguage, type Language } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { Badge, DataTable, EmptyState, ErrorNotice, SegmentedControl, Stack, Text, TextLink, type Column } from '@/shared/ui';
import { membersPerPage, membersQuery } from '../api/indicators';
import type { IndicatorSearch, Shown } from '../routes/search';
import { countsInstitutions } from './blocks';

/** Whom a figure counts and whom it does not, with the documents, events and tests that decide. */
export function Members({
  figure,
  search,
  onChange,
}: {
  figure: IndicatorFigure;
  search: IndicatorSearch;
  onChange: (changed: { shown?: Shown | undefined; page?: number | undefined }) => void;
}) {
  const { t } = useTranslation('indicator');
  const members = useQuery(membersQuery(figure.key, search));
  const ofPeople = !countsInstitutions(figure);
  const { members: all, counted } = figure;
  const totals: Record<Shown | 'all', number> = { all, counted, uncounted: all - counted };
  const columns: Column<IndicatorMember>[] = [
    {
      key: 'name',
      header: t('columns.name'),
      render: (one) => (
        <>
          <Member one={one} ofPeople={ofPeople} />
          <Text size="sm" c="dimmed">
            {[one.position, one.institution].filter(Boolean).join(', ')}
          </Text>
        </>
      ),
    },
    {
      key: 'counted',
      header: t('columns.counted'),
      render: (one) => (
        <Badge variant="light" color={one.counted ? 'teal' : 'gray'} tt="none">
          {t(one.counted ? 'counted' : 'uncounted')}
        </Badge>
      ),
    },
    {
      key: 'proofs',
      header: t('columns.proofs'),
      render: (one) => (
        <Stack gap={4}>
          {one.proofs.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('noProofs')}
            </Text>
          )}
          {one.proofs.map((proof) => (
            <Proof key={proof.kind + ('eventId' in proof ? proof.eventId : proof.id)} proof={proof} />
          ))}
        </Stack>
      ),
    },
  ];
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t('columns.counted')}
        value={search.shown ?? 'all'}
        onChange={(shown) => onChange({ shown: shown === 'all' ? undefined : (shown as Shown), page: undefined })}
        data={[
          { value: 'all', label: t('shown.all') },
          { value: 'counted', label: t('shown.counted') },
          { value: 'uncounted', label: t('shown.uncounted') },
        ]}
      />
      <ErrorNotice error={members.error} onRetry={() => void members.refetch()} />
      {!members.error && (
        <DataTable
          label={t('tabs.members')}
          columns={columns}
          rows={members.data?.items}
          rowKey={(one) => one.id}
          total={totals[search.shown ?? 'all']}
          page={search.page ?? 1}
          perPage={membersPerPage}
          onPage={(page) => onChange({ page: page > 1 ? page : undefined })}
          empty={<EmptyState icon={<IconUsers size={40} stroke={1.5} />} title={t('nobody')} text={t('nobodyText')} />}
        />
      )}
    </Stack>
  );
}

function Member({ one, ofPeople }: { one: IndicatorMember; ofPeople: boolean }) {
  return ofPeople ? (
    <TextLink to="/people/$personId" params={{ personId: one.id }}>
      {one.name}
    </TextLink>
  ) : (
    <TextLink to="/institutions/$institutionId" params={{ institutionId: one.id }}>
      {one.name}
    </TextLink>
  );
}

function Proof({ proof }: { proof: IndicatorProof }) {
  const { t } = useTranslation(['indicator', 'shared']);
  const { language } = useLanguage();
  const date = (day: string) => formatDate(day, language as Language);
  switch (proof.kind) {
    case 'document': {
      const words = t('proofs.document', {
        kind: t(`documents.${proof.document}`),
        number: proof.registration,
        hours: proof.hours,
        until: date(proof.validUntil),
      });
      // A Russian date ends with the stop of «г.» already.
      const stop = words.endsWith('.') ? '' : '.';
      return (
        <Text size="sm" c={proof.uncounted ? 'dimmed' : undefined}>
          {words}
          {proof.uncounted && `${stop} ${t(`why.${proof.uncounted}`)}`}
        </Text>
      );
    }
    case 'part':
      return (
        <Text size="sm">
          <TextLink to="/meetings/$eventId" params={{ eventId: proof.eventId }} underline="always">
            {proof.title}
          </TextLink>{' '}
          {t('proofs.part', { role: t(`shared:eventRoles.${proof.role}`), day: date(proof.heldOn), minutes: proof.minutes })}
        </Text>
      );
    case 'training':
      return (
        <Text size="sm">
          <TextLink to="/meetings/$eventId" params={{ eventId: proof.eventId }} underline="always">
            {proof.title}
          </TextLink>{' '}
          {t('proofs.training', { day: date(proof.heldOn), minutes: proof.minutes })}
        </Text>
      );
    case 'kit':
      return <Text size="sm">{t('proofs.kit', { name: proof.name, day: date(proof.testedOn) })}</Text>;
  }
}
