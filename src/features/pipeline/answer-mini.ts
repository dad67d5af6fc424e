import type { Side } from '../../lib/vocabulary';
import type { Contents } from './answer-contract';
import type { Question } from './domain/answers/ladder';

/** A bar of the small chart beside an answer. */
export type MiniBar = { label: string; side: Side | null; value: number; low: number | null; high: number | null };

const sideOf = (name: string): Side | null => (name === 'sales' || name === 'marketing' ? name : null);

const BARS = 4;

const useful = ({ byOrigin, bySource }: Contents['usefulness']): MiniBar[] => {
  const told = byOrigin.every(({ rate }) => rate !== null) ? byOrigin : bySource.filter(({ rate }) => rate !== null);
  return told.slice(0, BARS).map(({ name, rate, wilson95 }) => ({ label: name, side: sideOf(name), value: rate ?? 0, low: wilson95?.[0] ?? null, high: wilson95?.[1] ?? null }));
};

/** The few figures that a small chart can hold, in the order in which the answer's page shows them. */
export const miniOf = (content: Contents[Question]): MiniBar[] => {
  if ('byOrigin' in content) return useful(content);
  if ('marks' in content) {
    const standing = content.marks.filter(({ stands, lift }) => stands && lift !== null);
    return standing.slice(0, BARS).map(({ value, column, lift }) => ({ label: `${column}: ${value}`, side: null, value: lift?.value ?? 0, low: lift?.ci95[0] ?? null, high: lift?.ci95[1] ?? null }));
  }
  return content.stages.flatMap((stage): MiniBar[] => {
    if ('medianDays' in stage) return stage.medianDays === null ? [] : [{ label: stage.stage, side: stage.owner, value: stage.medianDays, low: stage.ci95[0], high: stage.ci95[1] }];
    return stage.share === null || stage.lost === 0 ? [] : [{ label: stage.stage, side: stage.owner, value: stage.lost, low: null, high: null }];
  }).toSorted((a, b) => b.value - a.value).slice(0, BARS);
};
