import { IconUsersPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssociationPage } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { addDays, formatDate, isoDay } from '@/shared/lib/dates';
import { PersonPicker, type Picked } from '@/shared/pickers';
import { Button, ConfirmButton, EmptyState, ErrorNotice, Group, Paper, Section, Stack, Table, Text, toast } from '@/shared/ui';
import { useAddMember, useEndMembership } from '../api/associations';

/** Who belongs to the association; those who lead it let people in and out. */
export function Members({ association }: { association: AssociationPage }) {
  const { t } = useTranslation(['association', 'shared']);
  const { language } = useLanguage();
  const [chosen, setChosen] = useState<Picked | null>(null);
  const add = useAddMember(association.id);
  const end = useEndMembership(association.id);
  const submit = () => {
    if (!chosen) return;
    add.mutate(chosen.id, {
      onSuccess: () => {
        toast(t('members.added', { name: chosen.name }));
        setChosen(null);
      },
    });
  };
  return (
    <Section title={t('members.title', { count: association.members.length })}>
      <Stack>
        {association.mayLead && (
          <Paper p="lg">
            <Stack>
              <PersonPicker label={t('members.who')} value={chosen} onPick={setChosen} />
              <ErrorNotice error={add.error} />
              <Group>
                <Button onClick={submit} disabled={!chosen} loading={add.isPending}>
                  {t('members.add')}
                </Button>
              </Group>
            </Stack>
          </Paper>
        )}
        {association.members.length === 0 ? (
          <EmptyState icon={<IconUsersPlus size={40} stroke={1.5} />} title={t('members.empty')} />
        ) : (
          <Paper p="sm">
            <Table aria-label={t('members.title', { count: association.members.length })}>
              <Table.Tbody>
                {association.members.map(({ person, institution, since }) => (
                  <Table.Tr key={person.id}>
                    <Table.Td>
                      {person.name}
                      <Text size="sm" c="dimmed">
                        {[institution, t('members.since', { date: formatDate(since, language) })].filter(Boolean).join(' · ')}
                      </Text>
                    </Table.Td>
                    {association.mayLead && (
                      <Table.Td ta="right">
                        <ConfirmButton
                          title={t('members.endQuestion')}
                          text={t('members.endText', { name: person.name })}
                          confirm={t('members.end')}
                          onConfirm={() =>
                            end.mutateAsync({ personId: person.id, since: earlier(since), until: isoDay(addDays(new Date(), -1)) })
                          }
                          pending={end.isPending}
                          error={end.error}
                          size="xs"
                          variant="subtle"
                          aria-label={`${t('members.end')}: ${person.name}`}
                        >
                          {t('members.end')}
                        </ConfirmButton>
                      </Table.Td>
                    )}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Paper>
        )}
      </Stack>
    </Section>
  );
}

/** Who came today and leaves today was a member for the day before. */
function earlier(since: string): string {
  const yesterday = isoDay(addDays(new Date(), -1));
  return since < yesterday ? since : yesterday;
}
