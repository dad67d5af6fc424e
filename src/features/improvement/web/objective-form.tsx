import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Answered } from '../../../ui/page';
import { measureOf } from '../domain/measures';
import { improvementCalls, useChange, type Problem, type Told } from './calls';
import css from './improvement.module.css';
import { figure, measureName, readingOf, t, toldText } from './text';

/** What is to move, to where and by when; where it stands is read from the measure. */
export const ObjectiveForm = ({ workspace, problem, done }: { workspace: string; problem: Problem; done: () => void }) => {
  const measures = useQuery(improvementCalls.measures.queryOptions({ input: { workspace } }));
  return <Answered query={measures} rows={4}>{(all) => <Fields workspace={workspace} problem={problem} readings={new Map(all.map(({ measure, reading }) => [measure, reading]))} done={done} />}</Answered>;
};

const options = (readings: ReadonlyMap<string, Told>, kinds: readonly ('said' | 'recorded')[]) =>
  kinds.map((kind) => ({
    group: t(`objective.group.${kind}`),
    items: [...readings].filter(([key]) => (measureOf(key)?.kind === 'said') === (kind === 'said')).map(([key, told]) => ({ value: key, label: `${measureName(key)} · ${toldText(told, key)}`, disabled: 'none' in told })),
  }));

const Fields = ({ workspace, problem, readings, done }: { workspace: string; problem: Problem; readings: ReadonlyMap<string, Told>; done: () => void }) => {
  const { objective, said, recorded } = problem;
  const [measure, setMeasure] = useState<string | null>(objective?.measure ?? null);
  const [beside, setBeside] = useState<string | null>((objective?.measure === said?.measure ? recorded?.measure : said?.measure) ?? null);
  const kind = measureOf(measure);
  const scale = kind?.unit === 'share' ? 100 : 1;
  const [target, setTarget] = useState<number | string>(objective ? Math.round(objective.target * scale * 10) / 10 : '');
  const [dueOn, setDueOn] = useState(objective?.dueOn ?? '');
  const save = useChange('setObjective', workspace, t('objective.saved'), done);
  const now = measure ? readings.get(measure) : undefined;
  const reading = now ? readingOf(now) : null;
  const ready = measure !== null && typeof target === 'number' && dueOn !== '';
  return (
    <form className={css.form} onSubmit={(event) => { event.preventDefault(); if (ready) save.mutate({ id: problem.id, version: problem.version, measure, target: target / scale, dueOn, beside }); }}>
      <Select label={t('objective.measure')} required searchable value={measure} data={options(readings, ['said', 'recorded'])} onChange={(value) => { setMeasure(value); setBeside(null); }} />
      {reading && kind && <p className="meta" style={{ margin: 0 }}>{t('objective.now', { value: figure(reading.value, kind.unit, reading.currency), label: reading.label })} {t(`objective.target.better.${kind.better}`)}{kind.unit === 'share' ? ` ${t('objective.target.share')}` : ''}</p>}
      <NumberInput label={t('objective.target')} required decimalScale={1} value={target} onChange={setTarget} />
      <TextInput type="date" label={t('objective.due')} required value={dueOn} onChange={(event) => setDueOn(event.currentTarget.value)} />
      <Select label={t('objective.beside')} description={t('objective.beside.hint')} placeholder={t('objective.beside.none')} clearable clearButtonProps={{ 'aria-label': t('objective.beside.none') }} searchable disabled={!kind} value={beside} data={options(readings, [kind?.kind === 'said' ? 'recorded' : 'said'])} onChange={setBeside} />
      <Button type="submit" disabled={!ready} loading={save.isPending}>{t('save')}</Button>
    </form>
  );
};
