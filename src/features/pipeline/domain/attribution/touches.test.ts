import { describe, expect, it } from 'vitest';
import { attribute } from './attribute';
import { bestCombinations, contentInfluence, type Encounter } from './influence';
import { indexPaths } from './paths';
import { encountersFrom, pathsFromTouches, type Outcome, type Touch } from './touches';

const day = (date: string) => Date.parse(`${date}T00:00:00Z`);
const touch = (customer: string, channel: string, date: string): Touch => ({ customer, channel, at: day(date) });
const end = (customer: string, date: string, ordered: boolean, more: Partial<Outcome> = {}): Outcome => ({ customer, at: day(date), ordered, ...more });

describe('paths from touches', () => {
  const touches = [touch('a', 'call', '2026-03-10'), touch('a', 'search', '2026-03-01'), touch('b', 'search', '2026-03-02'), touch('c', 'webinar', '2026-03-03')];

  it('sorts touches, counts days, and leaves open customers out', () => {
    const { paths, leftOut } = pathsFromTouches(touches, [end('a', '2026-03-15', true, { value: 900 }), end('b', '2026-03-20', false)]);
    expect(paths).toEqual([
      { channels: ['search', 'call'], conversions: 1, nonConversions: 0, daysBefore: [14, 5], value: 900, leadAt: undefined, opportunityAt: undefined },
      { channels: ['search'], conversions: 0, nonConversions: 1, daysBefore: [18], leadAt: undefined, opportunityAt: undefined },
    ]);
    expect(leftOut).toEqual({ withoutTouch: { ordered: 0, notOrdered: 0 }, openTouches: 1, openCustomers: 1, tooOld: 0 });
  });

  it('starts anew after an order, and keeps what comes after the last one open', () => {
    const own = [touch('a', 'search', '2026-01-01'), touch('a', 'call', '2026-01-05'), touch('a', 'mail', '2026-02-01'), touch('a', 'fair', '2026-05-01')];
    const { paths, leftOut } = pathsFromTouches(own, [end('a', '2026-03-01', true), end('a', '2026-01-05', true)]);
    expect(paths.map(({ channels }) => channels)).toEqual([['search', 'call'], ['mail']]);
    expect(leftOut.openTouches).toBe(1);
  });

  it('counts orders that no touch came before, as when a deal was won before its first contact', () => {
    const { paths, leftOut } = pathsFromTouches(touches, [end('a', '2026-02-01', true), end('x', '2026-03-01', false)]);
    expect(paths).toEqual([]);
    expect(leftOut.withoutTouch).toEqual({ ordered: 1, notOrdered: 1 });
  });

  it('looks back as far as it is told', () => {
    const { paths, leftOut } = pathsFromTouches(touches, [end('a', '2026-03-15', true)], 7);
    expect([paths[0]?.channels, leftOut.tooOld]).toEqual([['call'], 1]);
  });

  it('marks the touch behind lead and opportunity, so that W can be computed', () => {
    const own = [touch('a', 'search', '2026-01-01'), touch('a', 'webinar', '2026-01-10'), touch('a', 'mail', '2026-01-20'), touch('a', 'call', '2026-02-01')];
    const { paths } = pathsFromTouches(own, [end('a', '2026-03-01', true, { leadAt: day('2026-01-12'), opportunityAt: day('2026-02-01') })]);
    expect([paths[0]?.leadAt, paths[0]?.opportunityAt]).toEqual([1, 3]);
    expect(Array.from(attribute(indexPaths(paths)).models.w ?? [])).toEqual([0.3, 0.3, expect.closeTo(0.1), 0.3]);
    const early = pathsFromTouches(own, [end('a', '2026-03-01', true, { leadAt: day('2025-12-01'), opportunityAt: day('2026-02-01') })]);
    expect(early.paths[0]?.leadAt).toBeUndefined();
  });

  it('every touch is on one path or left out', () => {
    const { paths, leftOut } = pathsFromTouches(touches, [end('a', '2026-03-05', false), end('b', '2026-03-20', true)], 10);
    expect(paths.reduce((sum, { channels }) => sum + channels.length, 0) + leftOut.openTouches + leftOut.tooOld).toBe(touches.length);
  });
});

const people = (count: number, items: string[], ordered: boolean): Encounter[] => Array.from({ length: count }, () => ({ items, ordered }));

describe('content influence', () => {
  // 100 met the webinar, 30 of them ordered; 200 did not, 20 of them ordered.
  const encounters = [...people(30, ['webinar'], true), ...people(70, ['webinar', 'webinar'], false), ...people(20, [], true), ...people(180, [], false)];

  it('by hand', () => {
    const { customers, ordered, influences } = contentInfluence(encounters);
    expect([customers, ordered]).toEqual([300, 50]);
    expect(influences[0]).toMatchObject({ items: ['webinar'], shareOfOrders: 0.6, met: { customers: 100, ordered: 30, rate: 0.3 }, notMet: { customers: 200, ordered: 20, rate: 0.1 } });
    expect(influences[0]?.lift?.ratio).toBeCloseTo(3, 12);
    // log 3 ± 1.959964 sqrt(0.7/30 + 0.9/20)
    expect(influences[0]?.lift?.interval.low).toBeCloseTo(Math.exp(Math.log(3) - 1.959964 * Math.sqrt(0.7 / 30 + 0.9 / 20)), 5);
    expect(influences[0]?.adjustedP).toBeCloseTo(0.0000117, 6);
  });

  it('shows nothing under the minimum, and counts what it keeps back', () => {
    const rare = [...encounters, ...people(19, ['e-book'], true)];
    expect(contentInfluence(rare)).toMatchObject({ influences: [{ items: ['webinar'] }], tooFew: 1 });
    expect(contentInfluence(people(500, ['webinar'], true))).toMatchObject({ influences: [], tooFew: 1 });
    expect(contentInfluence([...people(9, ['webinar'], true), ...people(100, ['webinar'], false), ...people(100, [], false)]).influences).toEqual([]);
  });

  it('has no lift where nobody ordered without it', () => {
    const { influences } = contentInfluence([...people(30, ['demo'], true), ...people(30, [], false)]);
    expect([influences[0]?.lift, influences[0]?.shareOfOrders]).toEqual([null, 1]);
  });

  it('does not credit what was met after the order', () => {
    const got = encountersFrom([touch('a', 'webinar', '2026-01-01'), touch('a', 'guide', '2026-03-01'), touch('b', 'guide', '2026-01-01')], [end('a', '2026-02-01', true), end('c', '2026-02-01', true)]);
    expect(got).toEqual([
      { customer: 'a', items: ['webinar'], ordered: true },
      { customer: 'b', items: ['guide'], ordered: false },
      { customer: 'c', items: [], ordered: true },
    ]);
    const page = { ...touch('d', 'webinar', '2026-01-01'), item: 'Price guide' };
    expect(encountersFrom([page], [])).toEqual([{ customer: 'd', items: ['Price guide'], ordered: false }]);
  });
});

describe('best combinations', () => {
  const encounters = [...people(40, ['webinar', 'call'], true), ...people(10, ['call', 'webinar'], false), ...people(5, ['webinar'], true), ...people(95, ['webinar'], false), ...people(100, ['call'], false), ...people(3, ['rare', 'call'], true)];

  it('finds the pair whichever was met first, against everybody else', () => {
    const { influences } = bestCombinations(encounters);
    expect(influences).toHaveLength(1);
    expect(influences[0]).toMatchObject({ items: ['call', 'webinar'], met: { customers: 50, ordered: 40, rate: 0.8 }, notMet: { customers: 203, ordered: 8 } });
    expect(influences[0]?.lift?.ratio).toBeCloseTo(0.8 / (8 / 203), 10);
  });

  it('does not confuse items whose names hold signs', () => {
    const { influences } = bestCombinations([...people(30, ['a","b', 'c'], true), ...people(30, ['a', 'b","c'], false), ...people(30, [], false)]);
    expect(influences.map(({ items, met }) => [items, met.ordered])).toEqual([[['a","b', 'c'], 30], [['a', 'b","c'], 0]]);
  });
});
