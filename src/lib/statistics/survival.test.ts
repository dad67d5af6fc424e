import { describe, expect, it } from 'vitest';
import { seeded } from '../seeded';
import { cumulativeIncidence, incidenceBounds } from './cumulative-incidence';
import type { FollowUp } from './event-times';
import { kaplanMeier, survivalAt } from './kaplan-meier';
import { logRank } from './log-rank';

/** "6+" is a subject last seen at 6 without the event. */
const followUp = (text: string): FollowUp => {
  const seen = text.split(' ');
  return { time: Float64Array.from(seen, (one) => parseFloat(one)), cause: Uint8Array.from(seen, (one) => (one.endsWith('+') ? 0 : 1)) };
};

/** Remission of acute leukaemia in weeks (Freireich et al. 1963, the usual textbook example). */
const TREATED = '6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+';
const PLACEBO = '1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23';

describe('Kaplan-Meier', () => {
  const treated = kaplanMeier(followUp(TREATED));

  it.each([
    [5, 1],
    [6, 0.857],
    [7, 0.807],
    [10, 0.753],
    [13, 0.69],
    [16, 0.627],
    [22, 0.538],
    [23, 0.448],
    [35, 0.448],
  ])('published share still in remission at week %d', (week, share) => expect(survivalAt(treated, week)?.survival).toBeCloseTo(share, 3));

  it("has Greenwood's error and a band on the logarithm's scale", () => {
    const at = treated.points.find(({ time }) => time === 10);
    expect(at).toMatchObject({ atRisk: 15, events: 1, censored: 1 });
    expect(at?.standardError).toBeCloseTo(0.0963, 4);
    expect([at?.low, at?.high]).toEqual([expect.closeTo(0.586, 3), expect.closeTo(0.968, 3)]);
  });

  it.each([
    ['treated', TREATED, { n: 21, events: 9, median: 23, low: 16, high: undefined }],
    ['placebo', PLACEBO, { n: 21, events: 21, median: 8, low: 4, high: 12 }],
  ])("median of the %s group as R's survfit gives it", (_, text, expected) => expect(kaplanMeier(followUp(text))).toMatchObject(expected));

  it('halves the way where the curve rests on one half', () => expect(kaplanMeier(followUp('1 2 4 7')).median).toBe(3));
  it('knows nothing after the last subject was seen', () => {
    expect(survivalAt(treated, 36)).toBeUndefined();
    expect(survivalAt(kaplanMeier(followUp(PLACEBO)), 99)?.survival).toBe(0);
  });
  it('has no median of nobody, nor where most outlast the study', () => {
    expect(kaplanMeier({ time: new Float64Array(0), cause: new Uint8Array(0) })).toMatchObject({ n: 0, events: 0, points: [], median: undefined });
    expect(kaplanMeier(followUp('1 9+ 9+')).median).toBeUndefined();
  });
  it('leaves out times that are none, and rows not asked for', () => {
    const mixed = followUp('5 NaN 7+ 2');
    expect(kaplanMeier(mixed).n).toBe(3);
    expect(kaplanMeier(mixed, Int32Array.of(0, 1)).n).toBe(1);
  });
});

describe('log-rank', () => {
  const both: FollowUp = followUp(`${TREATED} ${PLACEBO}`);
  const group = Uint8Array.from({ length: 42 }, (_, index) => (index < 21 ? 0 : 1));

  it('gives the published chi-square of the leukaemia trial', () => {
    const { chiSquare, df, p, observed, expected } = logRank(both, group, 2);
    expect(chiSquare).toBeCloseTo(16.793, 3);
    expect([df, observed]).toEqual([1, [9, 21]]);
    expect(expected[0]).toBeCloseTo(19.25, 2);
    expect(p).toBeCloseTo(4.17e-5, 7);
  });
  it('passes over a group that nobody is in, and rows outside every group', () => {
    const apart = Int8Array.from(group, (own) => (own === 1 ? 2 : 0));
    expect(logRank(both, apart, 3).chiSquare).toBeCloseTo(16.793, 3);
    expect(logRank(both, apart, 3).df).toBe(1);
    expect(logRank(both, Int8Array.from(group, (own) => (own === 1 ? -1 : 0)), 2)).toMatchObject({ chiSquare: 0, df: 0, p: NaN });
  });
  it('does not depend on the order of three groups', () => {
    const third = Uint8Array.from({ length: 42 }, (_, index) => index % 3);
    const turned = third.map((own) => (own + 1) % 3);
    const [a, b] = [logRank(both, third, 3), logRank(both, turned, 3)];
    expect(a.df).toBe(2);
    expect(a.chiSquare).toBeCloseTo(b.chiSquare, 10);
  });
});

describe('cumulative incidence', () => {
  it('without censoring is the share that had the cause, with its binomial error', () => {
    const data: FollowUp = { time: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8), cause: Uint8Array.of(1, 2, 1, 1, 2, 1, 2, 1) };
    const last = cumulativeIncidence(data, 2).at(-1);
    expect(last?.incidence[0]).toBeCloseTo(5 / 8, 12);
    expect(last?.incidence[1]).toBeCloseTo(3 / 8, 12);
    expect(last?.eventFree).toBe(0);
    const middle = cumulativeIncidence(data, 2)[3];
    expect(middle?.standardError[0]).toBeCloseTo(Math.sqrt((3 / 8) * (5 / 8) / 8), 10);
  });
  it('of a single cause is one minus survival, with nearly the same error', () => {
    const points = cumulativeIncidence(followUp(TREATED), 1);
    const curve = kaplanMeier(followUp(TREATED));
    points.forEach(({ incidence, standardError }, index) => {
      expect(incidence[0]).toBeCloseTo(1 - (curve.points[index]?.survival ?? NaN), 12);
      expect(Math.abs((standardError[0] ?? NaN) / (curve.points[index]?.standardError ?? NaN) - 1)).toBeLessThan(0.1);
    });
  });
  it('adds up to one at every time, and stays under one minus Kaplan-Meier of the cause alone', () => {
    const random = seeded(5);
    const data: FollowUp = { time: Float64Array.from({ length: 400 }, () => Math.ceil(random() * 60)), cause: Uint8Array.from({ length: 400 }, () => Math.floor(random() * 4)) };
    const alone = kaplanMeier({ time: data.time, cause: data.cause.map((cause) => (cause === 1 ? 1 : 0)) });
    cumulativeIncidence(data, 3).forEach(({ incidence, eventFree }, index) => {
      expect(incidence.reduce((sum, share) => sum + share, eventFree)).toBeCloseTo(1, 12);
      expect(incidence[0]).toBeLessThanOrEqual(1 - (alone.points[index]?.survival ?? NaN) + 1e-12);
    });
  });
  it('has an interval inside 0 and 1', () => {
    const { low, high } = incidenceBounds(0.02, 0.015);
    expect(low).toBeGreaterThan(0);
    expect(high).toBeGreaterThan(0.02);
    expect(high).toBeLessThan(0.2);
    expect(incidenceBounds(0, 0)).toEqual({ low: 0, high: 0 });
  });
});
