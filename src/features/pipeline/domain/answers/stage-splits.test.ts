import { describe, expect, it } from 'vitest';
import type { AnswerLead, StageVisit } from './records';
import { marksOfWon } from './marks';
import { dropBy, slowBy, staysByGroup } from './stage-splits';

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);
const NOW = START + 100 * DAY;

/** `n` leads of a group in a stage: the first `lost` are lost, the last `waiting` still there, the others went on; all that left did so after `days`. */
const stays = (group: string, stage: string, { n, lost = 0, waiting = 0, days = 5 }: { n: number; lost?: number; waiting?: number; days?: number }): StageVisit[] =>
  Array.from({ length: n }, (_, at) => {
    const there = at >= n - waiting;
    return { lead: `${group}${at}`, stage, from: START, to: there ? null : START + days * DAY, end: there ? null : at < lost ? 'lost' : 'forward', reason: at < lost ? 'price' : null } as const;
  });
const split = (visits: readonly StageVisit[]) => staysByGroup(visits, (lead) => lead.slice(0, 1));

describe('where leads slow down, by group', () => {
  const visits = [...stays('b', 'offer', { n: 40, waiting: 10, days: 20 }), ...stays('a', 'offer', { n: 30, days: 5 }), ...stays('c', 'offer', { n: 19 })];

  it('tells each group’s time with those that wait, and that two large ones part', () => {
    const [offer] = slowBy(split(visits), ['offer'], NOW);
    expect(offer?.groups.map(({ value, stays: all, waiting, medianDays }) => [value, all, waiting, medianDays])).toEqual([['b', 40, 10, 20], ['a', 30, 0, 5], ['c', 19, 0, null]]);
    expect(offer?.apart).toBe(true);
  });
  it('tells nothing apart where groups leave alike, or only one is large enough', () => {
    const alike = [...stays('a', 'offer', { n: 30, waiting: 6 }), ...stays('b', 'offer', { n: 30, waiting: 6 })];
    expect(slowBy(split(alike), ['offer', 'nowhere'], NOW).map(({ apart }) => apart)).toEqual([false, null]);
    expect(slowBy(split([...stays('a', 'offer', { n: 30 }), ...stays('b', 'offer', { n: 19, days: 50 })]), ['offer'], NOW)[0]?.apart).toBeNull();
  });
  it('keeps the largest groups', () => expect([...staysByGroup(visits, (lead) => lead.slice(0, 1), 2).keys()]).toEqual(['b', 'a']));
});

describe('where leads drop out, by group', () => {
  // 15 of 30 against 10 of 40: chi-square 4.667, p 0.0308.
  const visits = [...stays('a', 'offer', { n: 30, lost: 15, waiting: 5 }), ...stays('b', 'offer', { n: 40, lost: 10 })];

  it('tells shares, those still there apart, and the difference of two groups', () => {
    const [offer] = dropBy(split(visits), ['offer']);
    expect(offer?.groups.map(({ value, leads, lost, still, share, lostLeads, stillLeads }) => [value, leads, lost, still, share, lostLeads.length, stillLeads.length])).toEqual([['b', 40, 10, 0, 0.25, 10, 0], ['a', 30, 15, 5, 0.5, 15, 5]]);
    expect(offer?.difference).toMatchObject({ first: 'b', second: 'a', value: -0.25 });
    // Newcombe's method 10 of 10/40 and 15/30, from Wilson's 0.1419 to 0.4019 and 0.3315 to 0.6685.
    expect(offer?.difference?.ci95.map((each) => Number(each.toFixed(3)))).toEqual([-0.45, -0.023]);
    expect(offer?.apart).toBe(true);
  });
  it('holds each stage to a stricter test for every stage looked at', () => {
    const second = [...stays('a', 'talk', { n: 30, lost: 6 }), ...stays('b', 'talk', { n: 40, lost: 8 })].map((visit) => ({ ...visit, from: START - 30 * DAY, end: 'forward' as const, to: START }));
    expect(dropBy(split([...second, ...visits]), ['talk', 'offer']).map(({ apart }) => apart)).toEqual([false, true]);
    const lost = [...stays('A', 'talk', { n: 30, lost: 6 }), ...stays('B', 'talk', { n: 40, lost: 8 })].map((visit) => ({ ...visit, lead: `${visit.lead.toLowerCase()}x` }));
    // Two tests: 2 × 0.0308 is above 0.05.
    expect(dropBy(split([...visits, ...lost]), ['talk', 'offer']).map(({ apart }) => apart)).toEqual([false, false]);
  });
  it('tells no share of a handful', () => {
    const [offer] = dropBy(split([...stays('a', 'offer', { n: 30, lost: 15 }), ...stays('b', 'offer', { n: 19, lost: 1 })]), ['offer']);
    expect(offer).toMatchObject({ apart: null, difference: null });
    expect(offer?.groups[1]).toMatchObject({ value: 'b', leads: 19, lost: 1, share: null, wilson95: null });
  });
});

describe('a mark inside each function’s leads', () => {
  it('is compared there alone, and under the minimum nothing is told', () => {
    const lead = (id: string, origin: 'sales' | 'marketing', big: boolean, won: boolean): AnswerLead => ({ id, origin, source: 'web', outcome: won ? 'won' : 'lost', entered: START, decided: START + DAY, attributes: { size: big ? 'big' : 'small' } });
    const many = (n: number, origin: 'sales' | 'marketing', big: boolean, won: number) => Array.from({ length: n }, (_, at) => lead(`${origin}${big}${at}`, origin, big, at < won));
    const found = marksOfWon([...many(40, 'marketing', true, 20), ...many(50, 'marketing', false, 10), ...many(19, 'sales', true, 15), ...many(60, 'sales', false, 5)], ['size']);
    const big = found.marks.find(({ value }) => value === 'big');
    const bySource = marksOfWon([...many(40, 'marketing', true, 20), ...many(60, 'sales', false, 10)].map((each) => ({ ...each, source: each.origin ?? '', attributes: { source: each.origin } })), ['source']);
    // A source is not adjusted for itself: 20 of 40 against 10 of 60 are odds of 1 against 0.2.
    expect([bySource.marks[0]?.adjusted?.adjustedFor, bySource.marks.find(({ value }) => value === 'marketing')?.adjusted?.oddsRatio.toFixed(3)]).toEqual([[], '5.000']);
    expect(big?.byOrigin.map(({ origin, n, others, rate, otherRate, lift, leads }) => [origin, n, others, rate, otherRate, lift?.value, leads.length])).toEqual([['sales', 19, 60, null, null, undefined, 19], ['marketing', 40, 50, 0.5, 0.2, 2.5, 40]]);
    // Katz: 2.5 × exp(± 1.96 × √(1/20 − 1/40 + 1/10 − 1/50)).
    const reach = 1.959964 * Math.sqrt(1 / 20 - 1 / 40 + 1 / 10 - 1 / 50);
    expect(big?.byOrigin[1]?.lift?.ci95[0]).toBeCloseTo(2.5 * Math.exp(-reach), 5);
    expect(big?.byOrigin[1]?.lift?.ci95[1]).toBeCloseTo(2.5 * Math.exp(reach), 5);
  });
});
