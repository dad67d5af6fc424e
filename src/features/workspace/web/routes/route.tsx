import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { Page } from '../../../../ui/page';
import { workspaceCalls } from '../calls';
import { t } from '../text';

export const Route = createFileRoute('/w/$workspace/settings')({ component: Settings });

const pages = ['general', 'members', 'tokens', 'outbox', 'audit'] as const;

function Settings() {
  const { workspace } = Route.useParams();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const here = useQuery(workspaceCalls.read.queryOptions({ input: { workspace } }));
  const current = pages.find((page) => pathname.endsWith(`/${page}`)) ?? 'general';
  return (
    <Page title={t('settings.title', { workspace: here.data?.name ?? '' })}>
      <Tabs value={current} color="ink" onChange={(page) => void navigate({ href: `/w/${workspace}/settings${page === 'general' ? '' : `/${page}`}` })}>
        <Tabs.List style={{ overflowX: 'auto', flexWrap: 'nowrap' }}>{pages.map((page) => <Tabs.Tab key={page} value={page} style={{ whiteSpace: 'nowrap' }}>{t(`settings.${page}`)}</Tabs.Tab>)}</Tabs.List>
        <Tabs.Panel value={current} pt="lg"><Outlet /></Tabs.Panel>
      </Tabs>
    </Page>
  );
}
