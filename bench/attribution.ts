import { attribute } from '../src/features/pipeline/domain/attribution/attribute';
import { bootstrap, DEFAULT_BOOTSTRAP } from '../src/features/pipeline/domain/attribution/bootstrap';
import { chainOf, removalEffects } from '../src/features/pipeline/domain/attribution/markov';
import { conversionsOf, indexPaths, nonConversionsOf, type Path, type PathSet } from '../src/features/pipeline/domain/attribution/paths';
import { creditsFrom, shareTable } from '../src/features/pipeline/domain/attribution/rules';
import { seeded } from '../src/lib/seeded';

const CHANNELS = 12;

/** A walk each, one in ten to an order, mostly few touches: what a million leads look like. */
const madeWalks = (count: number, seed: number): Path[] => {
  const random = seeded(seed);
  const channel = () => `channel ${Math.floor(CHANNELS * random() ** 2)}`;
  return Array.from({ length: count }, () => {
    const conversions = random() < 0.1 ? 1 : 0;
    return { channels: Array.from({ length: 1 + Math.floor(-3 * Math.log(1 - random())) }, channel), conversions, nonConversions: 1 - conversions };
  });
};

/** Paths whose length and channels are as uneven as people's: a few touches mostly, some channels far more often than others. */
const madePaths = (count: number, channels: number, seed: number): Path[] => {
  const random = seeded(seed);
  const channel = () => `channel ${Math.floor(channels * random() ** 2)}`;
  const touches = () => 1 + Math.floor(-5 * Math.log(1 - random()));
  return Array.from({ length: count }, () => ({ channels: Array.from({ length: touches() }, channel), conversions: Math.floor(4 * random() ** 2), nonConversions: Math.floor(14 * random()) }));
};

const milliseconds = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
const repeat = (times: number, work: () => void): number => median(Array.from({ length: times }, () => milliseconds(work)));
const tenth = (value: number): number => Math.round(value * 10) / 10;

const markov = (set: PathSet) => removalEffects(chainOf(set), { conversions: conversionsOf(set), nonConversions: nonConversionsOf(set) });
const shapley = (set: PathSet) => creditsFrom(shareTable(set, 'shapley'), conversionsOf(set), set.channels.length);

/** The first run in this process, from paths as text, beside later ones; and one plain pass over the same touches. */
const perModel = (name: string, compute: (set: PathSet) => unknown): Record<string, unknown> => {
  const paths = madePaths(10_000, CHANNELS, 1);
  let set = indexPaths([]);
  const firstMs = milliseconds(() => {
    set = indexPaths(paths);
    compute(set);
  });
  const againMs = repeat(15, () => void compute(set));
  // Beside the clock, what the processor spent: the machine may be shared.
  const before = process.cpuUsage();
  for (let round = 0; round < 15; round += 1) compute(set);
  const spent = process.cpuUsage(before);
  let touches = 0;
  const plainMs = repeat(15, () => {
    touches = 0;
    const seen = new Float64Array(CHANNELS);
    for (const { steps, conversions } of set.paths)
      for (const step of steps) {
        seen[step] = (seen[step] as number) + conversions;
        touches += 1;
      }
  });
  return { figure: name, paths: paths.length, touches, channels: set.channels.length, orders: set.conversions, firstMs: tenth(firstMs), againMs: tenth(againMs), againCpuMs: tenth((spent.user + spent.system) / 15_000), plainPassMs: tenth(plainMs), barMs: 500 };
};

const wideMarkov = (channels: number): Record<string, unknown> => {
  const set = indexPaths(madePaths(10_000, channels, 2));
  return { figure: 'Markov, many channels', paths: set.paths.length, channels: set.channels.length, ms: tenth(repeat(3, () => void markov(set))) };
};

const many = (): Record<string, unknown> => {
  const paths = madeWalks(1_000_000, 3);
  let set = indexPaths([]);
  const ms = milliseconds(() => {
    set = indexPaths(paths);
    attribute(set);
  });
  return { figure: 'all models, a million walks', paths: paths.length, touches: set.paths.reduce((sum, { steps }) => sum + steps.length, 0), ms: Math.round(ms) };
};

const resampled = (paths: Path[], resamples: number): Record<string, unknown> => {
  const set = indexPaths(paths);
  const ms = milliseconds(() => void bootstrap(set, seeded(5), { ...DEFAULT_BOOTSTRAP, resamples }));
  return { figure: 'bootstrap, all models', paths: paths.length, walks: set.conversions + (set.nonConversions ?? 0), resamples, seconds: tenth(ms / 1000), barSeconds: 60 };
};

export const run = async (): Promise<Record<string, unknown>[]> => [
  perModel('Markov, exact', markov),
  perModel('Shapley, exact', shapley),
  perModel('all models', attribute),
  wideMarkov(200),
  wideMarkov(1000),
  many(),
  resampled(madePaths(10_000, CHANNELS, 4), 1000),
  resampled(madeWalks(1_000_000, 4), 200),
];
