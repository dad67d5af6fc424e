import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Confirm } from '../../../../ui/confirm';
import { CopyField } from '../../../../ui/copy-field';
import { say } from '../../../../ui/notify';
import { Answered, FaultLine } from '../../../../ui/page';
import { When } from '../../../../ui/when';
import { customersCalls, customersClient, type Intake, type IntakeHook, type Source } from './calls';
import css from './hooks.module.css';
import { Once } from './once';
import { t } from './text';

const MESSAGE = `{
  "type": "records.put",
  "timestamp": "2026-05-04T10:00:00Z",
  "data": {
    "kind": "lead",
    "rows": [{ "key": "L1", "email": "ann@example.com", "status": "Working" }]
  }
}`;

/** Addresses of our own that systems send their records to, and what came in. */
export const Incoming = ({ workspace, hooks }: { workspace: string; hooks: IntakeHook[] }) => {
  const sources = useQuery(customersCalls.sources.queryOptions({ input: { workspace } }));
  const intakes = useQuery({ ...customersCalls.intakes.queryOptions({ input: { workspace } }), refetchInterval: 30_000 });
  return (
    <section className={css.section} aria-labelledby="in">
      <h2 id="in">{t('in')}</h2>
      <p>{hooks.length === 0 ? `${t('in.none')} ${t('in.text')}` : t('in.text')}</p>
      {hooks.length > 0 && <ul className={css.hooks}>{hooks.map((hook) => <Hook key={hook.id} workspace={workspace} hook={hook} />)}</ul>}
      <Answered query={sources} rows={1}>{(found) => (found.length === 0 ? <div>{t('in.sources.none')} <Link to="/w/$workspace/customers/imports" params={{ workspace }}>{t('in.files')}</Link></div> : <NewHook workspace={workspace} sources={found} open={hooks.length === 0} />)}</Answered>
      <details><summary>{t('in.example')}</summary><pre className={css.code} tabIndex={0} data-user-text>{MESSAGE}</pre></details>
      {hooks.length > 0 && <Answered query={intakes} rows={1}>{(rows) => <Log rows={rows} />}</Answered>}
    </section>
  );
};

const Log = ({ rows }: { rows: Intake[] }) => (
  <details>
    <summary>{t('in.log')}</summary>
    {rows.length === 0 ? <div className="meta">{t('in.log.none')}</div> : (
      <ul className={css.log}>
        {rows.map((row) => (
          <li key={row.id}>
            <span className={css.who}>
              <span data-user-text>{row.label} · {row.sourceName} · <When at={row.receivedAt} show="both" /></span>
              <span>{t('in.log.counts', row.counts)}</span>
              {row.rejected.slice(0, 5).map((each) => <span key={each.row} className="meta">{t('in.log.rejected', { row: each.row + 1, problem: each.detail ?? each.problem })}</span>)}
            </span>
          </li>
        ))}
      </ul>
    )}
  </details>
);

const Hook = ({ workspace, hook }: { workspace: string; hook: IntakeHook }) => {
  const [asking, ask] = useState(false);
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => customersClient.revokeHook({ workspace, id: hook.id }),
    onSuccess: async () => {
      ask(false);
      await queries.invalidateQueries({ queryKey: customersCalls.hooks.key() });
      say(t('in.revoked', { name: hook.name }));
    },
  });
  return (
    <li className={css.hook}>
      <div className={css.line}>
        <span className={css.who}>
          <strong data-user-text>{hook.name}</strong>
          <span className="meta" data-user-text>{hook.sourceName} · {hook.lastReceivedAt ? <>{t('in.last')} <When at={hook.lastReceivedAt} show="both" /></> : t('in.never')}</span>
        </span>
        <span className={css.acts}><Button size="compact-sm" variant="subtle" color="ink" onClick={() => ask(true)}>{t('in.revoke')}</Button></span>
      </div>
      <CopyField label={t('in.url')} value={hook.url} />
      <Confirm opened={asking} title={t('in.revoke.title', { name: hook.name })} button={t('in.revoke')} busy={revoke.isPending} error={revoke.error} onConfirm={() => revoke.mutate()} onClose={() => ask(false)}>{t('in.revoke.text')}</Confirm>
    </li>
  );
};

const NewHook = ({ workspace, sources, open }: { workspace: string; sources: Source[]; open: boolean }) => {
  const [shown, show] = useState(false);
  const [source, setSource] = useState(sources[0]?.id ?? '');
  const [name, setName] = useState('');
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: () => customersClient.createHook({ workspace, source, name }),
    onSuccess: async () => {
      setName('');
      await queries.invalidateQueries({ queryKey: customersCalls.hooks.key() });
    },
  });
  if (create.data) return <Once title={t('in.made')} text={t('in.made.text')} secret={create.data.secret} onDone={() => { create.reset(); show(false); }}><CopyField label={t('in.url')} value={create.data.url} /></Once>;
  if (!open && !shown) return <Button variant="default" style={{ alignSelf: 'flex-start' }} onClick={() => show(true)}>{t('in.add')}</Button>;
  return (
    <form className={css.form} onSubmit={(event) => { event.preventDefault(); create.mutate(); }}>
      <Select label={t('in.source')} value={source} allowDeselect={false} onChange={(value) => setSource(value ?? '')} data={sources.map((each) => ({ value: each.id, label: each.name }))} />
      <TextInput label={t('in.name')} placeholder={t('in.name.example')} required maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <FaultLine error={create.error} />
      <Button type="submit" loading={create.isPending} style={{ alignSelf: 'flex-start' }}>{t('in.create')}</Button>
    </form>
  );
};
