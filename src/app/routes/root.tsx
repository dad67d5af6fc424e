import { createRootRoute, Outlet } from '@tanstack/react-router';
import { NotFound, Unexpected } from '../web/faults';
import { OfflineBanner } from '../web/offline-banner';
import { PausedBanner } from '../web/paused-banner';
import css from '../web/shell.module.css';

export const Route = createRootRoute({
  component: () => <><div className={css.banners}><OfflineBanner /><PausedBanner /></div><Outlet /></>,
  notFoundComponent: () => <main><NotFound /></main>,
  errorComponent: ({ error, reset }) => <main><Unexpected error={error} reset={reset} /></main>,
});
