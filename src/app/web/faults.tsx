import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ORPCError } from '@orpc/client';
import { EmptyState, FaultPanel, Page } from '../../ui/page';
import { t } from './text';

export const NotFound = () => (
  <Page title={t('notFound.title')}>
    <EmptyState title={t('notFound.what')} action={<Button component={Link} to="/">{t('notFound.button')}</Button>}>{t('notFound.text')}</EmptyState>
  </Page>
);

/** A page whose part could not be loaded comes from before an upgrade; reloading brings the new one. */
const isStale = (error: unknown): boolean => error instanceof TypeError && /module|import/i.test(error.message);

/** What a page shows when its own program failed; a refusal of the server keeps the server's words. */
export const Unexpected = ({ error, reset }: { error: unknown; reset: () => void }) => {
  if (error instanceof ORPCError) return <Page title={t('unexpected.title')}><FaultPanel error={error} retry={reset} /></Page>;
  return (
    <Page title={t('unexpected.title')}>
      <EmptyState title={t(isStale(error) ? 'unexpected.stale' : 'unexpected.what')} action={<Button onClick={() => location.reload()}>{t('unexpected.reload')}</Button>}>{t('unexpected.text')}</EmptyState>
    </Page>
  );
};
