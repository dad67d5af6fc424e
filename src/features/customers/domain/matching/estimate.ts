import { seeded } from '../../../../lib/seeded';
import { LEVELS, type Field } from './levels';
import type { Comparison } from './patterns';
import type { Prepared } from './prepare';

/** What the data say about a field: for each level how often it occurs among records of one customer (m) and of two (u). */
export type FieldParameters = { field: Field; m: readonly number[]; u: readonly number[] };

export type Parameters = {
  fields: readonly FieldParameters[];
  /** The share of all pairs that are one customer. */
  prior: number;
  /** Expected number of pairs that are one customer. */
  expected: number;
  rounds: number;
};

/** Distinct ways in which compared pairs stand, and how many pairs stand so. */
export type PatternCounts = { levels: readonly Uint8Array[]; counts: Float64Array; impossible: readonly boolean[] };

/** How strongly what is believed before the data counts: as so many pairs. */
const BELIEVED_MATCHES = 10;
const BELIEVED_OTHERS = 1000;
const BELIEVED_IN_SAMPLE = 50;
const SAMPLE = 60_000;
const ROUNDS = 60;

export const pairsIn = ({ a, b, within }: Prepared): number => (within ? (a.size * (a.size - 1)) / 2 : a.size * b.size);

/** Calls `visit` with pairs of the whole population: every pair of small files, else a sample that is the same each time. */
const visitPopulation = (prepared: Prepared, visit: (a: number, b: number) => void): boolean => {
  const { a, b, within } = prepared;
  if (pairsIn(prepared) <= 2 * SAMPLE) {
    for (let left = 0; left < a.size; left += 1) for (let right = within ? left + 1 : 0; right < b.size; right += 1) visit(left, right);
    return true;
  }
  const draw = seeded(1);
  for (let drawn = 0; drawn < SAMPLE; ) {
    const left = Math.floor(draw() * a.size);
    const right = Math.floor(draw() * b.size);
    if (within && left === right) continue;
    visit(left, right);
    drawn += 1;
  }
  return false;
};

/** How many of all pairs stand at each level: exactly for values that are the same, from the sample for the rest. */
export const populationLevels = (prepared: Prepared, { compare }: Comparison): Float64Array[] => {
  const { columns, within } = prepared;
  const sampled = columns.map(({ field }) => new Float64Array(LEVELS[field].length));
  const into = new Uint8Array(columns.length);
  const complete = visitPopulation(prepared, (a, b) => {
    compare(a, b, into);
    columns.forEach((column, at) => {
      const found = into[at] as number;
      const tally = sampled[at] as Float64Array;
      if (found > 0 && column.a[a] !== column.b[b]) tally[found - 1] = (tally[found - 1] as number) + 1;
    });
  });
  return columns.map((column, at) => {
    const levels = LEVELS[column.field];
    const totals = new Float64Array(levels.length);
    let [inA, inB, same] = [0, 0, 0];
    column.texts.forEach((_, id) => {
      const [countA, countB] = [column.countA[id] as number, column.countB[id] as number];
      const pairs = within ? (countA * (countA - 1)) / 2 : countA * countB;
      const level = column.self[id] as number;
      totals[level] = (totals[level] as number) + pairs;
      inA += countA;
      inB += countB;
      same += pairs;
    });
    const rest = (within ? (inA * (inA - 1)) / 2 : inA * inB) - same;
    const tally = sampled[at] as Float64Array;
    const seen = tally.reduce((sum, each) => sum + each, 0);
    const believed = complete ? 0 : BELIEVED_IN_SAMPLE;
    if (seen + believed > 0) levels.forEach(({ u }, level) => void (totals[level] = (totals[level] as number) + (rest * ((tally[level] as number) + believed * u)) / (seen + believed)));
    return totals;
  });
};

const sum = (values: Float64Array): number => values.reduce((total, each) => total + each, 0);

type State = { m: Float64Array[]; u: Float64Array[]; prior: number };

/** The weights of one round, natural logarithms; index 0 of a field is "nothing said". */
const logRatios = ({ m, u }: State): Float64Array[] =>
  m.map((own, at) => {
    const ratios = new Float64Array(own.length + 1);
    own.forEach((value, level) => void (ratios[level + 1] = Math.log(value / ((u[at] as Float64Array)[level] as number))));
    return ratios;
  });

const expectation = (patterns: PatternCounts, state: State): { matched: Float64Array[]; expected: number } => {
  const ratios = logRatios(state);
  const matched = state.m.map((own) => new Float64Array(own.length));
  const start = Math.log(state.prior / (1 - state.prior));
  let expected = 0;
  patterns.levels.forEach((levels, index) => {
    if (patterns.impossible[index]) return;
    let logOdds = start;
    for (let at = 0; at < levels.length; at += 1) logOdds += (ratios[at] as Float64Array)[levels[at] as number] as number;
    const share = (patterns.counts[index] as number) / (1 + Math.exp(-logOdds));
    expected += share;
    for (let at = 0; at < levels.length; at += 1) {
      const level = levels[at] as number;
      if (level > 0) (matched[at] as Float64Array)[level - 1] = ((matched[at] as Float64Array)[level - 1] as number) + share;
    }
  });
  return { matched, expected };
};

/**
 * Learns m, u and the share of matches by expectation maximisation (Fellegi and Sunter 1969; Winkler 1988). The population is *all*
 * pairs: those that share no key count as different customers, so that blocking does not bend u. Beliefs (levels.ts) enter as a few
 * pairs, which keeps small files sensible; patterns that people's rules exclude teach nothing about matches.
 */
export const estimate = (prepared: Prepared, totals: readonly Float64Array[], patterns: PatternCounts): Parameters => {
  const fields = prepared.columns.map(({ field }) => field);
  const beliefs = fields.map((field) => {
    const all = LEVELS[field].reduce((total, { m }) => total + m, 0);
    return { m: LEVELS[field].map(({ m }) => m / all), u: LEVELS[field].map(({ u }) => u) };
  });
  const population = Math.max(1, pairsIn(prepared));
  // A customer of one list may have several records in the other, but a record has one customer.
  const most = Math.min(0.5, Math.max(prepared.a.size, prepared.b.size) / population);
  const presentTotals = totals.map(sum);
  const chance = (at: number, matched?: Float64Array): Float64Array => {
    const seen = totals[at] as Float64Array;
    const others = (presentTotals[at] as number) - (matched ? sum(matched) : 0) + BELIEVED_OTHERS;
    return seen.map((total, level) => Math.max(1e-12, (Math.max(0, total - (matched?.[level] ?? 0)) + BELIEVED_OTHERS * (beliefs[at]?.u[level] as number)) / others));
  };
  let state: State = { m: beliefs.map(({ m }) => Float64Array.from(m)), u: fields.map((_, at) => chance(at)), prior: most / 3 };
  let expected = 0;
  let rounds = 0;
  for (; rounds < ROUNDS; rounds += 1) {
    const found = expectation(patterns, state);
    const m = found.matched.map((own, at) => {
      const all = sum(own) + BELIEVED_MATCHES;
      return own.map((value, level) => Math.max(1e-6, (value + BELIEVED_MATCHES * (beliefs[at]?.m[level] as number)) / all));
    });
    state = { m, u: fields.map((_, at) => chance(at, found.matched[at])), prior: Math.min(most, Math.max(most / 1000, found.expected / population)) };
    const settled = Math.abs(found.expected - expected) < 1e-4 * Math.max(1, found.expected);
    expected = found.expected;
    if (settled) break;
  }
  return { fields: fields.map((field, at) => ({ field, m: [...(state.m[at] as Float64Array)], u: [...(state.u[at] as Float64Array)] })), prior: state.prior, expected, rounds };
};
