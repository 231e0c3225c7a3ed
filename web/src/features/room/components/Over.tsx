import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Group, Stack, Text, Title } from '@/shared/ui';
import type { Phase } from '../call/session';
import type { RoomCard } from '../call/wire';

interface Props {
  why: Exclude<Phase, 'lobby' | 'backstage' | 'call'>;
  card: RoomCard;
  onBack: () => void;
}

/** After the call: what happened, and the way back where there is one. */
export function Over({ why, card, onBack }: Props) {
  const { t } = useTranslation('room');
  const heading = useRef<HTMLHeadingElement>(null);
  // The call has gone and the focus with it: it lands on what happened.
  useEffect(() => heading.current?.focus(), []);
  const mayReturn = why !== 'ended' && why !== 'removed';
  return (
    <Stack maw={520} w="100%" gap="md">
      <Text c="dimmed">{card.title}</Text>
      <Title order={1} tabIndex={-1} ref={heading} style={{ outline: 'none' }}>
        {t(`over.${why}.title`)}
      </Title>
      <Text size="lg">{t(`over.${why}.text`)}</Text>
      <Group>
        {mayReturn && <Button onClick={onBack}>{t(why === 'elsewhere' ? 'over.takeOver' : 'over.rejoin')}</Button>}
        <Button component="a" href="/" variant={mayReturn ? 'default' : 'filled'}>
          {t('over.home')}
        </Button>
      </Group>
    </Stack>
  );
}
