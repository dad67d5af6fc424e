import { describe, expect, it } from 'vitest';
import { attainment, NOTHING } from './attainment';
import { boundsOf, isPeriod, lastPeriods, periodOf, shifted } from './periods';

describe('attainment', () => {
  it('gives a share with an interval from ten due on', () => {
    const { rate } = attainment({ ...NOTHING, due: 58, kept: 41 });
    expect([rate?.share, rate?.low, rate?.high].map((value) => value?.toFixed(3))).toEqual(['0.707', '0.580', '0.808']);
    expect(attainment({ ...NOTHING, due: 10, kept: 10 }).rate?.high).toBe(1);
  });
  it.each([0, 1, 9])('gives counts only for %i due', (due) => expect(attainment({ ...NOTHING, due, kept: due }).rate).toBeNull());
});

describe('periods', () => {
  it.each([
    ['2025-12-31T23:30:00Z', 'Europe/Berlin', '2026-Q1', '2026-01'],
    ['2025-12-31T22:30:00Z', 'Europe/Berlin', '2025-Q4', '2025-12'],
    ['2026-07-01T03:00:00Z', 'America/New_York', '2026-Q2', '2026-06'],
  ])('%s in %s is in %s and %s', (at, zone, quarter, month) => {
    expect([periodOf(new Date(at), zone, 'quarter'), periodOf(new Date(at), zone, 'month')]).toEqual([quarter, month]);
  });
  it('ends where the next begins, in the zone, over a change of clocks', () => {
    const { from, to } = boundsOf('2026-Q1', 'Europe/Berlin');
    expect([from.toISOString(), to.toISOString()]).toEqual(['2025-12-31T23:00:00.000Z', '2026-03-31T22:00:00.000Z']);
    expect(boundsOf('2026-Q2', 'Europe/Berlin').from).toEqual(to);
  });
  it('counts back over the turn of the year', () => {
    expect(lastPeriods(new Date('2026-02-10T00:00:00Z'), 'UTC', 'quarter', 6)).toEqual(['2024-Q4', '2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4', '2026-Q1']);
    expect(lastPeriods(new Date('2026-02-10T00:00:00Z'), 'UTC', 'month', 3)).toEqual(['2025-12', '2026-01', '2026-02']);
    expect(shifted('2026-Q4', 1)).toBe('2027-Q1');
  });
  it('knows a period when it sees one', () => expect(['2026-Q4', '2026-12', '2026-Q5', '2026-13', '26-01', ''].map(isPeriod)).toEqual([true, true, false, false, false, false]));
});
