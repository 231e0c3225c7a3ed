import { IconDeviceTv, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { institutionsKept, keepsCityRegister, useMe, type Kit } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatMoment } from '@/shared/lib/dates';
import {
  Badge,
  Button,
  Checkbox,
  DataTable,
  EmptyState,
  ErrorNotice,
  Filters,
  NothingFound,
  Page,
  SearchField,
  UnstyledButton,
  type Column,
} from '@/shared/ui';
import { kitsQuery, perPage } from '../api/kits';
import { KitDialog } from '../components/KitDialog';
import { NewKitDialog } from '../components/NewKitDialog';

/** The register of room kits: who has one, and whether a computer is paired with it. */
export function KitsPage() {
  const { t } = useTranslation(['kit', 'shared']);
  const { language } = useLanguage();
  const me = useMe();
  const [words, setWords] = useState('');
  const [archived, setArchived] = useState(false);
  const [adding, setAdding] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  const kits = useQuery(kitsQuery(words, archived));
  const keeps = keepsCityRegister(me) || institutionsKept(me).length > 0;
  const opened = kits.data?.items.find(({ id }) => id === openId) ?? null;
  const add = keeps && (
    <Button leftSection={<IconPlus size={20} aria-hidden />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  const columns: Column<Kit>[] = [
    {
      key: 'name',
      header: t('columns.name'),
      render: (kit) =>
        kit.mine ? (
          <UnstyledButton fw={600} td="underline" onClick={() => setOpenId(kit.id)}>
            {kit.name}
          </UnstyledButton>
        ) : (
          kit.name
        ),
    },
    { key: 'place', header: t('columns.place'), render: (kit) => kit.place, secondary: true },
    { key: 'institution', header: t('columns.institution'), render: (kit) => kit.institutionName },
    {
      key: 'paired',
      header: t('columns.paired'),
      render: (kit) => (
        <Badge color={kit.pairedAt ? 'teal' : 'gray'} variant="light" tt="none">
          {kit.pairedAt ? t('pairedSince', { when: formatMoment(kit.pairedAt, language) }) : t('notPaired')}
        </Badge>
      ),
    },
  ];
  return (
    <Page title={t('title')} subtitle={t('subtitle')} actions={add}>
      <Filters>
        <SearchField value={words} onSearch={setWords} placeholder={t('search')} />
        <Checkbox size="md" label={t('showArchived')} checked={archived} onChange={(event) => setArchived(event.currentTarget.checked)} />
      </Filters>
      <ErrorNotice error={kits.error} onRetry={() => void kits.refetch()} />
      {!kits.error && (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={kits.data?.items}
          rowKey={(kit) => kit.id}
          total={kits.data?.total ?? 0}
          page={1}
          perPage={perPage}
          onPage={() => undefined}
          empty={
            words || archived ? (
              <NothingFound
                onClear={() => {
                  setWords('');
                  setArchived(false);
                }}
              />
            ) : (
              <EmptyState icon={<IconDeviceTv size={40} stroke={1.5} />} title={t('empty')} text={t('emptyText')} action={add} />
            )
          }
        />
      )}
      {adding && <NewKitDialog onClose={() => setAdding(false)} />}
      {opened && <KitDialog key={opened.version} kit={opened} onClose={() => setOpenId(null)} />}
    </Page>
  );
}
