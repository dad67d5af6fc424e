import { createFileRoute, Link, Outlet } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useLocation } from '@tanstack/react-router';
import { Page } from '../../../../ui/page';
import { can, type WorkspaceAction } from '../../policy';
import { useHere } from '../here';
import css from '../settings.module.css';
import { t } from '../text';

export const Route = createFileRoute('/w/$workspace/settings')({ component: Settings });

/** Each page and what one must be allowed to do to see it. */
const PAGES: readonly { key: 'general' | 'members' | 'tokens' | 'outbox' | 'audit'; path: string; who: WorkspaceAction }[] = [
  { key: 'general', path: '', who: 'workspace:read' },
  { key: 'members', path: '/members', who: 'member:list' },
  { key: 'tokens', path: '/tokens', who: 'token:manage' },
  { key: 'outbox', path: '/outbox', who: 'outbox:read' },
  { key: 'audit', path: '/audit', who: 'audit:read' },
];

function Settings() {
  const { workspace } = Route.useParams();
  const here = useHere(workspace);
  const { pathname } = useLocation();
  const base = `/w/${workspace}/settings`;
  const current = PAGES.find((page) => pathname.replace(/\/$/, '') === `${base}${page.path}`) ?? PAGES[0];
  const bar = useRef<HTMLElement>(null);
  useEffect(() => bar.current?.querySelector('[data-status="active"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [pathname]);
  const title = t('settings.title', { workspace: here.data?.name ?? '' });
  return (
    <Page title={title} tab={current ? `${t(`settings.${current.key}`)} · ${title}` : title}>
      <nav className={css.tabs} aria-label={t('settings.nav')} ref={bar}>
        {PAGES.filter((page) => here.data && can(here.data.me, page.who)).map((page) => (
          <Link key={page.key} to={`/w/$workspace/settings${page.path}` as never} params={{ workspace } as never} activeOptions={{ exact: true }}>{t(`settings.${page.key}`)}</Link>
        ))}
      </nav>
      <Outlet />
    </Page>
  );
}
