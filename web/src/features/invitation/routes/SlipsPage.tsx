import { IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fullName } from '@/shared/api';
import { Alert, Button, Checkbox, ErrorNotice, Group, Page, Paper, Skeleton, Stack, Text, TextLink } from '@/shared/ui';
import { peopleOfQuery, useIssueSlips } from '../api/invitations';
import { InstitutionField, useOnlyInstitution } from '../components/InstitutionField';
import { SlipSheets } from '../components/SlipSheets';

/** Slips with one-time codes for a school's people, ten to a sheet. The codes are shown once. */
export function SlipsPage() {
  const { t } = useTranslation(['invitation', 'shared']);
  const only = useOnlyInstitution();
  const [institution, setInstitution] = useState(only);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const people = useQuery({ ...peopleOfQuery(institution?.id ?? ''), enabled: institution !== null });
  const issue = useIssueSlips();
  const chosen = (people.data?.items ?? []).filter(({ id }) => !left.has(id));
  const toggle = (id: string) =>
    setLeft((old) => {
      const next = new Set(old);
      if (!next.delete(id)) next.add(id);
      return next;
    });

  if (issue.data && institution) {
    return (
      <Page
        title={t('slips.ready', { count: issue.data.items.length })}
        actions={
          <>
            <Button onClick={() => window.print()} leftSection={<IconPrinter size={20} aria-hidden />}>
              {t('shared:actions.print')}
            </Button>
            <Button variant="default" onClick={() => issue.reset()}>
              {t('slips.again')}
            </Button>
          </>
        }
      >
        <Alert color="teal" variant="light" mb="lg" data-print="no">
          {t('slips.once')}
        </Alert>
        <SlipSheets slips={issue.data.items} institution={institution.name} />
      </Page>
    );
  }

  return (
    <Page title={t('slips.title')} narrow back={<TextLink to="/invitations">{t('title')}</TextLink>}>
      <Stack gap="lg">
        <Paper p="lg">
          <Stack>
            <Text>{t('slips.text')}</Text>
            <InstitutionField
              value={institution}
              onPick={(picked) => {
                setInstitution(picked);
                setLeft(new Set());
              }}
            />
          </Stack>
        </Paper>
        {institution && (
          <Paper p="lg">
            <ErrorNotice error={people.error} onRetry={() => void people.refetch()} />
            {people.isPending && <Skeleton height={160} />}
            {people.data?.items.length === 0 && <Text c="dimmed">{t('slips.nobody')}</Text>}
            {people.data && people.data.items.length > 0 && (
              <Stack>
                <Group justify="space-between">
                  <Text fw={600} aria-live="polite">
                    {t('slips.chosen', { count: chosen.length })}
                  </Text>
                  <Group gap="xs">
                    <Button size="xs" variant="default" onClick={() => setLeft(new Set())}>
                      {t('slips.all')}
                    </Button>
                    <Button
                      size="xs"
                      variant="default"
                      onClick={() => setLeft(new Set(people.data.items.map(({ id }) => id)))}
                    >
                      {t('slips.none')}
                    </Button>
                  </Group>
                </Group>
                <Stack gap="xs">
                  {people.data.items.map((person) => (
                    <Checkbox
                      key={person.id}
                      size="md"
                      label={fullName(person)}
                      description={person.positionName}
                      checked={!left.has(person.id)}
                      onChange={() => toggle(person.id)}
                    />
                  ))}
                </Stack>
                <Text size="sm" c="dimmed">
                  {t('slips.voids')}
                </Text>
                <ErrorNotice error={issue.error} />
                <Group>
                  <Button
                    disabled={chosen.length === 0}
                    loading={issue.isPending}
                    onClick={() =>
                      issue.mutate({ institutionId: institution.id, personIds: chosen.map(({ id }) => id) })
                    }
                  >
                    {t('slips.do')}
                  </Button>
                </Group>
              </Stack>
            )}
          </Paper>
        )}
      </Stack>
    </Page>
  );
}
