import { Figures } from '@/features/indicator/components/Figures';
import { OverviewPage } from '@/features/overview/routes/OverviewPage';
import { Waiting } from '@/features/project/components/Waiting';

/** The overview with figures and what waits in the project: features that do not know each other. */
export function OverviewRoute() {
  return <OverviewPage figures={(institutionId) => <Figures institutionId={institutionId} />} waiting={<Waiting />} />;
}
