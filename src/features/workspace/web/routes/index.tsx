import { Button, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Answered, FaultLine } from '../../../../ui/page';
import { say } from '../../../../ui/notify';
import { can } from '../../policy';
import { workspaceCalls } from '../calls';
import { t } from '../text';

export const Route = createFileRoute('/w/$workspace/settings/')({ component: General });

function General() {
  const { workspace } = Route.useParams();
  const here = useQuery(workspaceCalls.read.queryOptions({ input: { workspace } }));
  return (
    <Answered query={here}>
      {(data) => (
        <Stack gap={40} maw={480}>
          <NameAndZone key={data.name} workspace={workspace} name={data.name} timeZone={data.timeZone} editable={can(data.me, 'workspace:update')} />
          {can(data.me, 'workspace:remove') && <Removal workspace={workspace} name={data.name} />}
        </Stack>
      )}
    </Answered>
  );
}

const NameAndZone = ({ workspace, name, timeZone, editable }: { workspace: string; name: string; timeZone: string; editable: boolean }) => {
  const queries = useQueryClient();
  const [draft, setDraft] = useState({ name, timeZone });
  const save = useMutation(workspaceCalls.update.mutationOptions({ onSuccess: async () => { await queries.invalidateQueries({ queryKey: workspaceCalls.key() }); say(t('general.saved')); } }));
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate({ workspace, ...draft }); }}>
      <Stack gap="md">
        <TextInput label={t('general.name')} value={draft.name} disabled={!editable} required maxLength={120} onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })} />
        <Select label={t('general.zone')} description={t('general.zone.help')} searchable disabled={!editable} data={Intl.supportedValuesOf('timeZone')} value={draft.timeZone} onChange={(zone) => zone && setDraft({ ...draft, timeZone: zone })} />
        <FaultLine error={save.error} />
        {editable && <Button type="submit" loading={save.isPending} style={{ alignSelf: 'flex-start' }}>{t('general.save')}</Button>}
      </Stack>
    </form>
  );
};

const Removal = ({ workspace, name }: { workspace: string; name: string }) => {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const remove = useMutation(workspaceCalls.remove.mutationOptions({ onSuccess: async () => { queries.clear(); await navigate({ to: '/' }); say(t('general.removed', { workspace: name })); } }));
  return (
    <section>
      <h2 className="lead" style={{ margin: 0 }}>{t('general.remove')}</h2>
      <p style={{ color: 'var(--ink-2)', margin: '4px 0 12px' }}>{t('general.remove.text')}</p>
      <Button variant="default" onClick={() => setAsking(true)}>{t('general.remove')}</Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('general.remove')}>
        <form onSubmit={(event) => { event.preventDefault(); remove.mutate({ workspace, confirmName: typed }); }}>
          <Stack gap="md">
            <p style={{ margin: 0 }}>{t('general.remove.text')}</p>
            <TextInput label={t('general.remove.confirm', { workspace: name })} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} data-autofocus />
            <FaultLine error={remove.error} />
            <Button type="submit" disabled={typed.trim() !== name.trim()} loading={remove.isPending}>{t('general.remove')}</Button>
          </Stack>
        </form>
      </Modal>
    </section>
  );
};
