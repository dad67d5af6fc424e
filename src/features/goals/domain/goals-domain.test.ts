import { describe, expect, it } from 'vitest';
import { outlookOf } from './expectation';
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

describe('what open leads should bring', () => {
  const won = [{ days: 10, n: 10 }, { days: 20, n: 20 }, { days: 40, n: 10 }];
  const others = [{ days: 30, n: 60 }];
  const expected = (open: { days: number; n: number }[], remaining: number) => outlookOf({ open, won, others }, remaining).ofOpenInTime;
  it.each([
    ['new leads fare as those before: ten and twenty of a hundred by day 20', [{ days: 0, n: 1_000_000 }], 20, 0.3],
    ['at day 20 ten of the seventy others are still to be won', [{ days: 20, n: 1_000_000 }], 365, 1 / 7],
    ['older than any that was won', [{ days: 41, n: 5 }], 100, 0],
    ['none left', [{ days: 0, n: 1 }], 0, 0],
    ['no open leads', [], 10, 0],
  ] as const)('%s', (_, ages, remaining, share) => expect(expected([...ages], remaining)).toBeCloseTo(share, 5));
  it('open leads that grew old count against winning: a rate of won among ended ones does not', () => {
    const old = outlookOf({ open: [{ days: 300, n: 900 }], won: [{ days: 20, n: 50 }], others: [{ days: 20, n: 50 }] }, Infinity);
    expect(old).toMatchObject({ open: 900, leads: 1_000, ended: 100, ofOpen: 0 });
    expect(old.ofNew).toBeCloseTo(0.05, 12);
  });
  it('a single lead of a great age decides nothing', () => expect(outlookOf({ open: [{ days: 90, n: 3 }], won: [{ days: 100, n: 1 }], others: [{ days: 5, n: 50 }] }, Infinity).ofOpen).toBe(0));
  it('knows nothing without won leads', () => expect(outlookOf({ open: [{ days: 3, n: 4 }], won: [], others: [] }, 30).ofOpenInTime).toBe(0));
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
