import { createRootRoute, Outlet } from '@tanstack/react-router';
import { NotFound, Unexpected } from '../web/faults';
import { OfflineBanner } from '../web/offline-banner';

export const Route = createRootRoute({
  component: () => <><OfflineBanner /><Outlet /></>,
  notFoundComponent: () => <main><NotFound /></main>,
  errorComponent: ({ error, reset }) => <main><Unexpected error={error} reset={reset} /></main>,
});
