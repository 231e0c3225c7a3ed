import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconLogout, IconUser } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, client, meQuery, myName, useMe } from '@/shared/api';
import classes from './Frame.module.css';
import { initialsOf } from './initials';

/** Who is signed in, and the way out. Nothing for a visitor without a name. */
export function UserMenu() {
  const { t } = useTranslation('shared');
  const me = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const signOut = useMutation({
    mutationFn: () => answer(client.DELETE('/api/session')),
    onSettled: async () => {
      await queries.fetchQuery({ ...meQuery, staleTime: 0 }).catch(() => null);
      await navigate({ to: '/sign-in' });
      // Nothing that one person saw may stay for the next one at the same computer.
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' && queryKey[0] !== 'server' });
    },
  });
  const name = myName(me);
  if (!name) return null;
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton aria-label={t('frame.account', { name })} px={4} py={4}>
          <Avatar color="teal" variant="filled" size={36} alt="">
            {/* Drawn, not text: the button's name is the person's, and initials are no part of it. */}
            <span className={classes.initials} data-initials={initialsOf(name)} />
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)">
            {name}
          </Text>
        </Menu.Label>
        {me.person && (
          <Menu.Item component={Link} to="/profile" leftSection={<IconUser size={18} aria-hidden />}>
            {t('frame.profile')}
          </Menu.Item>
        )}
        <Menu.Item onClick={() => signOut.mutate()} leftSection={<IconLogout size={18} aria-hidden />}>
          {t('actions.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
