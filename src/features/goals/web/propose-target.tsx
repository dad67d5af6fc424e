import { Button, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { say } from '../../../ui/notify';
import { FaultLine } from '../../../ui/page';
import { PERIOD_UNITS, periodOf, type PeriodUnit } from '../domain/periods';
import { goalsCalls, goalsClient, type GoalView } from './calls';
import css from './goals.module.css';
import { periodText, t } from './text';

const today = (): string => new Date().toISOString().slice(0, 10);
/** The period under way, the one before for the record, and the next four. */
const LATER = [-1, 0, 1, 2, 3, 4] as const;

type Draft = { unit: PeriodUnit; startsOn: string; amount: number | ''; currency: string; quota: number | ''; margin: number | ''; note: string };

const orNull = (value: number | '', scale = 1): number | null => (value === '' ? null : value / scale);

/** Proposes a period's target, or a change of it; what is typed stays when saving fails. */
export const ProposeTarget = ({ workspace, rows, isHead, close }: { workspace: string; rows: readonly GoalView[]; isHead: boolean; close: () => void }) => {
  const queries = useQueryClient();
  const known = rows[0]?.inForce ?? rows[0]?.waiting;
  const [draft, setDraft] = useState<Draft>({ unit: 'quarter', startsOn: periodOf('quarter', today()).startsOn, amount: '', currency: known?.currency ?? 'EUR', quota: '', margin: known?.margin ? known.margin * 100 : '', note: '' });
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const save = useMutation({
    mutationFn: () => goalsClient.propose({ workspace, unit: draft.unit, startsOn: draft.startsOn, amount: Number(draft.amount), currency: draft.currency, quota: orNull(draft.quota), margin: orNull(draft.margin, 100), note: draft.note }),
    onSuccess: async () => {
      say(t(isHead ? 'propose.done.head' : 'propose.done'));
      await queries.invalidateQueries({ queryKey: goalsCalls.key() });
      close();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const number = (value: number | string): number | '' => (typeof value === 'number' ? value : '');
  return (
    <form className={`panel ${css.form}`} onSubmit={send} aria-label={t('targets.propose')}>
      <Select label={t('propose.unit')} allowDeselect={false} value={draft.unit} data={PERIOD_UNITS.map((value) => ({ value, label: t(`period.${value}`) }))} onChange={(value) => value && set({ unit: value as PeriodUnit, startsOn: periodOf(value as PeriodUnit, today()).startsOn })} />
      <Select label={t('propose.period')} allowDeselect={false} value={draft.startsOn} data={LATER.map((later) => periodOf(draft.unit, today(), later)).map((period) => ({ value: period.startsOn, label: periodText(period) }))} onChange={(value) => value && set({ startsOn: value })} />
      <NumberInput label={t('propose.amount')} required min={1} thousandSeparator="," value={draft.amount} onChange={(value) => set({ amount: number(value) })} />
      <TextInput label={t('propose.currency')} required maxLength={3} value={draft.currency} onChange={(event) => set({ currency: event.currentTarget.value.toUpperCase() })} />
      <NumberInput label={t('propose.quota')} description={t('propose.quota.help')} min={1} thousandSeparator="," value={draft.quota} onChange={(value) => set({ quota: number(value) })} />
      <NumberInput label={t('propose.margin')} description={t('propose.margin.help')} min={1} max={100} suffix=" %" value={draft.margin} onChange={(value) => set({ margin: number(value) })} />
      <Textarea className={css.all ?? ''} label={t('propose.note')} maxLength={2000} autosize minRows={2} value={draft.note} onChange={(event) => set({ note: event.currentTarget.value })} />
      <div className={css.all}><p className="meta">{t(isHead ? 'propose.what.head' : 'propose.what')}</p><FaultLine error={save.error} /></div>
      <div className={css.all} style={{ display: 'flex', gap: 8 }}>
        <Button type="submit" loading={save.isPending} disabled={draft.amount === ''}>{t('propose.button')}</Button>
        <Button variant="default" onClick={close}>{t('propose.cancel')}</Button>
      </div>
    </form>
  );
};
