import { useTranslation } from 'react-i18next';
import type { TrafficLight } from '@/shared/api';
import { Badge } from '@/shared/ui';

const colors = { grey: 'gray', green: 'teal', yellow: 'yellow', red: 'red' } as const;

/** A light in words: colour alone says nothing to many. */
export function LightBadge({ light }: { light: TrafficLight }) {
  const { t } = useTranslation('indicator');
  return (
    <Badge variant="light" color={colors[light]} tt="none" size="lg">
      {t(`lights.${light}`)}
    </Badge>
  );
}
