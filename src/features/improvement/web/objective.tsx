import { Button, Modal, NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Answered } from '../../../ui/page';
import { measureOf, type Reading } from '../domain/measures';
import { improvementCalls, useChange, type Part, type Problem, type Told } from './calls';
import css from './improvement.module.css';
import { figure, measureName, movementText, objectiveSentence, readingOf, t, toldText } from './text';

type Objective = NonNullable<Problem['objective']>;

/** Planned beside observed, in words that claim nothing. */
export const Movement = ({ objective }: { objective: Objective }) => {
  const moved = movementText(objective);
  return (
    <>
      {moved && <p><strong>{moved}</strong></p>}
      <p className="meta">{t(`movement.${objective.verdict}`)}</p>
    </>
  );
};

/** What is to move, from where to where, and where it stands. */
export const ObjectiveSection = ({ workspace, view, problem }: Part) => {
  const [open, setOpen] = useState(false);
  const { objective } = problem;
  return (
    <section className={css.section} aria-labelledby="objective">
      <h2 id="objective">{t('objective.title')}</h2>
      {objective ? <><p className={css.sentence}>{objectiveSentence(objective)}</p><Axis objective={objective} /><Movement objective={objective} /></> : <p>{t('objective.none')}</p>}
      {view.mayWrite && <div className={`${css.acts} no-print`}><Button variant={objective ? 'default' : 'filled'} onClick={() => setOpen(true)}>{t(objective ? 'objective.change' : 'objective.set')}</Button></div>}
      <Modal opened={open} onClose={() => setOpen(false)} title={t('objective.set')} closeButtonProps={{ 'aria-label': t('close') }}>{open && <ObjectiveForm workspace={workspace} problem={problem} done={() => setOpen(false)} />}</Modal>
    </section>
  );
};

const ends = (unit: string, values: readonly number[]): [number, number] => {
  if (unit === 'score') return [1, 7];
  const high = Math.max(...values);
  return [Math.min(0, ...values), unit === 'share' ? Math.min(1, high * 1.15) : high * 1.15 || 1];
};

/** Baseline, now and target on one whole axis, with the interval of what is told now. */
export const Axis = ({ objective: { measure, baseline, now, target } }: { objective: Objective }) => {
  const from = readingOf(baseline);
  const unit = measureOf(measure)?.unit ?? 'score';
  if (!from) return null;
  const latest: Reading | null = now;
  const [least, most] = ends(unit, [from.value, from.high ?? from.value, target, latest?.value ?? from.value, latest?.high ?? from.value]);
  const x = (value: number): string => `${(100 * Math.max(0, Math.min(1, (value - least) / (most - least || 1)))).toFixed(2)}%`;
  const said = (value: number) => figure(value, unit, from.currency);
  const interval = latest ?? from;
  return (
    <svg className={css.axis} height="88" role="img" aria-label={t('objective.axis', { measure: measureName(measure), baseline: said(from.value), target: said(target), now: latest ? said(latest.value) : 'none' })}>
      <line x1="0" x2="100%" y1="48" y2="48" stroke="var(--mark)" />
      {unit === 'score' && [3, 4.5].map((cut) => <line key={cut} x1={x(cut)} x2={x(cut)} y1="36" y2="60" stroke="var(--mark)" strokeDasharray="2 3" />)}
      {interval.low !== null && interval.high !== null && <line x1={x(interval.low)} x2={x(interval.high)} y1="48" y2="48" stroke="var(--ink-2)" strokeWidth="3" />}
      <Mark at={x(from.value)} y={30} text={`${t('mark.baseline')} ${said(from.value)}`}><circle cy="48" r="6" fill="var(--ground)" stroke="var(--ink)" strokeWidth="2" /></Mark>
      {latest && <Mark at={x(latest.value)} y={76} text={`${t('mark.now')} ${said(latest.value)}`}><circle cy="48" r="6" fill="var(--ink)" /></Mark>}
      <Mark at={x(target)} y={14} text={`${t('mark.target')} ${said(target)}`}><line y1="36" y2="60" stroke="var(--ink)" strokeWidth="2" /></Mark>
    </svg>
  );
};

const Mark = ({ at, y, text, children }: { at: string; y: number; text: string; children: React.ReactNode }) => {
  const share = Number.parseFloat(at);
  return (
    <svg x={at} overflow="visible">
      {children}
      <text y={y} fontSize="12" fill="var(--ink-2)" textAnchor={share > 80 ? 'end' : share < 20 ? 'start' : 'middle'}>{text}</text>
    </svg>
  );
};

const ObjectiveForm = ({ workspace, problem, done }: { workspace: string; problem: Problem; done: () => void }) => {
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
