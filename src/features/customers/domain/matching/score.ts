import { candidates } from './blocking';
import { estimate, populationLevels, type Parameters } from './estimate';
import { Grown } from './grown';
import { comparison, type Pattern } from './patterns';
import type { Column, Prepared } from './prepare';
import { isOut, mayTeach, standingOf, vetoesOf, type Setting, type Veto } from './vetoes';

/** Two rows (in the order of `Scorer.prepared`) and how likely they are one customer. */
export type ScoredPair = {
  a: number;
  b: number;
  probability: number;
  /** Evidence in bits: log2 of the likelihood ratio, before the prior. */
  weight: number;
  /** One number per field, 0 for "nothing said". */
  levels: Uint8Array;
  vetoes: readonly Veto[];
};

export type Scorer = {
  prepared: Prepared;
  parameters: Parameters;
  compared: number;
  leftOut: number;
  /** Pairs at or above `floor`, in the records' order. */
  pairs: (floor: number) => ScoredPair[];
  /** Any pair of one side or both, found by keys or not; `sides` says where each row stands. */
  between: (sides: 'ab' | 'aa' | 'bb', one: number, other: number) => ScoredPair;
  /** What each field adds in bits, in the order of `prepared.columns`. */
  fieldWeights: (pair: ScoredPair) => number[];
};

/** Compared pairs row by row of the first side: those of row r stand from `from[r]` on. Eight bytes a pair. */
type Compared = { from: Uint32Array; b: Grown; pattern: Grown; patterns: Pattern[]; counts: number[]; visited: number };

/** Pairs that are out by their names alone are neither kept nor compared any further: of those that share a key most are colleagues. */
const compareAll = (rows: number, each: (visit: (a: number, b: number) => void) => void, { compareUnless, encode, fields }: ReturnType<typeof comparison>, setting: Setting): Compared => {
  const found: Compared = { from: new Uint32Array(rows + 1), b: new Grown(), pattern: new Grown(), patterns: [], counts: [], visited: 0 };
  const compare = compareUnless((levels) => isOut(vetoesOf(standingOf(fields, levels), setting)));
  const numbers = new Map<Pattern, number>();
  const levels = new Uint8Array(fields.length);
  each((a, b) => {
    found.visited += 1;
    if (!compare(a, b, levels)) return;
    const pattern = encode(levels);
    let number = numbers.get(pattern);
    if (number === undefined) {
      number = found.patterns.length;
      numbers.set(pattern, number);
      found.patterns.push(pattern);
      found.counts.push(0);
    }
    found.counts[number] = (found.counts[number] as number) + 1;
    found.b.push(b);
    found.pattern.push(number);
    found.from[a + 1] = found.b.size;
  });
  // Of rows that met nobody, nothing was noted.
  for (let row = 1; row <= rows; row += 1) found.from[row] = Math.max(found.from[row] as number, found.from[row - 1] as number);
  return found;
};

/** A value seen by chance this often or rarer than average counts up to so many times more. */
const RAREST = 32;
/** Records whose weight with the average value stands in for what a small file cannot tell about its own. */
const BORROWED = 20;

/**
 * Bits by which agreeing on this very value says more or less than agreeing at all: "Nguyen" less than "Zbierski" (term frequency,
 * Winkler 2000). Each pair's own two records are left out of the count.
 */
const rarity = ({ countA, countB, a, b, self }: Column, id: number, uSame: number, within: boolean): number => {
  if (self[id] !== 0) return 0;
  const [inA, inB] = [countA[id] as number, countB[id] as number];
  const others = within ? Math.max(0, inA - 2) : Math.max(0, inA - 1) + Math.max(0, inB - 1);
  const size = within ? a.length : a.length + b.length;
  const share = (others + BORROWED * uSame) / (size + BORROWED);
  return Math.log2(uSame / Math.min(1, Math.max(uSame / RAREST, share)));
};

const log2Ratios = ({ fields }: Parameters): Float64Array[] => fields.map(({ m, u }) => Float64Array.from([0, ...m.map((own, level) => Math.log2(own / (u[level] as number)))]));

/** Compares everything worth comparing, learns the weights from it and can then say how likely any pair is. */
export const scorer = (setting: Setting, prepared: Prepared): Scorer => {
  const how = comparison(prepared);
  const { each, leftOut } = candidates(prepared, setting.kind === 'person');
  const compared = compareAll(prepared.a.size, each, how, setting);
  const levels = compared.patterns.map((pattern) => how.decode(pattern));
  const vetoes = levels.map((found) => vetoesOf(standingOf(how.fields, found), setting));
  // Summed in the order of the patterns, so that no order of rows changes the last digit.
  const order = compared.patterns.map((_, index) => index).sort((one, other) => (compared.patterns[one] as number) - (compared.patterns[other] as number));
  const parameters = estimate(prepared, populationLevels(prepared, how), {
    levels: order.map((index) => levels[index] as Uint8Array),
    counts: Float64Array.from(order, (index) => compared.counts[index] as number),
    impossible: order.map((index) => !mayTeach(vetoes[index] as Veto[])),
  });
  const ratios = log2Ratios(parameters);
  const prior = Math.log2(parameters.prior / (1 - parameters.prior));
  const uSame = parameters.fields.map(({ u }) => u[0] as number);

  const weigh = (found: Uint8Array, a: number, b: number, side: 'ab' | 'aa' | 'bb'): number[] =>
    prepared.columns.map((column, at) => {
      const bits = (ratios[at] as Float64Array)[found[at] as number] as number;
      const id = (side === 'bb' ? column.b : column.a)[a] as number;
      const same = id >= 0 && id === (side === 'aa' ? column.a : column.b)[b];
      return same ? bits + rarity(column, id, uSame[at] as number, prepared.within) : bits;
    });
  const total = (bits: readonly number[]): number => bits.reduce((sum, each) => sum + each, 0);
  const scored = (a: number, b: number, found: Uint8Array, reasons: readonly Veto[], side: 'ab' | 'aa' | 'bb'): ScoredPair => {
    const weight = total(weigh(found, a, b, side));
    return { a, b, weight, probability: 1 / (1 + 2 ** -(weight + prior)), levels: found, vetoes: reasons };
  };

  return {
    prepared,
    parameters,
    compared: compared.visited,
    leftOut,
    pairs: (floor) => {
      const boost = Math.log2(RAREST) * prepared.columns.length;
      const hopeless = levels.map((found, index) => isOut(vetoes[index] as Veto[]) || [...found].reduce((sum, level, at) => sum + ((ratios[at] as Float64Array)[level] as number), boost) + prior < Math.log2(floor / (1 - floor)));
      const kept: ScoredPair[] = [];
      for (let row = 0; row < prepared.a.size; row += 1)
        for (let index = compared.from[row] as number; index < (compared.from[row + 1] as number); index += 1) {
          const pattern = compared.pattern.at(index);
          if (hopeless[pattern]) continue;
          const pair = scored(row, compared.b.at(index), levels[pattern] as Uint8Array, vetoes[pattern] as Veto[], 'ab');
          if (pair.probability >= floor) kept.push(pair);
        }
      return kept;
    },
    between: (sides, one, other) => {
      const { columns } = prepared;
      const viewed = sides === 'ab' ? prepared : { ...prepared, columns: columns.map((column) => (sides === 'aa' ? { ...column, b: column.a } : { ...column, a: column.b })) };
      const found = new Uint8Array(columns.length);
      comparison(viewed).compare(one, other, found);
      return scored(one, other, found, vetoesOf(standingOf(how.fields, found), setting), sides);
    },
    fieldWeights: ({ a, b, levels: found }) => weigh(found, a, b, 'ab'),
  };
};
