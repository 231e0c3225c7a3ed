import { Burger, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/shared/api';
import { FrameTools, UserMenu, Wordmark } from '@/shared/frame';
import { ButtonLink } from '@/shared/ui';
import { Navigation } from './Navigation';
import classes from './Shell.module.css';

/** Top bar and navigation around every page but the room and the way into it. */
export function Shell() {
  const { t } = useTranslation('shared');
  const me = useMe();
  const [opened, menu] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const closeMenu = menu.close;
  useEffect(() => closeMenu(), [path, closeMenu]);

  return (
    <>
      <a className={classes.skip} href="#content">
        {t('frame.skip')}
      </a>
      <div className={classes.shell}>
        <header className={classes.top}>
          <div className={classes.row}>
            <Burger className={classes.burger} opened={opened} onClick={menu.toggle} size="sm" aria-label={t('frame.menu')} />
            <Wordmark />
          </div>
          <div className={classes.row}>
            <FrameTools />
            {me.person || me.guest ? (
              <UserMenu />
            ) : (
              <ButtonLink to="/sign-in" size="sm">
                {t('actions.signIn')}
              </ButtonLink>
            )}
          </div>
        </header>
        <nav className={classes.side} aria-label={t('frame.navigation')}>
          <Navigation me={me} />
        </nav>
        <main id="content" className={classes.main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Drawer
        opened={opened}
        onClose={menu.close}
        title={<Wordmark />}
        size={300}
        closeButtonProps={{ 'aria-label': t('frame.closeMenu') }}
      >
        <nav aria-label={t('frame.navigation')}>
          <Navigation me={me} />
        </nav>
      </Drawer>
    </>
  );
}
