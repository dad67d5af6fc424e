import { describe, expect, test } from 'vitest';
import { stillYoung, typicalDays } from './young';

describe('a period too young to be judged', () => {
  test.each([[[], null], [[{ days: 10, n: 1 }], 10], [[{ days: 30, n: 1 }, { days: 10, n: 1 }], 10], [[{ days: 30, n: 3 }, { days: 10, n: 1 }], 30], [[{ days: 5, n: 2 }, { days: 90, n: 2 }], 5]] as const)('of %j half took at most %s days', (won, days) => {
    expect(typicalDays(won)).toBe(days);
  });

  const WON = [{ days: 30, n: 3 }];
  test.each([
    ['ended a month before', '2026-05-01', 4, WON, null],
    ['ended 29 days before', '2026-05-03', 4, WON, { open: 4, days: 30 }],
    ['goes on', '2026-07-01', 4, WON, { open: 4, days: 30 }],
    ['has no open lead', '2026-05-20', 0, WON, null],
    ['of a workspace without a won lead', '2026-05-20', 4, [], null],
  ] as const)('one that %s', (_, until, open, won, young) => {
    expect(stillYoung(open, new Date(until), won, new Date('2026-06-01'))).toEqual(young);
  });
});
