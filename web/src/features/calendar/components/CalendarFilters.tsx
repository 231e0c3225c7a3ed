import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { associationsQuery, InstitutionPicker } from '@/shared/pickers';
import { Checkbox, Filters, Select } from '@/shared/ui';
import { institutionQuery } from '../api/calendar';
import { kinds, type CalendarSearch } from '../routes/search';

type Props = {
  search: CalendarSearch;
  subjects: string[];
  onNarrow: (change: Partial<CalendarSearch>) => void;
};

/** What of the calendar is shown; kept in the address. */
export function CalendarFilters({ search, subjects, onNarrow }: Props) {
  const { t } = useTranslation(['calendar', 'shared']);
  const associations = useQuery(associationsQuery);
  const institution = useQuery(institutionQuery(search.institutionId));
  const named = search.institutionId
    ? { id: search.institutionId, name: institution.data?.shortName ?? institution.data?.name ?? '' }
    : null;
  const known = search.subject && !subjects.includes(search.subject) ? [search.subject, ...subjects] : subjects;
  return (
    <Filters>
      <Select
        aria-label={t('association')}
        placeholder={t('anyAssociation')}
        data={(associations.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={search.associationId ?? null}
        onChange={(id) => onNarrow({ associationId: id ?? undefined })}
        searchable
        clearable
        nothingFoundMessage={t('shared:pick.nothing')}
        clearButtonProps={{ 'aria-label': t('shared:table.clear') }}
      />
      <Select
        aria-label={t('kind')}
        placeholder={t('anyKind')}
        data={kinds.map((kind) => ({ value: kind, label: t(`shared:eventKinds.${kind}`) }))}
        value={search.kind ?? null}
        onChange={(kind) => onNarrow({ kind: kinds.find((known) => known === kind) })}
        clearable
        clearButtonProps={{ 'aria-label': t('shared:table.clear') }}
      />
      {known.length > 0 && (
        <Select
          aria-label={t('subject')}
          placeholder={t('anySubject')}
          data={known}
          value={search.subject ?? null}
          onChange={(subject) => onNarrow({ subject: subject ?? undefined })}
          clearable
          clearButtonProps={{ 'aria-label': t('shared:table.clear') }}
        />
      )}
      <InstitutionPicker
        key={named?.name}
        label={undefined}
        aria-label={t('institution')}
        placeholder={t('anyInstitution')}
        value={named}
        onPick={(one) => onNarrow({ institutionId: one?.id })}
      />
      <Checkbox
        size="md"
        label={t('mine')}
        checked={search.mine ?? false}
        onChange={(event) => onNarrow({ mine: event.currentTarget.checked || undefined })}
      />
    </Filters>
  );
}
