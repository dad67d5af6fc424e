import { Menu } from '@mantine/core';
import { useMantineColorScheme } from '@mantine/core';
import { IconSearch, IconSelector, IconSettings } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute, Link, Outlet, useNavigate } from '@tanstack/react-router';
import { settingNames, workspaceCalls } from '../../features/workspace/web/public';
import { signOut } from '../../browser/session';
import { faultOf } from '../../browser/rpc';
import { FaultPanel, Pending } from '../../ui/page';
import { DemoBanner } from '../web/demo-banner';
import { Find, openFind } from '../web/find';
import { entries } from '../web/navigation';
import css from '../web/shell.module.css';
import { t } from '../web/text';

export const Route = createFileRoute('/w/$workspace')({ component: Shell });

function Shell() {
  const { workspace } = Route.useParams();
  const here = useQuery(workspaceCalls.read.queryOptions({ input: { workspace } }));
  const navigate = useNavigate();
  if (here.error && faultOf(here.error).status === 401) void navigate({ to: '/sign-in', search: { to: location.pathname } as never, replace: true });
  if (here.error) return <main style={{ padding: 24 }}><FaultPanel error={here.error} retry={() => void here.refetch()} /></main>;
  return (
    <div className={css.shell}>
      <a href="#content" className={css.skip}>{t('skip')}</a>
      <nav className={css.nav} aria-label={t('brand')}>
        <WorkspaceMenu workspace={workspace} name={here.data?.name ?? ''} className={css.name} label={<><img src="/icon.svg" width={20} height={20} alt="" /><span>{here.data?.name}</span><IconSelector size={14} style={{ marginLeft: 'auto', flex: 'none' }} /></>} />
        <button type="button" className={css.link} onClick={openFind}><IconSearch size={16} stroke={1.75} />{t('nav.find')}<kbd>⌘K</kbd></button>
        {entries.map(({ key, to, exact, icon: Icon }) => (
          <Link key={key} to={to as never} params={{ workspace } as never} className={css.link} activeOptions={{ exact: exact ?? false }}>
            <Icon size={16} stroke={1.75} />{t(`nav.${key}`)}
          </Link>
        ))}
        <Link to="/w/$workspace/settings" params={{ workspace }} className={`${css.link} ${css.foot}`}><IconSettings size={16} stroke={1.75} />{t('nav.settings')}</Link>
      </nav>
      <main id="content">
        {here.data?.isDemo && <DemoBanner />}
        {here.data ? <Outlet /> : <div style={{ padding: 24 }}><Pending /></div>}
      </main>
      <nav className={css.bottom} aria-label={t('nav.menu')}>
        {entries.map(({ key, to, exact, icon: Icon }) => (
          <Link key={key} to={to as never} params={{ workspace } as never} className={css.tab} activeOptions={{ exact: exact ?? false }}>
            <Icon size={20} stroke={1.75} />{t(`nav.${key}`)}
          </Link>
        ))}
        <WorkspaceMenu workspace={workspace} name={here.data?.name ?? ''} className={css.tab} label={<><IconSettings size={20} stroke={1.75} />{t('nav.menu')}</>} />
      </nav>
      <Find workspace={workspace} settingNames={settingNames} />
    </div>
  );
}

const WorkspaceMenu = ({ workspace, name, className, label }: { workspace: string; name: string; className?: string; label: React.ReactNode }) => {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    await signOut();
    queries.clear();
    await navigate({ to: '/' });
  };
  return (
    <Menu width={208} position="bottom-start">
      <Menu.Target><button type="button" className={className} aria-label={name}>{label}</button></Menu.Target>
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
