import { Button, Drawer, Modal } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Pending } from '../../../ui/page';
import { dayText } from '../../../ui/when';
import { missing } from '../domain/plan';
import { ByLabel } from './by-label';
import { useChange, type Action, type Part } from './calls';
import { CarryForm } from './carry-form';
import css from './improvement.module.css';
import { listed, t } from './text';

const ActionForm = lazy(() => import('./action-form').then((part) => ({ default: part.ActionForm })));

const civil = (day: string): string => dayText(`${day}T12:00:00`);

/** Actions by date; what is dropped stands folded away. */
export const Actions = ({ workspace, view, problem }: Part) => {
  const [form, setForm] = useState<Action | 'new' | null>(null);
  const [carried, setCarried] = useState<Action | null>(null);
  const held = problem.actions.filter(({ state }) => state !== 'dropped');
  const dropped = problem.actions.filter(({ state }) => state === 'dropped');
  const row = (action: Action) => <Row key={action.id} workspace={workspace} action={action} mayWrite={view.mayWrite} onEdit={() => setForm(action)} onCarry={() => setCarried(action)} />;
  return (
    <section className={css.section} aria-labelledby="actions">
      <h2 id="actions">{t('actions.title')}</h2>
      {held.length === 0 ? <p>{t('actions.none')}</p> : <ul className={css.actions}>{held.map(row)}</ul>}
      {dropped.length > 0 && <details><summary>{t('actions.show', { count: dropped.length })}</summary><ul className={css.actions}>{dropped.map(row)}</ul></details>}
      {view.mayWrite && <div className="no-print"><Button variant="default" onClick={() => setForm('new')}>{t('actions.add')}</Button></div>}
      <Drawer opened={form !== null} onClose={() => setForm(null)} position="right" title={form && form !== 'new' ? t('actions.edit', { text: form.text }) : t('actions.add')} closeButtonProps={{ 'aria-label': t('close') }}>
        {form && <Suspense fallback={<Pending rows={6} />}><ActionForm workspace={workspace} problem={problem} action={form === 'new' ? null : form} done={() => setForm(null)} /></Suspense>}
      </Drawer>
      <Modal opened={carried !== null} onClose={() => setCarried(null)} title={carried ? t('actions.carry.title', { text: carried.text }) : ''} closeButtonProps={{ 'aria-label': t('close') }}>{carried && <CarryForm workspace={workspace} action={carried} done={() => setCarried(null)} />}</Modal>
    </section>
  );
};

const stateText = ({ state, due }: Action): string => (state === 'open' ? t(`due.${due}`) : t(`astate.${state}`));

const Row = ({ workspace, action, mayWrite, onEdit, onCarry }: { workspace: string; action: Action; mayWrite: boolean; onEdit: () => void; onCarry: () => void }) => {
  const move = useChange('moveAction', workspace, t('actions.moved'));
  const to = (state: Action['state']) => () => move.mutate({ id: action.id, version: action.version, to: state });
  const unmet = missing(action);
  const last = action.carried.at(-1);
  const button = (label: string, onClick: () => void) => <Button size="compact-sm" variant="default" disabled={move.isPending} aria-label={`${label}: ${action.text}`} onClick={onClick}>{label}</Button>;
  return (
    <li id={`action-${action.id}`} data-quiet={action.state !== 'open'}>
      <div>
        <span data-user-text style={{ fontWeight: 500 }}>{action.text}</span>
        {action.effect && <p className="meta" data-user-text>{action.effect}</p>}
        {unmet.length > 0 && action.state === 'open' && <p className="meta">{t('actions.missing', { names: listed(unmet.map((each) => t(`criterion.${each}`))) })}</p>}
        {last && <p className="meta" data-user-text>{t('actions.carried', { count: action.carried.length, why: last.why })}</p>}
      </div>
      <div>
        <ByLabel by={action.by} />
        <div data-user-text>{action.ownerName}{action.mine ? ` · ${t('actions.mine')}` : ''}</div>
        <div className="meta">{action.dueOn ? civil(action.dueOn) : ''} {action.due === 'overdue' ? <strong>{stateText(action)}</strong> : stateText(action)}</div>
      </div>
      <div className={`${css.acts} no-print`}>
        {action.mayMove && (action.state === 'open' ? button(t('actions.done'), to('done')) : button(t('actions.reopen'), to('open')))}
        {action.mayMove && action.state === 'open' && button(t('actions.carry'), onCarry)}
        {mayWrite && action.state === 'open' && button(t('problem.edit'), onEdit)}
        {mayWrite && action.state === 'open' && button(t('actions.drop'), to('dropped'))}
      </div>
    </li>
  );
};
