import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { InstitutionPicker } from '@/shared/pickers';
import { Checkbox, Filters, Select, TextInput } from '@/shared/ui';
import { institutionQuery, positionsQuery, subjectsQuery } from '../api/indicators';
import type { IndicatorsSearch } from '../routes/search';

/** For which day and part of the city figures are shown. */
export function IndicatorFilters({
  search,
  today,
  onChange,
}: {
  search: IndicatorsSearch;
  /** As 2017-12-31. */
  today: string;
  onChange: (changed: { [Field in keyof IndicatorsSearch]: IndicatorsSearch[Field] | undefined }) => void;
}) {
  const { t } = useTranslation('indicator');
  const positions = useQuery(positionsQuery);
  const subjects = useQuery(subjectsQuery);
  const institution = useQuery({ ...institutionQuery(search.institutionId ?? ''), enabled: search.institutionId !== undefined });
  return (
    <Filters>
      <TextInput
        type="date"
        label={t('filters.day')}
        value={search.day ?? today}
        onChange={(event) => onChange({ day: event.currentTarget.value || undefined })}
      />
      <InstitutionPicker
        value={
          search.institutionId ? { id: search.institutionId, name: institution.data?.shortName ?? '' } : null
        }
        onPick={(picked) => onChange({ institutionId: picked?.id })}
      />
      <Select
        label={t('filters.position')}
        placeholder={t('filters.anyPosition')}
        data={(positions.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        value={search.position ?? null}
        onChange={(position) => onChange({ position: position ?? undefined })}
        searchable
        clearable
      />
      <Select
        label={t('filters.subject')}
        placeholder={t('filters.anySubject')}
        data={subjects.data ?? []}
        value={search.subject ?? null}
        onChange={(subject) => onChange({ subject: subject ?? undefined })}
        searchable
        clearable
      />
      <Checkbox
        size="md"
        label={t('filters.parental')}
        checked={search.parental === true}
        onChange={(event) => onChange({ parental: event.currentTarget.checked || undefined })}
      />
    </Filters>
  );
}
