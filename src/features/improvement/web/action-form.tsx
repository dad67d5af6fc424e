import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { workspaceCalls } from '../../workspace/web/public';
import { SOLUTIONS } from '../domain/catalogue';
import { ACTORS, CRITERIA } from '../domain/plan';
import { tc } from './catalogue-text';
import { useChange, type Action, type Problem } from './calls';
import css from './improvement.module.css';
import { t } from './text';

const OTHER = 'other';

const blank = { text: '', by: 'both' as Action['by'], ownerUserId: null as string | null, ownerName: '', dueOn: '', effect: '', easy: false, visible: false, direct: false, solution: null as Action['solution'] };

/** What is done, by whom, by when and what it should bring; the three criteria are asked one by one. */
export const ActionForm = ({ workspace, problem, action, done }: { workspace: string; problem: Problem; action: Action | null; done: () => void }) => {
  const [words, setWords] = useState(action ? { ...blank, ...action, dueOn: action.dueOn ?? '' } : blank);
  const set = <K extends keyof typeof blank>(key: K, value: (typeof blank)[K]) => setWords((now) => ({ ...now, [key]: value }));
  const members = useQuery(workspaceCalls.members.queryOptions({ input: { workspace } }));
  const add = useChange('addAction', workspace, t('actions.saved'), done);
  const change = useChange('changeAction', workspace, t('actions.saved'), done);
  const { text, by, ownerUserId, ownerName, dueOn, effect, easy, visible, direct, solution } = words;
  const said = { text, by, ownerUserId, ownerName, dueOn, effect, easy, visible, direct, solution };
  const ready = text.trim() !== '' && effect.trim() !== '' && dueOn !== '' && (ownerUserId !== null || ownerName.trim() !== '');
  return (
    <form className={css.form} onSubmit={(event) => { event.preventDefault(); if (!ready) return; if (action) change.mutate({ id: action.id, version: action.version, ...said }); else add.mutate({ id: problem.id, ...said }); }}>
      <Textarea label={t('actions.text')} required autosize minRows={2} maxLength={500} value={text} onChange={(event) => set('text', event.currentTarget.value)} data-autofocus />
      <Select label={t('actions.by')} required allowDeselect={false} value={by} data={ACTORS.map((each) => ({ value: each, label: t(`by.${each}`) }))} onChange={(value) => set('by', ACTORS.find((each) => each === value) ?? 'both')} />
      <Select label={t('actions.owner')} required searchable allowDeselect={false} value={ownerUserId ?? OTHER} data={[...(members.data ?? []).map(({ userId, name }) => ({ value: userId, label: name })), { value: OTHER, label: t('actions.owner.other') }]} onChange={(value) => set('ownerUserId', value === OTHER ? null : value)} />
      {ownerUserId === null && <TextInput label={t('actions.ownerName')} required maxLength={120} value={ownerName} onChange={(event) => set('ownerName', event.currentTarget.value)} />}
      <TextInput type="date" label={t('actions.due')} required value={dueOn} onChange={(event) => set('dueOn', event.currentTarget.value)} />
      <Textarea label={t('actions.effect')} required autosize minRows={2} maxLength={2_000} value={effect} onChange={(event) => set('effect', event.currentTarget.value)} />
      <fieldset style={{ border: 0, margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: 8 }}>
        <legend style={{ padding: 0, fontSize: 14, fontWeight: 500 }}>{t('actions.criteria')}</legend>
        {CRITERIA.map((each) => <Checkbox key={each} label={t(`criterion.${each}`)} checked={words[each]} onChange={(event) => set(each, event.currentTarget.checked)} />)}
      </fieldset>
      {problem.solutions.length > 0 && <Select label={t('actions.solution')} clearable clearButtonProps={{ 'aria-label': t('actions.solution.none') }} placeholder={t('actions.solution.none')} value={solution} data={problem.solutions.map((each) => ({ value: each.solution, label: tc(`sol.${each.solution}`) }))} onChange={(value) => set('solution', SOLUTIONS.find((each) => each === value) ?? null)} />}
      <Button type="submit" disabled={!ready} loading={add.isPending || change.isPending}>{t('save')}</Button>
    </form>
  );
};
