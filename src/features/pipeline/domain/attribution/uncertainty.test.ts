import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../lib/seeded';
import { wilson } from '../../../../lib/statistics/wilson';
import { attribute, MODELS } from './attribute';
import { path } from './attribution.test-support';
import { bootstrap, DEFAULT_BOOTSTRAP, percentileInterval, resamplesOf, shareIntervals } from './bootstrap';
import { canCarry } from './can-carry';
import { disagreements } from './disagreements';
import { indexPaths, type Path } from './paths';

const options = { ...DEFAULT_BOOTSTRAP, resamples: 400 };
const run = (paths: Path[], seed = 1) => {
  const set = indexPaths(paths);
  return { set, attribution: attribute(set), resampling: bootstrap(set, seeded(seed), options) };
};

describe('bootstrap', () => {
  it('of a single touch is as wide as the interval of a share', () => {
    const { resampling } = run([path('A', 30), path('B', 70), path('A', 0, 500)]);
    const interval = (resampling && shareIntervals(resampling, 'first'))?.[0];
    const expected = wilson(30, 100);
    expect(interval?.low).toBeCloseTo(expected.low, 1);
    expect(interval?.high).toBeCloseTo(expected.high, 1);
  });

  it('has the shares of every resample add up to one', () => {
    const { resampling, set } = run([path('A > B', 12, 30), path('B > C > A', 5, 40), path('C', 3, 9)]);
    for (const model of MODELS.filter((each) => each !== 'w'))
      for (let at = 0; at < 400; at += 1) {
        const shares = resampling?.shares[model] as Float64Array;
        expect(set.channels.reduce((sum, _, channel) => sum + (shares[channel * 400 + at] as number), 0)).toBeCloseTo(1, 9);
      }
    expect(resampling?.shares.w).toBeNull();
  });

  it('covers the true share about as often as it says', () => {
    // Customers drawn anew each time from a world in which A has two thirds of the linear credit.
    const random = seeded(11);
    let covered = 0;
    const rounds = 150;
    for (let round = 0; round < rounds; round += 1) {
      const counts = [0, 0, 0, 0];
      for (let customer = 0; customer < 300; customer += 1) {
        const kind = Math.floor(random() * 4);
        counts[kind] = (counts[kind] ?? 0) + 1;
      }
      const [alone, before, never, around] = counts as [number, number, number, number];
      const paths = [path('A', alone), path('A > B', before), path('B > A', 0, never), path('A > B > B > A', around)];
      const resampling = bootstrap(indexPaths(paths), random, { ...options, resamples: 200 });
      const interval = (resampling && shareIntervals(resampling, 'linear'))?.[0];
      // A: all of the first, half of the second and of the fourth.
      if (interval && interval.low <= 2 / 3 && interval.high >= 2 / 3) covered += 1;
    }
    expect(covered / rounds).toBeGreaterThan(0.88);
    expect(covered / rounds).toBeLessThan(1);
  });

  it('is the same for the same seed and another for another', () => {
    const paths = [path('A > B', 12, 30), path('B', 5, 40)];
    expect(run(paths, 4).resampling).toEqual(run(paths, 4).resampling);
    expect(run(paths, 4).resampling?.shares.markov).not.toEqual(run(paths, 5).resampling?.shares.markov);
  });

  it('takes equal paths together, which changes no chance', () => {
    const apart = indexPaths([...Array.from({ length: 30 }, () => path('A > B', 1, 0)), ...Array.from({ length: 20 }, () => path('B', 1, 3)), path('A > B', 0, 30, { leadAt: 0, opportunityAt: 1 })]);
    const together = indexPaths([path('A > B', 30, 0), path('B', 20, 60), path('A > B', 0, 30, { leadAt: 0, opportunityAt: 1 })]);
    expect(bootstrap(apart, seeded(1), options)).toEqual(bootstrap(together, seeded(1), options));
  });

  it('passes over resamples without an order', () => {
    // With 10 orders among a million walks some 1 in 20,000 resamples has none; here one is forced: both paths with orders are drawn empty.
    const set = indexPaths([path('A', 5, 0), path('A > A', 5, 0), path('B', 0, 1_000_000)]);
    let call = 0;
    const random = seeded(2);
    const resampling = bootstrap(set, () => (call++ < 2 ? 0 : random()), { ...options, resamples: 5 });
    expect(resampling?.resamples).toBe(4);
    expect(resampling?.shares.first?.length).toBe(8);
    expect(Array.from(resamplesOf(resampling as NonNullable<typeof resampling>, resampling?.shares.first as Float64Array, 0))).toEqual([1, 1, 1, 1]);
  });

  it('is none with fewer than ten orders or more than a thousand channels, and Markov has none above two hundred', () => {
    expect(run([path('A > B', 9, 9000)]).resampling).toBeNull();
    expect(run(Array.from({ length: 1001 }, (_, at) => path(`c${at}`, 1))).resampling).toBeNull();
    const wide = bootstrap(indexPaths(Array.from({ length: 201 }, (_, at) => path(`c${at}`, 1))), seeded(1), { ...options, resamples: 2 });
    expect([wide?.shares.markov, wide?.shares.linear?.length]).toEqual([null, 402]);
  });

  it('takes the middle of the values', () => expect(percentileInterval(Float64Array.from({ length: 101 }, (_, at) => at), 0.9)).toEqual({ low: expect.closeTo(5), high: expect.closeTo(95) }));
});

describe('where the models disagree', () => {
  const verdict = (paths: Path[]) => {
    const { attribution, resampling } = run(paths);
    return resampling && disagreements(attribution, resampling);
  };

  it('in share and in order, when there are enough orders', () => {
    const got = verdict([path('opener > closer', 300, 100), path('closer', 20, 200)]);
    expect(got?.shares.map(({ channel }) => channel)).toEqual(expect.arrayContaining(['opener', 'closer']));
    const opener = got?.shares.find(({ channel }) => channel === 'opener');
    expect([opener?.lowest.model, opener?.highest.model]).toEqual(['last', 'first']);
    expect(opener?.lowest.share).toBe(0);
    expect(got?.orders).toHaveLength(1);
    expect([got?.orders[0]?.first, got?.orders[0]?.second].sort()).toEqual(['closer', 'opener']);
    const ahead = got?.orders[0]?.first === 'opener' ? got.orders[0].firstAhead : (got?.orders[0]?.secondAhead ?? []);
    expect(ahead).toEqual(['first']);
  });

  it('nowhere, when every path has one touch', () => expect(verdict([path('A', 300, 100), path('B', 200, 200)])).toEqual({ shares: [], orders: [] }));

  it('nowhere beyond chance, when an order more or less would turn it round', () => expect(verdict([path('A > B', 6), path('B > A', 7)])).toEqual({ shares: [], orders: [] }));
});

describe('what the data can carry', () => {
  it.each([
    ['no_orders', [path('A > B', 0, 40)], null],
    ['too_few', [path('A > B', 9, 40)], 28.3],
    ['one_touch', [path('A > A', 500, 9), path('B', 3)], 3.8],
    ['little', [path('A > B', 120, 40)], 7.7],
    ['little', [path('A > B', 288)], 5],
    ['some', [path('A > B', 289)], 5],
    ['some', [path('A > B', 1152)], 2.5],
    ['much', [path('A > B', 1153)], 2.5],
    ['much', [path('A > B', 19_785, 68_602)], 0.6],
  ] as const)('%s', (code, paths, margin) => {
    const carry = canCarry(indexPaths([...paths]));
    expect(carry.code).toBe(code);
    if (margin === null) expect(carry.margin).toBeNull();
    else expect(carry.margin).toBeCloseTo(margin, 1);
  });
  it('nothing, when no key links touches to orders', () => expect(canCarry(null)).toEqual({ code: 'no_link', orders: 0, channels: 0, margin: null, nonConvertingKnown: false }));
});
