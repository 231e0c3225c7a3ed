import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isAdministrator, useMe, type IndicatorFigure } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { isoDay } from '@/shared/lib/dates';
import { compact } from '@/shared/lib/search';
import { formatValue } from '@/shared/lib/figures';
import { ButtonLink, ErrorNotice, Group, Page, PageLoader, Paper, Section, SimpleGrid, Text, TextLink } from '@/shared/ui';
import { indicatorsQuery } from '../api/indicators';
import { IndicatorFilters } from '../components/IndicatorFilters';
import { Counted } from '../components/Counted';
import { FigureCard } from '../components/FigureCard';
import { LightBadge } from '../components/LightBadge';
import { useNameOf } from '../components/useNameOf';
import type { IndicatorsSearch } from './search';

/** The three figures that the project is judged by, and how many of each group were trained. */
export function IndicatorsPage() {
  const { t } = useTranslation('indicator');
  const search = useSearch({ from: '/shell/signed/indicators' });
  const navigate = useNavigate({ from: '/indicators' });
  const [today] = useState(() => isoDay(new Date()));
  const me = useMe();
  const list = useQuery(indicatorsQuery(search));
  const main = list.data?.items.filter(({ ordinal }) => ordinal !== null);
  const coverage = list.data?.items.filter(({ ordinal, name }) => ordinal === null && name === null);
  const own = list.data?.items.filter(({ name }) => name !== null);
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      actions={
        isAdministrator(me) && (
          <ButtonLink to="/indicators/settings" variant="default">
            {t('settings.open')}
          </ButtonLink>
        )
      }
    >
      <IndicatorFilters
        search={search}
        today={today}
        onChange={(changed) => void navigate({ search: compact({ ...search, ...changed }) as IndicatorsSearch, replace: true })}
      />
      <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <PageLoader />}
      {main && (
        <SimpleGrid cols={{ base: 1, md: 3 }} mt="md" mb="xl">
          {main.map((figure) => (
            <FigureCard key={figure.key} figure={figure} search={search} />
          ))}
        </SimpleGrid>
      )}
      {coverage && (
        <Section title={t('coverage')}>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
            {coverage.map((figure) => (
              <SmallCard key={figure.key} figure={figure} search={search} />
            ))}
          </SimpleGrid>
        </Section>
      )}
      {own && (own.length > 0 || list.data?.maySign) && (
        <Section
          title={t('own')}
          actions={
            list.data?.maySign && (
              <ButtonLink to="/indicators/new" variant="default">
                {t('form.add')}
              </ButtonLink>
            )
          }
        >
          {own.length === 0 && <Text c="dimmed">{t('ownText')}</Text>}
          <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
            {own.map((figure) => (
              <SmallCard key={figure.key} figure={figure} search={search} />
            ))}
          </SimpleGrid>
        </Section>
      )}
    </Page>
  );
}

function SmallCard({ figure, search }: { figure: IndicatorFigure; search: IndicatorsSearch }) {
  const { t } = useTranslation('indicator');
  const { language } = useLanguage();
  const nameOf = useNameOf();
  const { key, unit, value, plan, light } = figure;
  return (
    <Paper p="md">
      <Text fw={600}>{nameOf(figure)}</Text>
      <TextLink to="/indicators/$key" params={{ key }} search={search} fz={28} fw={700}>
        {formatValue(value, unit, language)}
      </TextLink>
      <Text size="sm" c="dimmed">
        <Counted figure={figure} />
      </Text>
      {plan !== null && (
        <Group gap="sm" mt="xs">
          <LightBadge light={light} />
          <Text c="dimmed">{t('plan', { value: formatValue(plan, unit, language) })}</Text>
        </Group>
      )}
    </Paper>
  );
}
