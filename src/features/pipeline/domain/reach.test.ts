import { expect, test } from 'vitest';
import { DAY } from '../../../lib/moments';
import { reachOf, type Met } from './reach';

const NOW = 400 * DAY;
const touch = (partyId: string, ago: number): Met => ({ partyId, side: 'marketing', kind: 'touch', at: NOW - ago * DAY });
const call = (partyId: string, ago: number): Met => ({ partyId, side: 'sales', kind: 'activity', at: NOW - ago * DAY });
const count = (met: Met[], from = 80, until: number | null = null) => reachOf([{ id: 'a', from: NOW - from * DAY, until: until === null ? null : NOW - until * DAY }], met, NOW - 90 * DAY, NOW);

test('a touch counts while sales has the customer, and once sales had a fortnight to answer', () => {
  expect(count([touch('a', 40), touch('a', 81), touch('a', 13), touch('b', 40)])).toMatchObject({ touches: 1, unseen: 1 });
  expect(count([touch('a', 40), touch('a', 20)], 80, 30)).toMatchObject({ touches: 1 });
  expect(count([touch('a', 95)], 200)).toMatchObject({ touches: 0 });
});

test('what sales recorded within a fortnight, before or after, is seen', () => {
  expect(count([touch('a', 40), call('a', 54)])).toMatchObject({ touches: 1, unseen: 0 });
  expect(count([touch('a', 40), call('a', 26)])).toMatchObject({ unseen: 0 });
  expect(count([touch('a', 40), call('a', 55), call('b', 40)])).toMatchObject({ unseen: 1 });
});

test('more than eight meetings in 30 days by both are many', () => {
  const eight = Array.from({ length: 4 }, (_, at) => [touch('a', at + 1), call('a', at + 1)]).flat();
  expect(count(eight)).toMatchObject({ reached: 1, crowded: 0 });
  expect(count([...eight, call('a', 29)])).toMatchObject({ reached: 1, crowded: 1 });
  expect(count([...eight, call('a', 31)])).toMatchObject({ crowded: 0 });
});
