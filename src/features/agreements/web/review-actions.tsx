import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { SIDES } from '../../../lib/vocabulary';
import { FunctionShape } from '../../../ui/function-mark';
import { say, sayFault } from '../../../ui/notify';
import { FaultLine } from '../../../ui/page';
import { dayText } from '../../../ui/when';
import css from './agreements.module.css';
import { agreementsCalls, useReload, useRight, type ReviewView } from './calls';
import { sideText, t } from './text';

/** What a review ends in: who does what by when. */
export const Actions = ({ workspace, period, actions, note }: { workspace: string; period: string; actions: ReviewView['actions']; /** What is to be decided on. */ note: string | undefined }) => {
  const may = useRight(workspace, 'review:write');
  const reload = useReload();
  const set = useMutation(agreementsCalls.setAction.mutationOptions({ onSuccess: () => reload(), onError: sayFault }));
  return (
    <section className={css.section} aria-labelledby="actions">
      <h2 id="actions">{t('review.actions')}</h2>
      {actions.length === 0 && <p className="meta">{t('review.actions.none')}</p>}
      <ul className={css.list}>
        {actions.map((action) => (
          <li key={action.id}>
            <Checkbox checked={action.doneAt !== null} disabled={!may} aria-label={t('review.done', { text: action.text })} onChange={(event) => set.mutate({ workspace, id: action.id, done: event.currentTarget.checked })} />
            <span data-user-text style={{ flex: '1 1 240px', textDecoration: action.doneAt ? 'line-through' : undefined }}>{action.text}</span>
            <span className="meta" style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}>{action.side && <FunctionShape fn={action.side} />}<span data-user-text>{action.owner}</span>{action.dueOn && ` · ${t('review.by', { date: dayText(`${action.dueOn}T12:00:00`) })}`}</span>
          </li>
        ))}
      </ul>
      {note && <blockquote className={css.quote} data-user-text>{note}</blockquote>}
      {may && <NewAction key={actions.length} workspace={workspace} period={period} eager={note !== undefined} />}
    </section>
  );
};

const NewAction = ({ workspace, period, eager }: { workspace: string; period: string; eager: boolean }) => {
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (eager) first.current?.focus();
  }, [eager]);
  const [text, setText] = useState('');
  const [owner, setOwner] = useState('');
  const [side, setSide] = useState('');
  const [dueOn, setDueOn] = useState('');
  const reload = useReload();
  const add = useMutation(agreementsCalls.addAction.mutationOptions({ onSuccess: async () => { await reload(); say(t('review.added')); } }));
  return (
    <form className="no-print" onSubmit={(event) => { event.preventDefault(); add.mutate({ workspace, period, text, owner, side: SIDES.find((each) => each === side) ?? null, dueOn: dueOn || null }); }}>
      <div className={css.add}>
        <TextInput ref={first} label={t('review.action')} value={text} onChange={(event) => setText(event.currentTarget.value)} maxLength={500} required />
        <TextInput label={t('review.owner')} value={owner} onChange={(event) => setOwner(event.currentTarget.value)} maxLength={120} required />
        <NativeSelect label={t('review.side')} value={side} onChange={(event) => setSide(event.currentTarget.value)} data={[{ value: '', label: t('waiting.both') }, ...SIDES.map((each) => ({ value: each, label: sideText(each) }))]} />
        <TextInput type="date" label={t('review.due')} value={dueOn} onChange={(event) => setDueOn(event.currentTarget.value)} />
        <Button type="submit" variant="default" loading={add.isPending}>{t('review.add')}</Button>
      </div>
      <FaultLine error={add.error} />
    </form>
  );
};
