import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api';
import { GroupPicker, InvitationPreview, PeoplePicker, type Picked, type PickedGroup } from '@/shared/pickers';
import { Button, ErrorNotice, Group, Paper, Stack, toast } from '@/shared/ui';
import { useInvite } from '../api/invitees';

/** People and groups to invite, with how many that makes before anybody is written to. */
export function InviteMore({ eventId }: { eventId: string }) {
  const { t } = useTranslation('invitee');
  const [people, setPeople] = useState<Picked[]>([]);
  const [groups, setGroups] = useState<PickedGroup[]>([]);
  const body = { personIds: people.map(({ id }) => id), groups: groups.map(({ group }) => group), eventId };
  const chosen = people.length + groups.length > 0;
  const invite = useInvite(eventId);
  const refused = invite.error instanceof ApiError ? invite.error.fields : {};
  const submit = () =>
    invite.mutate(body, {
      onSuccess: (invited) => {
        setPeople([]);
        setGroups([]);
        toast(t('invited', { count: invited.people }));
      },
    });
  return (
    <Paper p="lg">
      <Stack>
        <PeoplePicker value={people} onPick={setPeople} error={refused['personIds']} />
        <GroupPicker value={groups} onPick={setGroups} error={Object.entries(refused).find(([name]) => name.startsWith('groups'))?.[1]} />
        <InvitationPreview list={body} />
        <ErrorNotice error={invite.error} />
        <Group>
          <Button onClick={submit} disabled={!chosen} loading={invite.isPending}>
            {t('invite')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
