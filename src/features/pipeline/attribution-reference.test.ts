import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AttributionReport } from './attribution-report';
import { reportOf } from './attribution.test-support';

const folder = process.env.LOCKSTEP_REFERENCE_DATA ?? '';
const file = join(folder, 'pathdata', 'PathData.csv');
const present = folder !== '' && existsSync(file);

const thousandths = (credits: Record<string, number> | null): Record<string, number> => Object.fromEntries(Object.entries(credits ?? {}).map(([channel, credit]) => [channel, Math.round(credit * 1000) / 1000]));

/** 10,000 published paths of 12 channels, by the command line. Skipped without the data. */
describe.runIf(present)('reference data: 10,000 paths', () => {
  let report: AttributionReport;
  beforeAll(async () => {
    report = await reportOf([file]);
  });
  it('counts', () => {
    expect([report.conversions, report.nonConversions]).toEqual([19_785, 68_602]);
    expect(report.conversionProbability?.toFixed(7)).toBe('0.2238451');
    expect(report.columns).toEqual({ path: 'path', conversions: 'total_conversions', none: 'total_null', value: 'total_conversion_value' });
  });
  it.each([
    ['first', { alpha: 6308, beta: 2831, iota: 4606, eta: 3164, theta: 1606, lambda: 902, kappa: 74, zeta: 27, epsilon: 99, gamma: 165, delta: 1, mi: 2 }],
    ['last', { alpha: 8447, beta: 989, iota: 3355, eta: 4167, theta: 653, lambda: 1207, kappa: 230, zeta: 107, epsilon: 531, gamma: 92, delta: 5, mi: 2 }],
    ['linear', { alpha: 7574.719, beta: 2083.5, iota: 3857.096, eta: 3539.951 }],
    [
      'markov',
      { alpha: 5344.948, iota: 3884.615, eta: 3340.847, beta: 2527.352, theta: 1971.913, lambda: 1282.847, kappa: 274.363, zeta: 381.063, epsilon: 599.571, gamma: 171.145, delta: 4.614, mi: 1.722 },
    ],
    ['shapley', { alpha: 7627.944, iota: 3505.044, eta: 3613.656 }],
  ] as const)('%s', (model, expected) => expect(thousandths(report.models[model])).toMatchObject(expected));

  it.each(['first', 'last', 'linear', 'u', 'timeDecay', 'markov', 'shapley'] as const)('%s adds up to 19,785', (model) =>
    expect(Object.values(report.models[model] ?? {}).reduce((sum, credit) => sum + credit, 0)).toBeCloseTo(19_785, 6));

  it('has no marks for W, and says so', () => {
    expect(report.models.w).toBeNull();
    expect(report.reasons.w).toContain('19,785 of 19,785 orders lack a mark');
  });

  it('money: first, last and linear as published, Markov within a percent of a published simulation for the larger channels', () => {
    expect(report.value?.models.first?.alpha).toBeCloseTo(19_121.2723557988, 6);
    expect(report.value?.models.last?.alpha).toBeCloseTo(28_414.214274364, 6);
    expect(report.value?.models.linear?.eta).toBeCloseTo(13_783.4970509201, 6);
    for (const [channel, simulated] of [['alpha', 18_782.384], ['iota', 15_004.486], ['eta', 12_913.161], ['beta', 9_688.698], ['theta', 7_534.192]] as const)
      expect(Math.abs((report.value?.models.markov?.[channel] ?? 0) / simulated - 1)).toBeLessThan(0.01);
  });
});
