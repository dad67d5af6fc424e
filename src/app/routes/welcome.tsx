import { Badge, Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { workspaceCalls } from '../../features/workspace/web/public';
import { faultOf } from '../../browser/rpc';
import { Answered, FaultLine } from '../../ui/page';
import { demoCalls } from '../web/demo-calls';
import { Entry } from '../web/entry';
import css from '../web/entry.module.css';
import { t } from '../web/text';

export const Route = createFileRoute('/')({ component: Welcome });

function Welcome() {
  const mine = useQuery(workspaceCalls.mine.queryOptions());
  const stranger = mine.error !== null && faultOf(mine.error).status === 401;
  if (stranger) return <Entry title={t('welcome.title')} first><TwoChoices /></Entry>;
  return (
    <Entry title={t('welcome.workspaces')}>
      <Answered query={mine}>{(data) => <Workspaces list={data.workspaces} />}</Answered>
    </Entry>
  );
}

const TwoChoices = () => {
  const setup = useQuery(workspaceCalls.setup.queryOptions());
  const navigate = useNavigate();
  const load = useMutation(demoCalls.load.mutationOptions({ onSuccess: () => navigate({ href: '/sample' }) }));
  return (
    <Stack gap={40}>
      <section className={css.choice}>
        <h2 className="title">{t('welcome.create')}</h2>
        <p style={{ margin: 0 }}>{t('welcome.create.text')}</p>
        <Group gap="md">
          <Button component={Link} to="/sign-up">{t('welcome.create.button')}</Button>
          <span className="meta">{t('welcome.have')} <a href="/sign-in">{t('welcome.signIn')}</a></span>
        </Group>
      </section>
      <section className={css.choice}>
        <h2 className="title">{t('welcome.demo')}</h2>
        <p style={{ margin: 0 }}>{t('welcome.demo.text')}</p>
        <FaultLine error={load.error} />
        {setup.data && (setup.data.demo || setup.data.firstAccount) && (
          <Button variant="default" loading={load.isPending} onClick={() => (setup.data.demo ? void navigate({ href: '/sample' }) : load.mutate({}))}>{t('welcome.demo.button')}</Button>
        )}
      </section>
    </Stack>
  );
};

const Workspaces = ({ list }: { list: { id: string; name: string; role: string; isDemo: boolean }[] }) => {
  const [adding, setAdding] = useState(list.length === 0);
  return (
    <Stack gap="lg">
      {list.length > 0 && (
        <nav aria-label={t('welcome.workspaces')}>
          <h2 className="title">{t('welcome.workspaces')}</h2>
          <Stack gap="sm" mt="md">
            {list.map((row) => (
              <Button key={row.id} variant="default" size="md" justify="space-between" component={Link} to="/w/$workspace" params={{ workspace: row.id } as never} rightSection={row.isDemo ? <Badge variant="outline" color="ink">{t('welcome.demoBadge')}</Badge> : undefined}>
                {row.name}
              </Button>
            ))}
          </Stack>
        </nav>
      )}
      {!list.some((row) => row.isDemo) && <EnterDemo />}
      {adding ? <NewWorkspace /> : <Button variant="subtle" color="ink" onClick={() => setAdding(true)} style={{ alignSelf: 'flex-start' }}>{t('welcome.new')}</Button>}
    </Stack>
  );
};

/** One click into the demo company, for those who have an account. */
const EnterDemo = () => {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const enter = useMutation(
    demoCalls.load.mutationOptions({
      onSuccess: async ({ workspace }) => {
        await queries.invalidateQueries();
        await navigate({ to: '/w/$workspace', params: { workspace } });
      },
    }),
  );
  return (
    <section className={css.choice}>
      <h2 className="title">{t('welcome.demo')}</h2>
      <p style={{ margin: 0 }}>{t('welcome.demo.text')}</p>
      <FaultLine error={enter.error} />
      <Button variant="default" loading={enter.isPending} onClick={() => enter.mutate({})}>{t('welcome.demo.enter')}</Button>
    </section>
  );
};

const NewWorkspace = () => {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [timeZone, setTimeZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const create = useMutation(
    workspaceCalls.create.mutationOptions({
      onSuccess: async (made) => {
        await queries.invalidateQueries();
        await navigate({ to: '/w/$workspace', params: { workspace: made.id } });
      },
    }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name, timeZone });
      }}
    >
      <Stack gap="md">
        <h2 className="title">{t('welcome.create')}</h2>
        <TextInput label={t('welcome.new.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} required autoFocus maxLength={120} />
        <Select label={t('welcome.new.zone')} description={t('welcome.new.zone.help')} searchable data={Intl.supportedValuesOf('timeZone')} value={timeZone} onChange={(value) => value && setTimeZone(value)} />
        <FaultLine error={create.error} />
        <Button type="submit" loading={create.isPending} style={{ alignSelf: 'flex-start' }}>{t('welcome.new.button')}</Button>
      </Stack>
    </form>
  );
};
