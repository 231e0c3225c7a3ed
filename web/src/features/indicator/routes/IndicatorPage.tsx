import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readsCityRegister, readsInstitution, useMe } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { isoDay } from '@/shared/lib/dates';
import { compact } from '@/shared/lib/search';
import { formatValue } from '@/shared/lib/figures';
import { ButtonLink, ErrorNotice, Group, NotFoundPage, Page, PageLoader, Stack, Tabs, Text, TextLink } from '@/shared/ui';
import { indicatorsQuery } from '../api/indicators';
import { IndicatorFilters } from '../components/IndicatorFilters';
import { Counted } from '../components/Counted';
import { Institutions } from '../components/Institutions';
import { LightBadge } from '../components/LightBadge';
import { Members } from '../components/Members';
import { Outlook } from '../components/Outlook';
import { Signatures } from '../components/Signatures';
import { useNameOf } from '../components/useNameOf';
import { Values } from '../components/Values';
import { parseIndicatorsSearch, type IndicatorSearch } from './search';

/** One figure opened: what it is made of, what would raise it, by institution, signed quarters. */
export function IndicatorPage() {
  const { t } = useTranslation('indicator');
  const { language } = useLanguage();
  const nameOf = useNameOf();
  const me = useMe();
  const { key } = useParams({ from: '/shell/signed/indicators/$key' });
  const search = useSearch({ from: '/shell/signed/indicators/$key' });
  const navigate = useNavigate({ from: '/indicators/$key' });
  const [today] = useState(() => isoDay(new Date()));
  const part = parseIndicatorsSearch(search);
  const list = useQuery(indicatorsQuery(part));
  const go = (changed: { [Field in keyof IndicatorSearch]: IndicatorSearch[Field] | undefined }) =>
    void navigate({ search: compact({ ...search, ...changed }) as IndicatorSearch, replace: true });
  if (list.isPending) return <PageLoader />;
  if (!list.data) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  const figure = list.data.items.find((one) => one.key === key);
  if (!figure) return <NotFoundPage />;
  const entered = 'entered' in figure.source;
  const city = readsCityRegister(me) && !entered;
  const readsMembers = !entered && (part.institutionId ? readsInstitution(me, part.institutionId) : city);
  const year = Number((part.day ?? today).slice(0, 4));
  return (
    <Page
      title={nameOf(figure)}
      actions={
        figure.name !== null &&
        list.data.maySign && (
          <ButtonLink to="/indicators/$key/edit" params={{ key }} variant="default">
            {t('form.open')}
          </ButtonLink>
        )
      }
      back={
        <TextLink to="/indicators" search={part}>
          {t('title')}
        </TextLink>
      }
    >
      <IndicatorFilters search={part} today={today} onChange={(changed) => go({ ...changed, page: undefined })} />
      <Stack mt="md">
        <Group gap="md" aria-live="polite">
          <Text fz={40} lh={1.1} fw={700}>
            {formatValue(figure.value, figure.unit, language)}
          </Text>
          <Text>
            <Counted figure={figure} />
          </Text>
          {figure.plan !== null && <LightBadge light={figure.light} />}
        </Group>
        <Tabs defaultValue={entered ? 'values' : readsMembers ? 'members' : 'outlook'} keepMounted={false}>
          <Tabs.List>
            {readsMembers && <Tabs.Tab value="members">{t('tabs.members')}</Tabs.Tab>}
            {entered ? <Tabs.Tab value="values">{t('tabs.values')}</Tabs.Tab> : <Tabs.Tab value="outlook">{t('tabs.outlook')}</Tabs.Tab>}
            {city && !part.institutionId && <Tabs.Tab value="institutions">{t('tabs.institutions')}</Tabs.Tab>}
            {!entered && figure.quarters.length > 0 && <Tabs.Tab value="quarters">{t('tabs.quarters')}</Tabs.Tab>}
          </Tabs.List>
          {readsMembers && (
            <Tabs.Panel value="members" pt="md">
              <Members figure={figure} search={search} onChange={go} />
            </Tabs.Panel>
          )}
          {entered ? (
            <Tabs.Panel value="values" pt="md">
              <Values figure={figure} mayEnter={list.data.mayEnter} maySign={list.data.maySign} />
            </Tabs.Panel>
          ) : (
            <Tabs.Panel value="outlook" pt="md">
              <Outlook indicator={key} unit={figure.unit} search={part} />
            </Tabs.Panel>
          )}
          {city && !part.institutionId && (
            <Tabs.Panel value="institutions" pt="md">
              <Institutions indicator={key} unit={figure.unit} search={part} />
            </Tabs.Panel>
          )}
          {!entered && figure.quarters.length > 0 && (
            <Tabs.Panel value="quarters" pt="md">
              <Signatures figure={figure} year={year} maySign={list.data.maySign} />
            </Tabs.Panel>
          )}
        </Tabs>
      </Stack>
    </Page>
  );
}
