import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { institutionsLed, readsCityRegister, useMe } from '@/shared/api';
import { NativeSelect, NotFoundPage, Page, TextLink } from '@/shared/ui';
import { monthQuery } from '../api/overview';
import { CityOverview } from '../components/CityOverview';
import { SchoolOverview } from '../components/SchoolOverview';

type Props = {
  /** The indicators of the city or an institution. */
  figures: (institutionId?: string) => ReactNode;
  /** What waits in the project. */
  waiting: ReactNode;
};

/** «Сводка»: the city for whoever reads its register, a school for whoever answers for one. */
export function OverviewPage({ figures, waiting }: Props) {
  const { t } = useTranslation('overview');
  const me = useMe();
  const { institutionId } = useSearch({ from: '/shell/signed/overview' });
  const city = readsCityRegister(me);
  const own = institutionsLed(me);
  const shown = institutionId ?? (city ? undefined : own[0]?.id);
  if (!city && shown === undefined) return <NotFoundPage />;
  if (shown === undefined) {
    return (
      <Page title={t('title')} subtitle={t('city')}>
        <CityOverview figures={figures()} waiting={waiting} />
      </Page>
    );
  }
  return <School id={shown} city={city} own={own} figures={figures(shown)} />;
}

function School({ id, city, own, figures }: { id: string; city: boolean; own: { id: string; name: string }[]; figures: ReactNode }) {
  const { t } = useTranslation('overview');
  const navigate = useNavigate({ from: '/overview' });
  const month = useQuery(monthQuery(id));
  const name = own.find((one) => one.id === id)?.name ?? month.data?.institution.shortName ?? '';
  return (
    <Page title={t('title')} subtitle={name} back={city && <TextLink to="/overview">{t('city')}</TextLink>}>
      {own.length > 1 && (
        <NativeSelect
          label={t('choose')}
          maw={320}
          mb="md"
          value={id}
          data={own.map((one) => ({ value: one.id, label: one.name }))}
          onChange={(event) => void navigate({ search: { institutionId: event.currentTarget.value } })}
        />
      )}
      <SchoolOverview key={id} id={id} figures={figures} />
    </Page>
  );
}
