import { useTranslation } from 'react-i18next';
import { Button, Group, Stack, Text, Title } from '@/shared/ui';
import type { Obstacle } from '../call/entry';
import type { RoomCard } from '../call/wire';
import { RoomHead } from './RoomHead';

interface Props {
  why: Obstacle | 'unknown';
  card?: RoomCard;
  signedIn?: boolean;
  onAgain?: () => void;
}

/** Why the room cannot be entered, in words, with the one step that helps. */
export function ClosedDoor({ why, card, signedIn = false, onAgain }: Props) {
  const { t } = useTranslation(['room', 'shared']);
  const mayAsk = why === 'locked' || why === 'full' || why === 'refused';
  return (
    <Stack maw={560} w="100%" gap="lg">
      {card && <RoomHead card={card} />}
      <Stack gap="xs" role="status">
        <Title order={card ? 2 : 1}>{t(`closed.${why}.title`)}</Title>
        <Text size="lg">{t(`closed.${why}.text`)}</Text>
      </Stack>
      <Group>
        {why === 'guests_not_allowed' && !signedIn && (
          <Button component="a" href={`/sign-in?next=${encodeURIComponent(window.location.pathname)}`}>
            {t('shared:actions.signIn')}
          </Button>
        )}
        {mayAsk && onAgain && <Button onClick={onAgain}>{t('join.again')}</Button>}
        <Button component="a" href="/" variant={mayAsk || why === 'guests_not_allowed' ? 'default' : 'filled'}>
          {t('shared:actions.home')}
        </Button>
      </Group>
    </Stack>
  );
}
