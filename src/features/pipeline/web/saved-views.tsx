import { Button, Checkbox, Group, Menu, Modal, Stack, TextInput } from '@mantine/core';
import { useQuery, useQueryClient, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { say, sayFault } from '../../../ui/notify';
import { FaultLine } from '../../../ui/page';
import { pipelineCalls, pipelineClient, type SavedView } from './calls';
import type { LeadSearch } from './search';
import { t } from './text';

type Props = { workspace: string; search: LeadSearch; onShow: (search: LeadSearch) => void };

/** What of the address is kept: a past day is looked at, not kept. */
const kept = ({ asOf: _, lead: __, ...filters }: LeadSearch) => filters;

/** Views kept under a name: shown, kept anew, removed with a way back. */
export const SavedViews = ({ workspace, search, onShow }: Props) => {
  const [naming, setNaming] = useState(false);
  const queries = useQueryClient();
  const views = useQuery(pipelineCalls.views.queryOptions({ input: { workspace } }));
  const reload = () => queries.invalidateQueries({ queryKey: pipelineCalls.views.key() });
  const remove = useMutation({
    mutationFn: (view: SavedView) => pipelineClient.removeView({ workspace, id: view.id }),
    onSuccess: async (_, { name, filters, shared }) => {
      await reload();
      say(t('views.removed', { name }), async () => {
        await pipelineClient.saveView({ workspace, name, filters, shared });
        await reload();
      });
    },
    onError: sayFault,
  });
  const rows = views.data ?? [];
  const own = rows.filter((view) => view.mine);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target><Button variant="default">{t('views')}</Button></Menu.Target>
        <Menu.Dropdown mah={400} style={{ overflowY: 'auto' }}>
          {rows.map((view) => <Menu.Item key={view.id} onClick={() => onShow(view.filters)}>{view.name}{view.mine ? '' : ` · ${view.madeBy}`}</Menu.Item>)}
          {rows.length > 0 && <Menu.Divider />}
          <Menu.Item onClick={() => setNaming(true)}>{t('views.save')}</Menu.Item>
          {own.map((view) => <Menu.Item key={view.id} c="dimmed" onClick={() => remove.mutate(view)}>{t('views.remove', { name: view.name })}</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
      {naming && <NameView workspace={workspace} search={search} onClose={() => setNaming(false)} onSaved={reload} />}
    </>
  );
};

const NameView = ({ workspace, search, onClose, onSaved }: { workspace: string; search: LeadSearch; onClose: () => void; onSaved: () => Promise<void> }) => {
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useMutation({
    mutationFn: () => pipelineClient.saveView({ workspace, name: name.trim(), shared, filters: kept(search) }),
    onSuccess: async (view) => {
      await onSaved();
      onClose();
      say(t('views.saved', { name: view.name }), async () => {
        await pipelineClient.removeView({ workspace, id: view.id });
        await onSaved();
      });
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('views.save')}>
      <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
        <Stack gap="md">
          <TextInput label={t('views.name')} description={t('views.name.help')} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={80} required data-autofocus />
          <Checkbox label={t('views.shared')} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
          <FaultLine error={save.error} />
          <Group justify="flex-end" gap="sm"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>{t('views.keep')}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
};
