import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createFileRoute, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Answered, EmptyState, Page } from '../../../../ui/page';
import { sayFault } from '../../../../ui/notify';
import { peopleCalls, peopleClient, type Facets } from '../calls';
import { BulkBar } from '../bulk-bar';
import { Filters } from '../filters';
import { Gaps } from '../gaps';
import { Pager, PeopleTable } from '../people-table';
import { PeopleNav } from '../people-nav';
import { PersonDrawer } from '../person-drawer';
import { readSearch, type PeopleSearch } from '../search';
import { t } from '../text';
import { useEditor } from '../use-role';

export const Route = createFileRoute('/w/$workspace/people/')({ component: People, validateSearch: readSearch });

const PAGE = 100;

function People() {
  const { workspace } = Route.useParams();
  const search = Route.useSearch();
  const navigate = useNavigate();
  const editor = useEditor(workspace);
  const [open, setOpen] = useState<string | 'new' | null>(null);
  const facets = useQuery(peopleCalls.facets.queryOptions({ input: { workspace } }));
  const go = (change: Partial<PeopleSearch>) => void navigate({ to: '/w/$workspace/people', params: { workspace }, search: { ...search, page: undefined, ...change }, replace: true });
  return (
    <Answered query={facets} rows={8}>
      {(data) => (
        <Page title={t('list.title', { total: data.total, ...data.functions })} source={t('list.source', { archived: data.archived })} actions={data.total + data.archived > 0 && <Actions workspace={workspace} editor={editor} search={search} onAdd={() => setOpen('new')} />}>
          <PeopleNav workspace={workspace} editor={editor} />
          {data.total + data.archived === 0 ? <Empty workspace={workspace} editor={editor} onAdd={() => setOpen('new')} /> : <List workspace={workspace} search={search} facets={data} editor={editor} go={go} onOpen={setOpen} />}
          <PersonDrawer key={open ?? 'none'} workspace={workspace} id={open} facets={data} editor={editor} onClose={() => setOpen(null)} />
        </Page>
      )}
    </Answered>
  );
}

const List = ({ workspace, search, facets, editor, go, onOpen }: { workspace: string; search: PeopleSearch; facets: Facets; editor: boolean; go: (change: Partial<PeopleSearch>) => void; onOpen: (id: string) => void }) => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const page = search.page ?? 1;
  const rows = useQuery({ ...peopleCalls.list.queryOptions({ input: { workspace, ...search, page, pageSize: PAGE } }), placeholderData: keepPreviousData });
  return (
    <>
      {search.archived !== 'only' && <Gaps workspace={workspace} facets={facets} editor={editor} onShow={(missing) => go({ missing })} />}
      <Filters search={search} facets={facets} onChange={go} />
      <Answered query={rows} rows={8}>
        {(data) => (
          <>
            <PeopleTable rows={data.rows} search={search} chosen={chosen} onChoose={editor ? setChosen : undefined} onSort={(sort, order) => go({ sort, order })} onOpen={onOpen} />
            <Pager page={page} size={PAGE} total={data.total} onPage={(next) => go({ page: next })} />
          </>
        )}
      </Answered>
      {chosen.size > 0 && <BulkBar workspace={workspace} ids={[...chosen]} facets={facets} archived={search.archived === 'only'} onClear={() => setChosen(new Set())} />}
    </>
  );
};

const download = async (workspace: string, search: PeopleSearch, format: 'csv' | 'xlsx'): Promise<void> => {
  const { page: _, ...filters } = search;
  const file = await peopleClient.export({ workspace, ...filters, format });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

const Actions = ({ workspace, editor, search, onAdd }: { workspace: string; editor: boolean; search: PeopleSearch; onAdd: () => void }) => {
  if (!editor) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target><Button variant="default" rightSection={<IconChevronDown size={14} />}>{t('list.export')}</Button></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void download(workspace, search, 'csv').catch(sayFault)}>{t('list.export.csv')}</Menu.Item>
          <Menu.Item onClick={() => void download(workspace, search, 'xlsx').catch(sayFault)}>{t('list.export.xlsx')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button variant="default" onClick={onAdd}>{t('list.add')}</Button>
      <Button component={Link} to={`/w/${workspace}/people/import`}>{t('list.import')}</Button>
    </>
  );
};

const Empty = ({ workspace, editor, onAdd }: { workspace: string; editor: boolean; onAdd: () => void }) => (
  <EmptyState
    title={t('empty.title')}
    action={editor && <div style={{ display: 'flex', gap: 12, alignItems: 'center', flexWrap: 'wrap' }}><Button component={Link} to={`/w/${workspace}/people/import`}>{t('list.import')}</Button><Button variant="subtle" color="ink" onClick={onAdd}>{t('empty.or')}</Button></div>}
  >
    {t('empty.text')}
  </EmptyState>
);
