import { Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { FaultLine } from '../../../ui/page';
import { PERIOD_UNITS, type PeriodUnit } from '../domain/periods';
import { SPLITS, type MetricSplit } from '../domain/splits';
import { goalsCalls, type Dashboard } from './calls';
import css from './goals.module.css';
import { coded, t } from './text';

export type BoardContent = Pick<Dashboard, 'name' | 'metrics' | 'unit' | 'split'>;
const BLANK: BoardContent = { name: '', metrics: [], unit: 'quarter', split: 'none' };

type Props = { title: string; metrics: readonly string[]; content?: BoardContent; save: (content: BoardContent) => Promise<Dashboard>; saved: (board: Dashboard) => unknown; close: () => void };

/** What a dashboard is called and shows; a new one or one that is changed. */
export const BoardForm = ({ title, metrics, content = BLANK, save, saved, close }: Props) => {
  const queries = useQueryClient();
  const [board, setBoard] = useState(content);
  const set = (part: Partial<BoardContent>) => setBoard((before) => ({ ...before, ...part }));
  const saving = useMutation({
    mutationFn: () => save(board),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: goalsCalls.dashboards.key() });
      await saved(made);
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form className={`panel ${css.form} no-print`} onSubmit={send} aria-label={title}>
      <TextInput label={t('boards.name')} required maxLength={120} value={board.name} onChange={(event) => set({ name: event.currentTarget.value })} />
      <Select label={t('metrics.unit')} allowDeselect={false} value={board.unit} data={PERIOD_UNITS.map((value) => ({ value, label: t(`period.${value}`) }))} onChange={(value) => value && set({ unit: value as PeriodUnit })} />
      <Select label={t('metrics.split')} allowDeselect={false} value={board.split} data={SPLITS.map((value) => ({ value, label: t(`split.${value}`) }))} onChange={(value) => set({ split: (value ?? 'none') as MetricSplit })} />
      <MultiSelect className={css.all ?? ''} label={t('boards.metrics')} required value={board.metrics} data={metrics.map((id) => ({ value: id, label: coded('metric', id) }))} onChange={(chosen) => set({ metrics: chosen })} />
      <div className={css.all}><FaultLine error={saving.error} /></div>
      <div className={css.all} style={{ display: 'flex', gap: 8 }}>
        <Button type="submit" loading={saving.isPending} disabled={board.name.trim() === '' || board.metrics.length === 0}>{t('boards.save')}</Button>
        <Button variant="default" onClick={close}>{t('propose.cancel')}</Button>
      </div>
    </form>
  );
};
