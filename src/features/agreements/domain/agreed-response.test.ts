import { expect, test } from 'vitest';
import { agreedResponse } from './agreed-response';
import type { Commitment } from './commitment';
import { blank } from './example';

const signed = (day: number, change: Partial<Commitment>) => ({ commitment: { ...blank('2026-01-01'), ...change }, signedAt: new Date(Date.UTC(2026, 0, day)) });

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
  expect(agreedResponse([one])).toEqual(counts ? one : null);
});

test('a narrower or later-stage one that is signed afterwards takes nothing over; of two for all leads the later one counts', () => {
  const [first, second] = [signed(1, {}), signed(3, { from: 'arrived', limit: 1 })];
  const others = ROWS.filter(([, , counts]) => !counts).map(([, change]) => signed(9, change));
  expect(agreedResponse([...others, first])).toBe(first);
  expect(agreedResponse([second, ...others, first])).toBe(second);
  expect(agreedResponse(others)).toBeNull();
});
