import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { fullName, isAdministrator, useMe } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { formatDate } from '@/shared/lib/dates';
import { Alert, Badge, Button, ButtonLink, ErrorNotice, Group, Page, Section, TextLink, toast } from '@/shared/ui';
import { personQuery, useArchivePerson } from '../api/people';
import { Awards } from '../components/Awards';
import { Categories } from '../components/Categories';
import { Documents } from '../components/Documents';
import { Employments } from '../components/Employments';
import { PersonalData } from '../components/PersonalData';
import { PersonDetails } from '../components/PersonDetails';
import { ResetLink } from '../components/ResetLink';
import { Roles } from '../components/Roles';

export function PersonPage() {
  const { t } = useTranslation(['person', 'shared']);
  const me = useMe();
  const { language } = useLanguage();
  const { personId } = useParams({ from: '/shell/signed/people/$personId' });
  const { data: person } = useSuspenseQuery(personQuery(personId));
  const archive = useArchivePerson(personId);
  const setArchived = (archived: boolean) =>
    archive.mutate(archived, {
      onSuccess: () =>
        toast(
          t(archived ? 'archive.done' : 'archive.undone'),
          archived ? { label: t('shared:actions.undo'), run: () => setArchived(false) } : undefined,
        ),
    });

  return (
    <Page
      title={fullName(person)}
      narrow
      back={<TextLink to="/people">{t('title')}</TextLink>}
      subtitle={
        person.archivedAt && (
          <Badge color="gray" variant="light" tt="none">
            {t(person.erasedAt ? 'erased' : 'archived')}
          </Badge>
        )
      }
      actions={
        <>
          <ButtonLink to="/people/$personId/portfolio" params={{ personId }} variant="default">
            {t('portfolio')}
          </ButtonLink>
          {isAdministrator(me) && (
            <ButtonLink to="/access-log" search={{ subjectId: personId }} variant="default">
              {t('whoLooked')}
            </ButtonLink>
          )}
        </>
      }
    >
      {person.erasedAt && (
        <Alert mb="xl" title={t('erasedOn', { day: formatDate(person.erasedAt, language) })}>
          {person.erasureReason && t('erasedWhy', { reason: person.erasureReason })}
        </Alert>
      )}
      <Section title={t('details')}>
        <PersonDetails person={person} editable={person.may.edit} />
      </Section>
      <Section title={t('employments.title')}>
        <Employments person={person} editable={person.may.edit} />
      </Section>
      <Section title={t('documents.title')}>
        <Documents personId={personId} />
      </Section>
      <Section title={t('categories.title')}>
        <Categories personId={personId} editable={person.may.edit} />
      </Section>
      <Section title={t('awards.title')}>
        <Awards personId={personId} />
      </Section>
      <Section title={t('roles.title')}>
        <Roles person={person} editable={person.may.grant} />
      </Section>
      {person.may.reset && (
        <Section title={t('reset.title')}>
          <ResetLink person={person} />
        </Section>
      )}
      {person.may.erase && (
        <Section title={t('personalData.title')}>
          <PersonalData person={person} />
        </Section>
      )}
      {person.may.archive && (
        <Group>
          <Button variant="default" loading={archive.isPending} onClick={() => setArchived(person.archivedAt === null)}>
            {person.archivedAt === null ? t('archive.do') : t('archive.undo')}
          </Button>
        </Group>
      )}
      <ErrorNotice error={archive.error} />
    </Page>
  );
}
