import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { createLink } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './Page.module.css';
import { useTitle } from './useTitle';

/** A Mantine link that the router follows; `to` is checked against the routes. */
export const TextLink = createLink(Anchor<'a'>);

/** Width, title and actions of every page within the navigation. */
export function Page({
  title,
  subtitle,
  actions,
  back,
  narrow = false,
  children,
}: {
  title: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  /** The way up: a link above the title. */
  back?: ReactNode;
  narrow?: boolean;
  children: ReactNode;
}) {
  useTitle(title);
  return (
    <div className={classes.page} data-narrow={narrow || undefined}>
      <header className={classes.header}>
        {back && (
          <Group gap={4} className={classes.back}>
            <IconArrowLeft size={16} aria-hidden />
            {back}
          </Group>
        )}
        <Group justify="space-between" align="flex-end" gap="md">
          <Stack gap={4} miw={0} className={classes.grow}>
            <Title order={1} className={classes.title}>
              {title}
            </Title>
            {subtitle && (
              <Text c="dimmed" component="div">
                {subtitle}
              </Text>
            )}
          </Stack>
          {actions && (
            <Group gap="sm" data-print="no">
              {actions}
            </Group>
          )}
        </Group>
      </header>
      {children}
    </div>
  );
}

/** A titled part of a page. */
export function Section({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <Group justify="space-between" mb="sm" gap="sm">
        <Title order={2}>{title}</Title>
        {actions}
      </Group>
      {children}
    </section>
  );
}

/** What stands where there is nothing yet: says so and offers the first action. */
export function EmptyState({ icon, title, text, action }: { icon: ReactNode; title: string; text?: string; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <span className={classes.emptyIcon} aria-hidden>
        {icon}
      </span>
      <Text fw={600} size="lg">
        {title}
      </Text>
      {text && (
        <Text c="dimmed" maw={420}>
          {text}
        </Text>
      )}
      {action && <div className={classes.emptyAction}>{action}</div>}
    </div>
  );
}
