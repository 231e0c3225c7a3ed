import { useTranslation } from 'react-i18next';
import type { TrafficLight } from '@/shared/api';
import { Badge } from '@/shared/ui';

const colors = { grey: 'gray', green: 'teal', yellow: 'yellow', red: 'red' } as const;

/** A light in words: colour alone says nothing to many. */
export function LightBadge({ light, of }: { light: TrafficLight; of: 'project' | 'indicator' | 'checkpoint' | 'budget' }) {
  const { t } = useTranslation('project');
  return (
    <Badge variant="light" color={colors[light]} tt="none" size="lg" miw="max-content">
      {t(`lights.${of}.${light}`)}
    </Badge>
  );
}
