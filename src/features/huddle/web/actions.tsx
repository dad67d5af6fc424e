import { Button, Checkbox, Drawer, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FunctionShape } from '../../../ui/function-mark';
import { say } from '../../../ui/notify';
import { dayText } from '../../../ui/when';
import { FUNCTIONS } from '../../../lib/vocabulary';
import type { Action } from '../domain/operation';
import { isWhole, missingOf } from '../domain/action-plan';
import css from './huddle.module.css';
import { newId } from './live/new-id';
import type { Session } from './live/use-live';
import { t } from './text';

const fresh = (disconnect: string | null): Action => ({ id: newId(), disconnect, text: '', activities: '', owner: '', side: null, dueOn: null, easy: false, visible: false, direct: false, removed: false });

/** Actions under the disconnect they answer, with what each still lacks. */
export const Actions = ({ session, may, adds = may, heading: Heading = 'h3' }: { session: Session; may: boolean; /** Where new ones are written elsewhere on the page, they are only changed here. */ adds?: boolean; heading?: 'h2' | 'h3' }) => {
  const [open, setOpen] = useState<Action | null>(null);
  const { disconnects } = session.view;
  const actions = session.view.actions.filter(({ carried }) => !carried);
  const rows: { id: string | null; title: string }[] = [...disconnects.map(({ id, text }) => ({ id, title: text })), ...((adds && disconnects.length === 0) || actions.some(({ disconnect }) => disconnect === null) ? [{ id: null, title: t('actions.other') }] : [])];
  return (
    <div className={css.stack}>
      <Carried session={session} />
      {rows.map((row) => (
        <section key={row.id ?? 'none'} className={css.part}>
          <Heading data-user-text>{row.title}</Heading>
          <ul className={css.notes}>
            {actions.filter(({ disconnect }) => disconnect === row.id).map((action) => (
              <li key={action.id} className={css.note}>
                <div className={css.card}>
                  <div className={css.cardText} data-user-text>
                    <strong>{action.text}</strong>
                    <span>{action.side && <><FunctionShape fn={action.side} /> </>}{[action.owner, action.dueOn ? t('actions.due', { day: dayText(action.dueOn) }) : ''].filter(Boolean).join(' · ')}</span>
                    <span className="meta">{isWhole(action) ? t('actions.whole') : t('actions.lacks', { what: missingOf(action).map((each) => t(`lack.${each}`)).join(', ') })}</span>
                  </div>
                  {may && <Button size="compact-sm" variant="default" className="no-print" onClick={() => setOpen(action)}>{t('edit')}</Button>}
                </div>
              </li>
            ))}
          </ul>
          {adds && <Button variant="default" className="no-print" style={{ alignSelf: 'flex-start' }} onClick={() => setOpen(fresh(row.id))}>{t('actions.add')}</Button>}
        </section>
      ))}
      <Drawer opened={open !== null} onClose={() => setOpen(null)} position="right" title={t('actions.one')} closeButtonProps={{ 'aria-label': t('close') }}>{open && <Form key={open.id} session={session} action={open} done={() => setOpen(null)} />}</Drawer>
    </div>
  );
};

/** What is still to do of the last Huddle: it is in the programme, and changed there. */
export const Carried = ({ session }: { session: Session }) => {
  const carried = session.view.actions.filter((action) => action.carried);
  if (carried.length === 0) return null;
  return (
    <section className={css.part}>
      <h3>{t('carried.title', { count: carried.length })}</h3>
      <ul className={css.counts}>
        {carried.map(({ id, text, owner, side, dueOn }) => <li key={id}><span data-user-text>{text}</span><span>{side && <><FunctionShape fn={side} /> </>}{owner}</span><span className="meta">{dueOn ? t('actions.due', { day: dayText(dueOn) }) : ''}</span></li>)}
      </ul>
    </section>
  );
};

const Form = ({ session, action, done }: { session: Session; action: Action; done: () => void }) => {
  const [draft, setDraft] = useState(action);
  const put = (change: Partial<Action>) => setDraft((before) => ({ ...before, ...change }));
  const known = session.view.actions.some(({ id }) => id === action.id);
  const remove = () => {
    session.act({ kind: 'action', action: { ...action, removed: true } });
    say(t('actions.removed'), async () => session.act({ kind: 'action', action }));
    done();
  };
  return (
    <form className={css.stack} onSubmit={(event) => { event.preventDefault(); session.act({ kind: 'action', action: draft }); done(); }}>
      <Textarea label={t('actions.text')} required autosize minRows={2} maxLength={1_000} value={draft.text} onChange={(event) => put({ text: event.currentTarget.value })} />
      <Textarea label={t('actions.activities')} autosize minRows={2} maxLength={2_000} value={draft.activities} onChange={(event) => put({ activities: event.currentTarget.value })} />
      <TextInput label={t('actions.owner')} maxLength={120} value={draft.owner} onChange={(event) => put({ owner: event.currentTarget.value })} />
      <Select label={t('actions.side')} clearable clearButtonProps={{ 'aria-label': t('clear') }} value={draft.side} data={FUNCTIONS.map((of) => ({ value: of, label: t(`fn.${of}`) }))} onChange={(value) => put({ side: FUNCTIONS.find((of) => of === value) ?? null })} />
      <TextInput type="date" label={t('actions.dueOn')} value={draft.dueOn ?? ''} onChange={(event) => put({ dueOn: event.currentTarget.value || null })} />
      <fieldset className={css.criteria}>
        <legend>{t('actions.criteria')}</legend>
        {(['easy', 'visible', 'direct'] as const).map((each) => <Checkbox key={each} label={t(`criterion.${each}`)} checked={draft[each]} onChange={(event) => put({ [each]: event.currentTarget.checked })} />)}
      </fieldset>
      <div className={css.row}><Button type="submit" disabled={draft.text.trim() === ''}>{t('save')}</Button>{known && <Button variant="default" onClick={remove}>{t('remove')}</Button>}</div>
    </form>
  );
};
