import { IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SchoolClass } from '@/shared/api';
import { classesQuery } from '@/shared/pickers';
import { Badge, Button, DataTable, EmptyState, ErrorNotice, Page, TextLink, type Column } from '@/shared/ui';
import { NewClassDialog } from '../components/NewClassDialog';

/** The classes that somebody keeps. */
export function SchoolClassesPage() {
  const { t } = useTranslation('school_class');
  const list = useQuery(classesQuery);
  const [adding, setAdding] = useState(false);
  const add = <Button onClick={() => setAdding(true)}>{t('add')}</Button>;
  const columns: Column<SchoolClass>[] = [
    {
      key: 'label',
      header: t('label'),
      render: (one) => (
        <TextLink to="/classes/$classId" params={{ classId: one.id }}>
          {one.label}
        </TextLink>
      ),
    },
    { key: 'school', header: t('school'), render: (one) => one.institution.name, secondary: true },
    { key: 'teacher', header: t('teacher'), render: (one) => one.teacher.name, secondary: true },
    {
      key: 'consents',
      header: t('consents'),
      render: ({ consentCount: given, pupilCount: total }) => (
        <Badge color={total > 0 && given === total ? 'teal' : 'yellow'} variant="light" tt="none">
          {t('consent.of', { given, total })}
        </Badge>
      ),
    },
  ];
  return (
    <Page title={t('all')} subtitle={t('subtitle')} actions={add}>
      <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      {!list.error && (
        <DataTable
          label={t('all')}
          columns={columns}
          rows={list.data?.items}
          rowKey={(one) => one.id}
          total={list.data?.total ?? 0}
          page={1}
          perPage={1000}
          onPage={() => undefined}
          empty={<EmptyState icon={<IconUsersGroup size={40} stroke={1.5} />} title={t('none')} text={t('noneText')} action={add} />}
        />
      )}
      {adding && <NewClassDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}
