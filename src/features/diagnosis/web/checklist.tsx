import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { dayText } from '../../../ui/when';
import { COLUMNS, ITEM_STATES } from '../domain/checklist';
import { useChange, type Part, type View } from './calls';
import css from './diagnosis.module.css';
import { percent, t } from './text';

type Item = View['checklist']['items'][number];

/** Eighteen items in four columns; evidence ticks what the product knows, a person's word counts before it. */
export const Checklist = ({ workspace, view }: Part) => {
  const [open, setOpen] = useState<Item['item'] | null>(null);
  const { items, done } = view.checklist;
  const whole = COLUMNS.reduce((sum, column) => sum + (done[column] ?? 0), 0) / COLUMNS.length;
  const edited = items.find(({ item }) => item === open);
  return (
    <section className={css.section} aria-labelledby="list">
      <h2 id="list">{t('list.title')}</h2>
      <p className="meta">{t('list.source', { percent: percent(whole) })}</p>
      <div className={css.two}>
        {COLUMNS.map((column) => (
          <div key={column} className={css.part}>
            <h3>{t(`column.${column}`)}</h3>
            <ul className={css.list}>{items.filter((each) => each.column === column).map((each) => <Row key={each.item} item={each} onOpen={view.mayWrite ? () => setOpen(each.item) : null} />)}</ul>
          </div>
        ))}
      </div>
      <Modal opened={edited !== undefined} onClose={() => setOpen(null)} title={edited ? t(`item.${edited.item}`) : ''} closeButtonProps={{ 'aria-label': t('close') }}>{edited && <Edit workspace={workspace} item={edited} done={() => setOpen(null)} />}</Modal>
    </section>
  );
};

const Row = ({ item, onOpen }: { item: Item; onOpen: (() => void) | null }) => {
  const state = t(`state.${item.state}`);
  const told = [item.by === 'evidence' ? t('by.evidence') : '', item.by === 'person' && item.evidence && item.evidence !== item.state ? t('by.disagree', { state: t(`state.${item.evidence}`).toLowerCase() }) : ''].filter(Boolean).join(' · ');
  const words = [item.owner, item.dueOn ? dayText(`${item.dueOn}T12:00:00`) : '', item.note].filter(Boolean).join(' · ');
  return (
    <li>
      <span>{t(`item.${item.item}`)}</span>
      {onOpen ? <Button size="compact-md" variant="default" aria-label={`${t('item.edit', { item: t(`item.${item.item}`) })}: ${state}`} onClick={onOpen}>{state}</Button> : <span>{state}</span>}
      {(told || words) && <span className={css.full}>{told && <span className="meta">{told}</span>}{told && words ? ' · ' : ''}<span data-user-text>{words}</span></span>}
    </li>
  );
};

const Edit = ({ workspace, item, done }: { workspace: string; item: Item; done: () => void }) => {
  const [state, setState] = useState<string>(item.by === 'person' ? item.state : '');
  const [{ owner, dueOn, note }, setWords] = useState({ owner: item.owner, dueOn: item.dueOn ?? '', note: item.note });
  const save = useChange('tick', workspace, t('item.saved'), done);
  return (
    <form className={css.form} onSubmit={(event) => { event.preventDefault(); save.mutate({ item: item.item, version: item.version, state: ITEM_STATES.find((each) => each === state) ?? null, owner, dueOn: dueOn || null, note }); }}>
      <Select label={t('item.state')} value={state} allowDeselect={false} data={[{ value: '', label: t('item.byEvidence') }, ...ITEM_STATES.map((each) => ({ value: each, label: t(`state.${each}`) }))]} onChange={(value) => setState(value ?? '')} />
      <TextInput label={t('item.owner')} maxLength={120} value={owner} onChange={(event) => setWords({ owner: event.currentTarget.value, dueOn, note })} />
      <TextInput type="date" label={t('item.due')} value={dueOn} onChange={(event) => setWords({ owner, dueOn: event.currentTarget.value, note })} />
      <Textarea label={t('item.note')} autosize minRows={2} maxLength={2_000} value={note} onChange={(event) => setWords({ owner, dueOn, note: event.currentTarget.value })} />
      <Button type="submit" loading={save.isPending}>{t('item.save')}</Button>
    </form>
  );
};
