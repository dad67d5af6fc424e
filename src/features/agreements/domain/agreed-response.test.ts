import { expect, test } from 'vitest';
import { agreedResponse } from './agreed-response';
import type { Commitment } from './commitment';
import { blank } from './example';

const signed = (day: number, change: Partial<Commitment>) => ({ commitment: { ...blank('2026-01-01'), ...change }, signedAt: new Date(Date.UTC(2026, 0, day)) });

const TODAY = '2026-02-01';
const of = (...each: ReturnType<typeof signed>[]) => agreedResponse(each.map((one) => [one]), TODAY).now;

const ROWS: [string, Partial<Commitment>, boolean][] = [
  ['a first contact', {}, true],
  ['an answer', { until: 'answer' }, true],
  ['acceptance', { until: 'stage', stage: 'accepted' }, true],
  ['from arrival', { from: 'arrived' }, true],
  ['both origins named', { origins: ['sales', 'marketing'] }, true],
  ['one origin only', { origins: ['marketing'] }, false],
  ['some channels only', { channels: ['Event'] }, false],
  ['sales qualified', { until: 'stage', stage: 'sales_qualified' }, false],
  ['an opportunity', { until: 'stage', stage: 'opportunity' }, false],
  ['a proposal', { until: 'stage', stage: 'proposal' }, false],
  ['an order', { until: 'stage', stage: 'won' }, false],
  ['leads that came back', { from: 'returned' }, false],
  ['how many leads', { kind: 'count' }, false],
  ['marketing’s word', { owes: 'marketing' }, false],
];

test.each(ROWS)('%s: %o, counts as the agreed rule: %s', (_, change, counts) => {
  const one = signed(2, change);
  expect(agreedResponse([[one]], TODAY)).toEqual({ now: counts ? one : null, coming: null });
});

test('a narrower or later-stage one that is signed afterwards takes nothing over; of two for all leads the later one counts', () => {
  const [first, second] = [signed(1, {}), signed(3, { from: 'arrived', limit: 1 })];
  const others = ROWS.filter(([, , counts]) => !counts).map(([, change]) => signed(9, change));
  expect(of(...others, first)).toBe(first);
  expect(of(second, ...others, first)).toBe(second);
  expect(of(...others)).toBeNull();
});

/** Versions of one agreement, as days on which they begin; which one counts on 1 February, and which one comes. */
test.each<[string, (string | [string, Partial<Commitment>])[][], [number, number] | null, [number, number] | null]>([
  ['begun long ago', [['2025-06-01']], [0, 0], null],
  ['begins today', [['2026-02-01']], [0, 0], null],
  ['begins tomorrow: nothing is agreed until then', [['2026-02-02']], null, [0, 0]],
  ['a change that begins tomorrow leaves the version before it', [['2026-01-01', '2026-02-02']], [0, 0], [0, 1]],
  ['a change that has begun', [['2026-01-01', '2026-01-20']], [0, 1], null],
  ['a change of a change, the last one still to come', [['2026-01-01', '2026-01-20', '2026-03-01']], [0, 1], [0, 2]],
  ['a version that was replaced before its day came', [['2026-01-01', '2026-03-01', '2026-01-10']], [0, 2], null],
  ['two changes to come: the nearer one, then the other', [['2026-01-01', '2026-03-01', '2026-04-01']], [0, 0], [0, 1]],
  ['a later agreement that has not begun takes nothing over', [['2026-01-01'], ['2026-02-10']], [0, 0], [1, 0]],
  ['of two that come the nearer one', [['2026-04-01'], ['2026-02-10']], null, [1, 0]],
  ['narrowed by a version that has begun', [['2026-01-01', ['2026-01-20', { origins: ['marketing'] }]]], null, null],
  ['narrowed from tomorrow on', [['2026-01-01', ['2026-02-02', { origins: ['marketing'] }]]], [0, 0], null],
])('%s', (_, agreements, counts, comes) => {
  const all = agreements.map((versions, at) => versions.map((version, order) => signed(1 + 10 * at + order, typeof version === 'string' ? { startsOn: version } : { startsOn: version[0], ...version[1] })));
  const at = (place: [number, number] | null) => (place ? all[place[0]]?.[place[1]] : null);
  expect(agreedResponse(all, TODAY)).toEqual({ now: at(counts), coming: at(comes) });
});
