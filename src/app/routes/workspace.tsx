import { Menu, useMantineColorScheme } from '@mantine/core';
import { IconDots, IconSearch, IconSelector, IconSettings } from '@tabler/icons-react';
import { createFileRoute, Link, Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { can } from '../../features/people/policy';
import { useHere } from '../../features/workspace/web/here';
import { signOut } from '../../browser/session';
import { faultOf } from '../../browser/rpc';
import { FaultPanel, Page, Pending } from '../../ui/page';
import { DemoBanner } from '../web/demo-banner';
import { NotFound } from '../web/faults';
import { Find, openFind } from '../web/find-late';
import { entriesFor } from '../web/navigation';
import css from '../web/shell.module.css';
import { t } from '../web/text';
import { AreaNav } from '../web/area-nav';

const SessionEnded = lazy(() => import('../web/session-ended').then((part) => ({ default: part.SessionEnded })));

export const Route = createFileRoute('/w/$workspace')({ component: Shell, notFoundComponent: NotFound });

/** Where focus goes after a step: into the new page, unless it still stands on something there (a page's own tabs). */
const useFocusOnPages = () => {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
};

function Shell() {
  const { workspace } = Route.useParams();
  const here = useHere(workspace);
  const main = useFocusOnPages();
  const { pathname } = useLocation();
  const stranger = !here.data && here.error !== null && faultOf(here.error).status === 401;
  useEffect(() => {
    if (stranger) location.replace(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
  }, [stranger]);
  if (stranger) return <main><Pending /></main>;
  if (!here.data && here.error) return <NoWorkspace error={here.error} retry={() => void here.refetch()} />;
  const name = here.data?.name ?? '';
  const open = entriesFor(here.data !== undefined && can(here.data.me, 'people:read'));
  return (
    <div className={css.shell}>
      <a href="#content" className={css.skip}>{t('skip')}</a>
      <nav className={css.nav} aria-label={t('brand')}>
        <WorkspaceMenu workspace={workspace} name={name} className={css.name} label={<><img src="/icon.svg" width={20} height={20} alt="" /><span data-user-text>{name}</span><IconSelector size={14} style={{ marginLeft: 'auto', flex: 'none' }} /></>} />
        <button type="button" className={css.link} onClick={openFind}><IconSearch size={16} stroke={1.75} />{t('nav.find')}<kbd>{t(isMac ? 'nav.find.mac' : 'nav.find.other')}</kbd></button>
        {open.map(({ key, to, exact, covers, icon: Icon }) => (
          <Link key={key} to={to as never} params={{ workspace } as never} className={css.link} activeOptions={{ exact: exact ?? false }} {...(covers?.(pathname) ? { 'data-status': 'active' } : {})}>
            <Icon size={16} stroke={1.75} />{t(`nav.${key}`)}
          </Link>
        ))}
        <Link to="/w/$workspace/settings" params={{ workspace }} className={`${css.link} ${css.foot}`}><IconSettings size={16} stroke={1.75} />{t('nav.settings')}</Link>
      </nav>
      <main id="content" ref={main} tabIndex={-1}>
        {here.data?.isDemo && <DemoBanner />}
        <AreaNav workspace={workspace} alone={!here.data || !can(here.data.me, 'people:read')} />
        {here.data ? <Outlet /> : <Pending />}
      </main>
      <nav className={css.bottom} aria-label={t('nav.menu')}>
        {open.map(({ key, to, exact, covers, icon: Icon }) => (
          <Link key={key} to={to as never} params={{ workspace } as never} className={css.tab} activeOptions={{ exact: exact ?? false }} {...(covers?.(pathname) ? { 'data-status': 'active' } : {})}>
            <Icon size={20} stroke={1.75} />{t(`nav.${key}`)}
          </Link>
        ))}
        <button type="button" className={css.tab} onClick={openFind}><IconSearch size={20} stroke={1.75} />{t('nav.find')}</button>
        <WorkspaceMenu workspace={workspace} name={name} className={css.tab} label={<><IconDots size={20} stroke={1.75} />{t('nav.menu')}</>} />
      </nav>
      {here.data && <Find here={here.data} />}
      {here.data && <Suspense fallback={null}><SessionEnded email={here.data.me.email} /></Suspense>}
    </div>
  );
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Removed from it, mistyped, or the server does not answer: says which, and leads back. */
const NoWorkspace = ({ error, retry }: { error: unknown; retry: () => void }) => (
  <main>
    <Page title={t(faultOf(error).status === 404 ? 'noWorkspace.title' : 'noWorkspace.failed')}>
      <FaultPanel error={error} retry={faultOf(error).status === 404 ? undefined : retry} />
      <Link to="/">{t('nav.switch')}</Link>
    </Page>
  </main>
);

const WorkspaceMenu = ({ workspace, name, className, label }: { workspace: string; name: string; className?: string; label: React.ReactNode }) => {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = async () => {
    await signOut();
    // Loaded anew, so that nothing this account saw is kept, and no page still open asks once more as nobody.
    location.assign('/');
  };
  return (
    <Menu width={208} position="bottom-start" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target><button type="button" className={className} aria-label={t('nav.workspaceMenu', { workspace: name })}>{label}</button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/w/$workspace/settings" params={{ workspace } as never}>{t('nav.settings')}</Menu.Item>
        <Menu.Item component={Link} to="/">{t('nav.switch')}</Menu.Item>
        <Menu.Divider />
        {(['light', 'dark', 'auto'] as const).map((scheme) => (
          <Menu.Item key={scheme} onClick={() => setColorScheme(scheme)} rightSection={colorScheme === scheme ? '✓' : undefined}>{t(`nav.theme.${scheme}`)}</Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>{t('nav.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
