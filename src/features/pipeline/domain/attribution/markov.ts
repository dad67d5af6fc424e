import type { PathSet } from './paths';

/**
 * Paths as a Markov chain of order 1 (Anderl, Becker, von Wangenheim and Schumann 2016, International Journal of Research in Marketing 33):
 * states are the channels, a start, an order, and an end without one. A channel met twice in a row is one visit: staying in a state
 * changes no probability of leaving it for the order.
 */
export type Chain = {
  size: number;
  first: Int32Array;
  last: Int32Array;
  /** Steps between different channels, as from x size + to; those of path `p` lie from `starts[p]` to `starts[p + 1]`. */
  starts: Int32Array;
  steps: Int32Array;
};

/** The system has one row per channel and is solved whole: beyond this it takes seconds and says little. */
export const MARKOV_CHANNELS = 1000;

export const chainOf = ({ paths, channels }: PathSet): Chain => {
  const size = channels.length;
  const starts = new Int32Array(paths.length + 1);
  const first = new Int32Array(paths.length);
  const last = new Int32Array(paths.length);
  const steps = new Int32Array(paths.reduce((sum, path) => sum + path.steps.length - 1, 0));
  let end = 0;
  for (let at = 0; at < paths.length; at += 1) {
    const own = (paths[at] as PathSet['paths'][number]).steps;
    let from = own[0] as number;
    first[at] = from;
    for (let step = 1; step < own.length; step += 1) {
      const to = own[step] as number;
      if (from !== to) steps[end++] = from * size + to;
      from = to;
    }
    last[at] = from;
    starts[at + 1] = end;
  }
  return { size, first, last, starts, steps: steps.subarray(0, end) };
};

export type Walks = {
  /** Of each path, those that ended in an order, and those that did not. */
  conversions: Float64Array;
  nonConversions: Float64Array;
  /** What the orders of each path brought; left out: the orders themselves count. */
  rewards?: Float64Array;
};

type Counts = { entered: Float64Array; ordered: Float64Array; left: Float64Array; moved: Float64Array; total: number };

const add = (target: Float64Array, at: number, amount: number): void => {
  target[at] = (target[at] as number) + amount;
};

const countSteps = ({ size, first, last, starts, steps }: Chain, { conversions, nonConversions, rewards = conversions }: Walks): Counts => {
  const counts: Counts = { entered: new Float64Array(size), ordered: new Float64Array(size), left: new Float64Array(size), moved: new Float64Array(size * size), total: 0 };
  for (let path = 0; path < first.length; path += 1) {
    const walked = (conversions[path] as number) + (nonConversions[path] as number);
    if (walked === 0) continue;
    counts.total += walked;
    add(counts.entered, first[path] as number, walked);
    add(counts.ordered, last[path] as number, rewards[path] as number);
    add(counts.left, last[path] as number, walked);
    for (let step = starts[path] as number, end = starts[path + 1] as number; step < end; step += 1) {
      const move = steps[step] as number;
      add(counts.moved, move, walked);
      add(counts.left, Math.floor(move / size), walked);
    }
  }
  return counts;
};

/**
 * Inverse of I - Q in place, Q being the moves between channels: expected visits to each channel from each. Elimination needs no
 * exchange of rows, since every diagonal entry outweighs its row.
 */
const expectedVisits = ({ moved, left }: Counts, size: number): Float64Array => {
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    const out = left[row] as number;
    for (let column = 0; column < size && out > 0; column += 1) matrix[row * size + column] = -(moved[row * size + column] as number) / out;
    matrix[row * size + row] = 1;
  }
  for (let pivot = 0; pivot < size; pivot += 1) {
    const base = pivot * size;
    const inverse = 1 / (matrix[base + pivot] as number);
    matrix[base + pivot] = 1;
    for (let column = 0; column < size; column += 1) matrix[base + column] = (matrix[base + column] as number) * inverse;
    for (let row = 0; row < size; row += 1) {
      const at = row * size;
      const factor = matrix[at + pivot] as number;
      if (row === pivot || factor === 0) continue;
      matrix[at + pivot] = 0;
      for (let column = 0; column < size; column += 1) matrix[at + column] = (matrix[at + column] as number) - factor * (matrix[base + column] as number);
    }
  }
  return matrix;
};

export type Removal = {
  /** Probability that a path ends in an order (orders per walk), or what a walk brings on average. */
  probability: number;
  /** Per channel, the share of that which is lost when whoever reaches the channel leaves without an order. */
  effects: Float64Array;
};

/**
 * Removal effects, exact. Removing a channel takes away the paths that reach it times their chance of an order from there, and both stand in one
 * inverse: reached = visits from the start / visits from itself, chance = visits x orders per visit. No system is solved per channel.
 * @returns null when no walk ended in an order
 */
export const removalEffects = (chain: Chain, walks: Walks): Removal | null => {
  const { size } = chain;
  const counts = countSteps(chain, walks);
  const visits = expectedVisits(counts, size);
  const fromStart = new Float64Array(size);
  const chance = new Float64Array(size);
  for (let row = 0; row < size; row += 1) {
    const share = (counts.entered[row] as number) / counts.total;
    for (let column = 0; column < size; column += 1) {
      const expected = visits[row * size + column] as number;
      if (share > 0) add(fromStart, column, share * expected);
      const out = counts.left[column] as number;
      if (out > 0) add(chance, row, (expected * (counts.ordered[column] as number)) / out);
    }
  }
  let probability = 0;
  for (let row = 0; row < size; row += 1) probability += ((counts.entered[row] as number) / counts.total) * (chance[row] as number);
  if (!(probability > 0)) return null;
  const effects = fromStart.map((expected, channel) => ((expected / (visits[channel * size + channel] as number)) * (chance[channel] as number)) / probability);
  return { probability, effects };
};

/** Orders split in proportion to the removal effects. */
export const markovCredits = ({ effects }: Removal, orders: number): Float64Array => {
  const sum = effects.reduce((total, effect) => total + effect, 0);
  return effects.map((effect) => (orders * effect) / sum);
};
