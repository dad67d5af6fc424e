import { describe, expect, it } from 'vitest';
import { shareClosingWithin } from './expectation';
import { mailDay } from './mail-days';
import { isPeriodStart, periodOf } from './periods';
import { cannotSign } from './signing';

it.each([
  ['month', '2026-12-31', 0, '2026-12-01', '2027-01-01'], ['quarter', '2026-05-16', 0, '2026-04-01', '2026-07-01'], ['quarter', '2026-01-01', -1, '2025-10-01', '2026-01-01'],
  ['year', '2026-05-16', 1, '2027-01-01', '2028-01-01'], ['month', '2024-02-29', 0, '2024-02-01', '2024-03-01'],
] as const)('%s of %s, %i later', (unit, day, later, startsOn, endsOn) => {
  expect(periodOf(unit, day, later)).toEqual({ unit, startsOn, endsOn });
  expect([isPeriodStart(unit, startsOn), isPeriodStart(unit, `${startsOn.slice(0, 8)}02`)]).toEqual([true, false]);
});

describe('open leads that close in time', () => {
  const won = [{ days: 10, n: 1 }, { days: 20, n: 2 }, { days: 40, n: 1 }];
  it.each([
    ['a new lead has them all before it', [{ days: 0, n: 1 }], 20, 3 / 4],
    ['one that is 15 days old is like the three that took longer', [{ days: 15, n: 6 }], 10, 2 / 3],
    ['older than any that was won', [{ days: 41, n: 5 }], 100, 0],
    ['none left', [{ days: 0, n: 1 }], 0, 0],
    ['by number', [{ days: 0, n: 1 }, { days: 41, n: 1 }], 100, 1 / 2],
    ['no open leads', [], 10, 0],
  ] as const)('%s', (_, ages, remaining, share) => expect(shareClosingWithin(ages, won, remaining)).toBeCloseTo(share, 12));
  it('knows nothing without won leads', () => expect(shareClosingWithin([{ days: 3, n: 4 }], [], 30)).toBe(0));
});

it.each([
  ['weekly', '2026-05-18T06:59', '2026-05-11'], ['weekly', '2026-05-18T07:00', '2026-05-18'], ['weekly', '2026-05-24T23:59', '2026-05-18'],
  ['monthly', '2026-06-01T06:30', '2026-05-01'], ['monthly', '2026-06-01T07:00', '2026-06-01'], ['monthly', '2026-06-30T12:00', '2026-06-01'], ['monthly', '2026-01-01T00:10', '2025-12-01'],
] as const)('%s mail at %s is that of %s', (rhythm, wall, day) => expect(mailDay(rhythm, wall)).toBe(day));

it('lets only two different heads sign', () => {
  const me = { userId: 'u1', personId: 'p1', headOf: 'sales' } as const;
  expect(cannotSign({ ...me, headOf: null }, [])).toBe('not_head');
  expect(cannotSign(me, [])).toBeNull();
  expect(cannotSign(me, [{ side: 'sales', userId: 'u9', personId: 'p9' }])).toBe('already');
  expect(cannotSign(me, [{ side: 'marketing', userId: 'u1', personId: null }])).toBe('same_person');
  expect(cannotSign(me, [{ side: 'marketing', userId: 'u2', personId: 'p1' }])).toBe('same_person');
});
