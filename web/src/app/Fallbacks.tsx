import { useMatches, type ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { BareFrame } from '@/shared/frame';
import { ErrorPage, NotFoundPage } from '@/shared/ui';

/** Within the navigation the page stands as it is; anywhere else it brings its own frame. */
function Framed({ children }: { children: ReactNode }) {
  const shell = useMatches({ select: (matches) => matches.some(({ routeId }) => routeId === '/shell') });
  return shell ? children : <BareFrame>{children}</BareFrame>;
}

export function Failed(props: ErrorComponentProps) {
  return (
    <Framed>
      <ErrorPage {...props} />
    </Framed>
  );
}

export function NotFound() {
  return (
    <Framed>
      <NotFoundPage />
    </Framed>
  );
}
