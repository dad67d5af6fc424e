import { Button, Modal } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Pending } from '../../../ui/page';
import { measureOf, type Reading } from '../domain/measures';
import { endsOf } from '../domain/track-axis';
import type { Part, Problem } from './calls';
import css from './improvement.module.css';
import { figure, measureName, movementText, objectiveSentence, readingOf, t } from './text';

/** Few set objectives, everybody reads them. */
const ObjectiveForm = lazy(() => import('./objective-form').then((part) => ({ default: part.ObjectiveForm })));

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
      <Modal opened={open} onClose={() => setOpen(false)} title={t('objective.set')} closeButtonProps={{ 'aria-label': t('close') }}>{open && <Suspense fallback={<Pending rows={4} />}><ObjectiveForm workspace={workspace} problem={problem} done={() => setOpen(false)} /></Suspense>}</Modal>
    </section>
  );
};

/** Baseline, now and target on one whole axis, with the interval of what is told now. */
export const Axis = ({ objective: { measure, baseline, now, target } }: { objective: Objective }) => {
  const from = readingOf(baseline);
  const unit = measureOf(measure)?.unit ?? 'score';
  if (!from) return null;
  const latest: Reading | null = now;
  const [least, most] = endsOf(unit, [from.value, from.high ?? from.value, target, latest?.value ?? from.value, latest?.high ?? from.value]);
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
