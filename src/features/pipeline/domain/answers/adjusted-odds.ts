import { logistic, type FitMethod } from '../../../../lib/statistics/logistic';
import type { Interval } from './records';

/** A value for each lead, as its place among the values there are; an empty text is a value. */
export type Factor = { name: string; values: readonly string[]; codes: Int32Array };

/** @param n leads are numbered from 0 to n - 1 */
export const factorOf = (name: string, n: number, of: (lead: number) => string): Factor => {
  const places = new Map<string, number>();
  const codes = Int32Array.from({ length: n }, (_, lead) => {
    const value = of(lead);
    const known = places.get(value);
    if (known === undefined) places.set(value, places.size);
    return known ?? places.size - 1;
  });
  return { name, values: [...places.keys()], codes };
};

export type AdjustedLevel = { level: string; oddsRatio: number; ci95: Interval; p: number };

/** Odds of each level against `reference`, other things equal; or why there are none. */
export type AdjustedOdds = { reference: string; levels: AdjustedLevel[]; method: FitMethod; adjustedFor: string[] } | { reference: string; reason: string };

const REST = '\u0000rest';

type Split = { name: string; levels: string[]; /** By lead, its level's place. */ codes: Int32Array };

/** Levels by how many leads have them, the largest first; those under `minimum` go together, and nowhere if they are still too few. */
const levelsOf = ({ name, values, codes }: Factor, minimum: number): Split => {
  const counts = new Int32Array(values.length);
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  const size = (code: number): number => counts[code] ?? 0;
  const kept = [...counts.keys()].filter((code) => size(code) >= minimum).toSorted((a, b) => size(b) - size(a) || ((values[a] ?? '') < (values[b] ?? '') ? -1 : 1));
  const places = new Int32Array(values.length).fill(kept.length);
  kept.forEach((code, place) => {
    places[code] = place;
  });
  return { name, levels: [...kept.map((code) => values[code] ?? ''), ...(kept.length < values.length ? [REST] : [])], codes: codes.map((code) => places[code] ?? 0) };
};

type Patterns = { trials: number[]; successes: number[]; codes: number[][] };

/** Leads with the same values together: the fit then costs as much as there are patterns. */
const patternsOf = (n: number, success: (lead: number) => boolean, splits: readonly Split[]): Patterns => {
  const found = new Map<number, number>();
  const patterns: Patterns = { trials: [], successes: [], codes: [] };
  for (let lead = 0; lead < n; lead += 1) {
    let key = 0;
    for (const { levels, codes } of splits) key = key * levels.length + (codes[lead] ?? 0);
    let at = found.get(key);
    if (at === undefined) {
      at = patterns.codes.push(splits.map(({ codes }) => codes[lead] ?? 0)) - 1;
      found.set(key, at);
      patterns.trials.push(0);
      patterns.successes.push(0);
    }
    patterns.trials[at] = (patterns.trials[at] ?? 0) + 1;
    if (success(lead)) patterns.successes[at] = (patterns.successes[at] ?? 0) + 1;
  }
  return patterns;
};

const WHY = {
  'no data': 'There are no leads to compare.',
  'columns depend on each other': 'What is compared cannot be told apart from what it is adjusted for.',
  'did not settle': 'The data do not settle on an estimate.',
} as const;

/**
 * Odds ratios of a factor's levels from one logistic regression that also holds the other factors (reference coding, each factor's largest level
 * its reference). Every coefficient needs about ten events to be worth telling (Peduzzi et al. 1996); with fewer, small adjusting factors are left out, last first.
 * @param n leads are numbered from 0 to n - 1
 */
export const adjustedOdds = (n: number, success: (lead: number) => boolean, factor: Factor, others: readonly Factor[], minimum: number): AdjustedOdds => {
  const main = levelsOf(factor, minimum);
  const reference = main.levels[0] ?? '';
  let events = 0;
  for (let lead = 0; lead < n; lead += 1) if (success(lead)) events += 1;
  const scarce = Math.min(events, n - events);
  if (main.levels.filter((level) => level !== REST).length < 2) return { reference, reason: 'Fewer than two groups are large enough to compare.' };
  if (scarce < 10) return { reference, reason: `${scarce} of the rarer outcome are too few to adjust anything.` };
  const kept: Split[] = [];
  let coefficients = main.levels.length;
  for (const other of others) {
    const split = levelsOf(other, minimum);
    if (split.levels.length < 2 || (coefficients + split.levels.length - 1) * 10 > scarce) continue;
    coefficients += split.levels.length - 1;
    kept.push(split);
  }
  const split = [main, ...kept];
  const patterns = patternsOf(n, success, split);
  const offsets = split.map((_, at) => 1 + split.slice(0, at).reduce((sum, { levels }) => sum + levels.length - 1, 0));
  const columns = coefficients;
  const design = new Float64Array(patterns.codes.length * columns);
  patterns.codes.forEach((code, row) => {
    design[row * columns] = 1;
    code.forEach((level, at) => {
      if (level > 0) design[row * columns + (offsets[at] ?? 1) + level - 1] = 1;
    });
  });
  const fit = logistic({ columns, design, trials: Float64Array.from(patterns.trials), successes: Float64Array.from(patterns.successes) });
  if (!fit.ok) return { reference, reason: WHY[fit.reason] };
  const levels = main.levels.flatMap((level, at): AdjustedLevel[] => {
    const found = fit.coefficients[at];
    return at === 0 || level === REST || !found ? [] : [{ level, oddsRatio: found.oddsRatio, ci95: [found.low, found.high], p: found.p }];
  });
  return { reference, levels, method: fit.method, adjustedFor: kept.map(({ name }) => name) };
};
