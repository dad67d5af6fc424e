import { Button } from '@mantine/core';
import { createRootRoute, Link, Outlet } from '@tanstack/react-router';
import { EmptyState, FaultPanel, Page } from '../../ui/page';
import { t } from '../web/text';

const NotFound = () => (
  <main>
    <Page title={t('notFound.title')}>
      <EmptyState title={t('notFound.title')} action={<Button component={Link} to="/">{t('notFound.button')}</Button>}>{t('notFound.text')}</EmptyState>
    </Page>
  </main>
);

export const Route = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: ({ error, reset }) => <main style={{ padding: 24 }}><FaultPanel error={error} retry={reset} /></main>,
});
