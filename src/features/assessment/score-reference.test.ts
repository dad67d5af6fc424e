import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mean, median } from '../../lib/statistics/describe';
import { cohensD } from '../../lib/statistics/hedges';
import { reportOf } from './score.test-support';

const folder = process.env.LOCKSTEP_REFERENCE_DATA ?? '';
const present = folder !== '' && existsSync(join(folder, 'psych', 'bfi.csv'));
const data = (name: string) => join(folder, 'psych', `${name}.csv`);
const score = (name: string, ...more: string[]) => reportOf([data(name), '--instrument', `examples/instruments/${name}.json`, ...more]);
const round = (value: number | null | undefined) => Number((value ?? NaN).toFixed(4));

/** Published data, scored by the command line from the instrument files that ship as examples. Skipped without the data. */
describe.runIf(present)('reference data', () => {
  it.each([
    ['pairwise', { A: 0.703, C: 0.7267, E: 0.7617, N: 0.814, O: 0.6002 }],
    ['listwise', { A: 0.7038, C: 0.7293, E: 0.7609, N: 0.8133, O: 0.6025 }],
  ])('bfi: alpha, %s', async (missing, expected) => {
    const { sections } = await score('bfi', '--missing', missing);
    expect(Object.fromEntries(sections.map(({ id, alpha }) => [id, round(alpha)]))).toEqual(expected);
  });

  it('bfi: agreeableness by gender', async () => {
    const { sections } = await score('bfi', '--by', 'gender');
    const found = sections.find(({ id }) => id === 'A');
    const [first, second] = [found?.groups['1'], found?.groups['2']];
    expect([round(first?.mean), round(second?.mean)]).toEqual([4.3855, 4.7823]);
    expect(found?.gap?.between).toEqual(['1', '2']);
    expect(found?.gap?.welchT).toBeCloseTo(-10.892, 3);
    expect(found?.gap?.df).toBeCloseTo(1689.97, 2);
    expect(cohensD({ n: first?.n ?? 0, mean: first?.mean ?? 0, sd: first?.sd ?? 0 }, { n: second?.n ?? 0, mean: second?.mean ?? 0, sd: second?.sd ?? 0 })).toBeCloseTo(-0.4514, 4);
    expect(found?.gap?.g).toBeCloseTo(-0.4514, 3);
  });

  it('attitude: alpha on a wide scale', async () => {
    const { sections } = await score('attitude');
    expect(round(sections[0]?.alpha)).toBe(0.8431);
  });

  it('bhr2000: agreement in 99 groups, alpha', async () => {
    const { sections } = await score('bhr2000', '--by', 'GRP', '--minimum', '1');
    const agreed = Object.values(sections[0]?.groups ?? {}).map(({ rwg }) => rwg ?? NaN);
    expect(agreed).toHaveLength(99);
    expect([Math.min(...agreed), median(agreed), mean(agreed), Math.max(...agreed)].map(round)).toEqual([0.7859, 0.8925, 0.8876, 0.944]);
    expect(round(sections[0]?.alpha)).toBe(0.8913);
  });

  it.each([
    ['UNIT', { '1044B': 0.754, '1044C': 0.8989 }, [5, 5]],
    ['PLATOON', { '1ST': 0.7566, '2ND': 0.8315 }, [4, 6]],
  ])('cohesion: agreement by %s, with the one blank row left out', async (by, expected, sizes) => {
    const { sections } = await score('cohesion', '--by', by, '--minimum', '1', '--missing', 'listwise');
    const groups = Object.entries(sections[0]?.groups ?? {});
    expect(Object.fromEntries(groups.map(([name, { rwg }]) => [name, round(rwg)]))).toEqual(expected);
    expect(groups.map(([, { n }]) => n)).toEqual(sizes);
    const pairwise = await score('cohesion', '--by', by, '--minimum', '1');
    expect(Object.values(pairwise.sections[0]?.groups ?? {}).map(({ rwg }) => round(rwg))).toEqual(Object.values(expected));
  });
});
