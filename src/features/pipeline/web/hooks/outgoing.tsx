import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Confirm } from '../../../../ui/confirm';
import { say, sayFault } from '../../../../ui/notify';
import { Answered, FaultLine } from '../../../../ui/page';
import { When } from '../../../../ui/when';
import { WEBHOOK_EVENTS, type WebhookEvent } from '../../domain/outgoing-hooks';
import { pipelineCalls, pipelineClient, type Delivery, type Webhook } from '../calls';
import css from './hooks.module.css';
import { Once } from './once';
import { coded, hostOf, t } from './text';

/** Addresses of other programs, what they took, and what waits for them. */
export const Outgoing = ({ workspace, hooks }: { workspace: string; hooks: Webhook[] }) => (
  <section className={css.section} aria-labelledby="out">
    <h2 id="out">{t('out')}</h2>
    <p>{hooks.length === 0 ? `${t('out.none')} ${t('out.text')}` : t('out.text')}</p>
    {hooks.length > 0 && <ul className={css.hooks}>{hooks.map((hook) => <Hook key={hook.id} workspace={workspace} hook={hook} />)}</ul>}
    <NewHook workspace={workspace} open={hooks.length === 0} />
  </section>
);

const useReload = () => {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: pipelineCalls.key() });
};

const Hook = ({ workspace, hook }: { workspace: string; hook: Webhook }) => {
  const [asking, ask] = useState(false);
  const [open, setOpen] = useState(false);
  const reload = useReload();
  const host = hostOf(hook.url);
  const pause = useMutation({
    mutationFn: (paused: boolean) => pipelineClient.pauseWebhook({ workspace, id: hook.id, paused }),
    onSuccess: async (_, paused) => {
      await reload();
      say(t(paused ? 'out.paused.done' : 'out.resumed.done', { host }));
    },
    onError: sayFault,
  });
  const remove = useMutation({
    mutationFn: () => pipelineClient.removeWebhook({ workspace, id: hook.id }),
    onSuccess: async () => {
      ask(false);
      await reload();
      say(t('out.removed', { host }));
    },
  });
  return (
    <li className={css.hook}>
      <div className={css.line}>
        <span className={css.who}>
          <strong data-user-text>{hook.url}</strong>
          <span className="meta">{hook.events.map((event) => coded('event', event)).join(' · ')}</span>
          <span className="meta">{t('out.counts', { delivered: hook.delivered, waiting: hook.waiting, givenUp: hook.givenUp })}{hook.lastDeliveredAt && <> · {t('out.last')} <When at={hook.lastDeliveredAt} show="both" /></>}</span>
        </span>
        <span className={css.acts}>
          <Button size="compact-sm" variant="default" loading={pause.isPending} onClick={() => pause.mutate(hook.pausedAt === null)}>{t(hook.pausedAt === null ? 'out.pause' : 'out.resume')}</Button>
          <Button size="compact-sm" variant="subtle" color="ink" onClick={() => ask(true)}>{t('out.remove')}</Button>
        </span>
      </div>
      {hook.pausedWhy && <div className={css.off} role="status">{t(`out.paused.${hook.pausedWhy}`)}</div>}
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('out.log')}</summary>
        {open && <Log workspace={workspace} hook={hook} />}
      </details>
      <Confirm opened={asking} title={t('out.remove.title', { host })} button={t('out.remove')} busy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()} onClose={() => ask(false)}>{t('out.remove.text', { waiting: hook.waiting })}</Confirm>
    </li>
  );
};

const Log = ({ workspace, hook }: { workspace: string; hook: Webhook }) => {
  const rows = useQuery({ ...pipelineCalls.deliveries.queryOptions({ input: { workspace, id: hook.id } }), refetchInterval: 15_000 });
  return <Answered query={rows} rows={2}>{(found) => (found.length === 0 ? <div className="meta">{t('out.log.none')}</div> : <ul className={css.log}>{found.map((row) => <Message key={row.id} workspace={workspace} row={row} paused={hook.pausedAt !== null} />)}</ul>)}</Answered>;
};

const answered = (row: Delivery): string => {
  if (row.lastStatus !== null) return ` · ${t('log.status', { status: row.lastStatus })}`;
  return row.lastProblem ? ` · ${coded('problem', row.lastProblem)}` : '';
};

const Message = ({ workspace, row, paused }: { workspace: string; row: Delivery; paused: boolean }) => {
  const reload = useReload();
  const again = useMutation({
    mutationFn: () => pipelineClient.redeliver({ workspace, id: row.id }),
    onSuccess: async () => {
      await reload();
      say(t('log.again.done'));
    },
    onError: sayFault,
  });
  return (
    <li>
      <span className={css.who}>
        <span>{coded('event', row.event)} · <When at={row.createdAt} show="both" /></span>
        <span><strong>{t(`log.state.${row.state}`)}</strong>{answered(row)} · {t('log.tries', { tries: row.tries })}{row.dueAt && !paused && <> · {t('log.next')} <When at={row.dueAt} show="both" /></>}</span>
        {row.lastAnswer && <span className="meta" data-user-text>{row.lastAnswer.slice(0, 300)}</span>}
        <details><summary className="meta">{t('log.body')}</summary><pre className={css.code} tabIndex={0} data-user-text>{JSON.stringify(JSON.parse(row.body), null, 2)}</pre></details>
      </span>
      <span className={css.acts}><Button size="compact-sm" variant="default" disabled={paused} loading={again.isPending} onClick={() => again.mutate()}>{t('log.again')}</Button></span>
    </li>
  );
};

const NewHook = ({ workspace, open }: { workspace: string; open: boolean }) => {
  const [shown, show] = useState(false);
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<WebhookEvent[]>(['lead.stage_changed', 'handoff.answered']);
  const reload = useReload();
  const create = useMutation({
    mutationFn: () => pipelineClient.createWebhook({ workspace, url, events }),
    onSuccess: async () => {
      setUrl('');
      await reload();
    },
  });
  if (create.data) return <Once title={t('out.made')} text={t('out.made.text')} secret={create.data.secret} onDone={() => { create.reset(); show(false); }} />;
  if (!open && !shown) return <Button variant="default" style={{ alignSelf: 'flex-start' }} onClick={() => show(true)}>{t('out.add')}</Button>;
  return (
    <form className={css.form} onSubmit={(event) => { event.preventDefault(); if (events.length > 0) create.mutate(); }}>
      <TextInput type="url" label={t('out.url')} description={t('out.url.help')} placeholder="https://" required maxLength={2_000} value={url} onChange={(event) => setUrl(event.currentTarget.value)} />
      <fieldset className={css.events}>
        <legend>{t('out.events')}</legend>
        {WEBHOOK_EVENTS.map((name) => <Checkbox key={name} label={coded('event', name)} checked={events.includes(name)} onChange={(event) => setEvents(event.currentTarget.checked ? [...events, name] : events.filter((each) => each !== name))} />)}
      </fieldset>
      {events.length === 0 && <span role="alert">{t('out.pick')}</span>}
      <FaultLine error={create.error} />
      <Button type="submit" loading={create.isPending} disabled={events.length === 0} style={{ alignSelf: 'flex-start' }}>{t('out.create')}</Button>
    </form>
  );
};
