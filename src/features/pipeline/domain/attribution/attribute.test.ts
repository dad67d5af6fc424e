import { describe, expect, it } from 'vitest';
import { attribute, attributeValue, creditBy, type ModelId } from './attribute';
import { attributed, creditsOf, path } from './attribution.test-support';
import { indexPaths, type Path } from './paths';
import { DEFAULT_RULES, shareTable } from './rules';

describe('one path of each length, by hand', () => {
  const table: [ModelId, string, Partial<Path>, Record<string, number>][] = [
    ['first', 'A > B > C', {}, { A: 6, B: 0, C: 0 }],
    ['last', 'A > B > C', {}, { A: 0, B: 0, C: 6 }],
    ['linear', 'A > B > C', {}, { A: 2, B: 2, C: 2 }],
    ['linear', 'A > B > A', {}, { A: 4, B: 2 }],
    ['u', 'A', {}, { A: 6 }],
    ['u', 'A > B', {}, { A: 3, B: 3 }],
    ['u', 'A > B > C', {}, { A: 2.4, B: 1.2, C: 2.4 }],
    ['u', 'A > B > C > D', {}, { A: 2.4, B: 0.6, C: 0.6, D: 2.4 }],
    ['u', 'A > B > B > A', {}, { A: 4.8, B: 1.2 }],
    ['w', 'A > B > C > D', { leadAt: 1, opportunityAt: 2 }, { A: 1.8, B: 1.8, C: 1.8, D: 0.6 }],
    ['w', 'A > B > C > D > E', { leadAt: 1, opportunityAt: 3 }, { A: 1.8, B: 1.8, C: 0.3, D: 1.8, E: 0.3 }],
    ['w', 'A > B > C', { leadAt: 0, opportunityAt: 2 }, { A: 3.6, B: 0.6, C: 1.8 }],
    ['w', 'A > B > C', { leadAt: 1, opportunityAt: 2 }, { A: 2, B: 2, C: 2 }],
    ['w', 'A > B', { leadAt: 0, opportunityAt: 1 }, { A: 4, B: 2 }],
    ['w', 'A', { leadAt: 0, opportunityAt: 0 }, { A: 6 }],
    ['timeDecay', 'A > B', {}, { A: 2, B: 4 }],
    ['timeDecay', 'A > B > C', {}, { A: 0.857142857, B: 1.714285714, C: 3.428571429 }],
    ['timeDecay', 'A > B', { daysBefore: [7, 0] }, { A: 2, B: 4 }],
    ['timeDecay', 'A > B', { daysBefore: [21, 7] }, { A: 1.2, B: 4.8 }],
    ['timeDecay', 'A > B', { daysBefore: [36_507, 36_500] }, { A: 2, B: 4 }],
    ['shapley', 'A > B > A > A', {}, { A: 3, B: 3 }],
    ['shapley', 'A > B > C', {}, { A: 2, B: 2, C: 2 }],
    ['markov', 'A > B > C', {}, { A: 2, B: 2, C: 2 }],
  ];
  it.each(table)('%s of %s, %j', (model, text, more, expected) => expect(creditsOf(attributed([path(text, 6, 0, more)]), model)).toEqual(expected));

  it('goes by touches when one path that ended in an order has no dates', () => {
    const mixed = attributed([path('A > B', 1, 0, { daysBefore: [70, 0] }), path('A > B', 1)]);
    expect([mixed.timeDecayBy, creditsOf(mixed, 'timeDecay')]).toEqual(['touches', { A: 0.666666667, B: 1.333333333 }]);
    const dated = attributed([path('A > B', 1, 0, { daysBefore: [7, 0] }), path('A > B', 0, 5)]);
    expect([dated.timeDecayBy, creditsOf(dated, 'timeDecay')]).toEqual(['days', { A: 0.333333333, B: 0.666666667 }]);
  });

  it('takes another half-life', () => {
    const options = { ...DEFAULT_RULES, halfLifeTouches: 2 };
    expect(creditsOf(attributed([path('A > B > C', 7)], options), 'timeDecay')).toEqual({ A: 1.585786438, B: 2.242640687, C: 3.171572875 });
  });

  it('keeps the credit of a path of 2,000 touches whole', () => {
    const credits = attributed([path(Array.from({ length: 2000 }, (_, at) => `c${at % 40}`).join(' > '), 1)]).models.timeDecay as Float64Array;
    expect(credits.reduce((sum, credit) => sum + credit, 0)).toBeCloseTo(1, 12);
  });
});

describe('Markov, by hand', () => {
  // From the start: A 10 of 16, B 6 of 16. A orders 2 of 10 walks, goes on to B in 4, leaves in 4. B: 10 visits, 5 orders.
  // P = (10 (0.2 + 0.4 x 0.5) + 6 x 0.5) / 16 = 7/16. Without A only B's starts: 3/16. Without B only A's own orders: 2/16.
  const paths = [path('A', 2, 4), path('A > B', 2, 2), path('B', 3, 3)];
  const { models, removalEffects, conversionProbability } = attributed(paths);

  it('finds the probability and what each removal takes away', () => {
    expect(conversionProbability).toBe(7 / 16);
    expect(removalEffects?.[0]).toBeCloseTo(4 / 7, 14);
    expect(removalEffects?.[1]).toBeCloseTo(5 / 7, 14);
    expect(models.markov?.[0]).toBeCloseTo((7 * 4) / 9, 14);
    expect(models.markov?.[1]).toBeCloseTo((7 * 5) / 9, 14);
  });

  it('follows a channel that is met again', () => {
    // A > B > A: from A one third goes to B, one third orders, one third leaves; B always goes back to A. v = 1/3 + v/3 = 1/2.
    const { removalEffects: effects } = attributed([path('A > B > A', 1), path('A', 0, 1)]);
    expect(effects?.[0]).toBeCloseTo(1, 14);
    // Without B the third that goes to B is lost: 1/3 of all walks order instead of 1/2.
    expect(effects?.[1]).toBeCloseTo(1 / 3, 14);
  });

  it('gives a channel that never comes before an order nothing', () => {
    expect(creditsOf(attributed([path('A', 4, 4), path('X', 0, 9), path('X > Y', 0, 2)]), 'markov')).toEqual({ A: 4, X: 0, Y: 0 });
  });
});

describe('what the data cannot carry is null, with a reason', () => {
  it('no orders', () => {
    const { models, reasons, conversionProbability } = attributed([path('A > B', 0, 5)]);
    expect(Object.values(models)).toEqual(Array(8).fill(null));
    expect(new Set(Object.values(reasons).map(({ code }) => code))).toEqual(new Set(['no_conversions']));
    expect(conversionProbability).toBe(0);
  });
  it('nothing at all', () => expect(attributed([])).toMatchObject({ conversions: 0, conversionProbability: null, models: { markov: null }, channels: [] }));
  it('W without marks, or with marks on some orders only', () => {
    const { models, reasons } = attributed([path('A > B', 3), path('A > C', 2, 0, { leadAt: 0, opportunityAt: 1 }), path('A', 0, 8)]);
    expect([models.w, reasons]).toEqual([null, { w: { code: 'no_marks', without: 3, conversions: 5 } }]);
  });
  it('Markov on more channels than the system is solved for', () => {
    const { models, reasons } = attributed(Array.from({ length: 1001 }, (_, at) => path(`c${at}`, 1)));
    expect([models.markov, reasons.markov]).toEqual([null, { code: 'too_many_channels', channels: 1001, limit: 1000 }]);
    expect(models.linear?.[1000]).toBe(1);
  });
  it('the probability where only paths with orders are known', () => {
    const { nonConversions, conversionProbability, models } = attribute(indexPaths([path('A > B', 3)], false));
    expect([nonConversions, conversionProbability, models.markov?.length]).toEqual([null, null, 2]);
  });
});

describe('values', () => {
  it('splits money like orders, and Markov by what orders bring', () => {
    const set = indexPaths([path('A', 2, 2, { value: 100 }), path('B', 2, 2, { value: 300 }), path('A > B', 0, 2, { value: 7 })]);
    const got = attributeValue(set);
    expect(got?.total).toBe(400);
    expect(Array.from(got?.models.last ?? [])).toEqual([100, 300]);
    // A: 25 a visit at the end, 6 of 10 starts; B: 300 over 6 visits. A walk brings 40; without A only B's own 4 starts x 50.
    const [withoutA, withoutB] = [20, 10];
    expect(got?.models.markov?.[0]).toBeCloseTo((400 * (40 - withoutA)) / (80 - withoutA - withoutB), 10);
  });
  it('says nothing when a path with orders has no value, or none is above zero', () => {
    expect(attributeValue(indexPaths([path('A', 1, 0, { value: 5 }), path('B', 1)]))).toBeNull();
    expect(attributeValue(indexPaths([path('A', 1, 0, { value: 0 })]))).toBeNull();
  });
});

it('adds credit up by the function a channel belongs to, sales touches included', () => {
  const { channels, models } = attributed([path('newsletter > sales call', 2), path('trade fair', 1)]);
  const functionOf = (channel: string) => (channel === 'sales call' ? 'sales' : channel === 'newsletter' ? 'marketing' : undefined);
  expect(creditBy(models.linear as Float64Array, channels, functionOf)).toEqual(new Map([['marketing', 1], ['sales', 1], ['unassigned', 1]]));
});

it.each<[string, Path]>([
  ['no touch', { channels: [], conversions: 1, nonConversions: 0 }],
  ['whole numbers', path('A', 1.5)],
  ['whole numbers', path('A', 1, -1)],
  ['a value is', path('A', 1, 0, { value: NaN })],
  ['one number of days', path('A > B', 1, 0, { daysBefore: [1] })],
  ['one number of days', path('A', 1, 0, { daysBefore: [-1] })],
  ['a mark stands at no touch', path('A', 1, 0, { leadAt: 1 })],
])('refuses a path with a fault: %s', (message, faulty) => expect(() => indexPaths([faulty])).toThrow(message));

it('refuses a half-life of nothing', () => expect(() => shareTable(indexPaths([path('A', 1)]), 'timeDecay', { halfLifeDays: 0, halfLifeTouches: 1 })).toThrow('half-life'));
