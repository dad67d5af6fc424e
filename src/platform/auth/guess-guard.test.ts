import { describe, expect, test } from 'vitest';
import { createGuessGuard, type GuessGuard } from './guess-guard';

const start = new Date('2026-03-02T10:00:00Z').getTime();
const at = (seconds: number) => new Date(start + seconds * 1_000);
const from = (place: string, account = 'olga') => ({ account, place, known: false });
const browser = { account: 'olga', place: 'her browser', known: true };

/** Tries each second from ever new addresses, for so long. @returns how many were let through */
const flood = (guard: GuessGuard, seconds: number, begin = 0): number => Array.from({ length: seconds }, (_, n) => guard.admit(from(`10.0.${n >> 8}.${n & 255}`), at(begin + n))).filter((wait) => wait === 0).length;

describe('from one address', () => {
  test('ten tries are free, then the wait doubles from five seconds to a minute', () => {
    const guard = createGuessGuard();
    const waits: number[] = [];
    let seconds = 0;
    for (let n = 0; n < 16; n += 1) {
      const wait = guard.admit(from('a'), at(seconds));
      waits.push(wait / 1_000);
      if (wait > 0) {
        seconds += wait / 1_000;
        expect(guard.admit(from('a'), at(seconds))).toBe(0);
      }
    }
    expect(waits).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 10, 20, 40, 60, 60]);
  });
  test('other accounts, and other addresses on this account, go on', () => {
    const guard = createGuessGuard();
    for (let n = 0; n < 10; n += 1) guard.admit(from('a'), at(0));
    expect([guard.admit(from('a'), at(0)), guard.admit(from('a', 'ann'), at(0)), guard.admit(from('b'), at(0))]).toEqual([5_000, 0, 0]);
  });
  test('a success and a quarter of an hour wipe the slate', () => {
    const guard = createGuessGuard();
    for (let n = 0; n < 10; n += 1) guard.admit(from('a'), at(0));
    guard.passed(from('a'));
    expect(guard.admit(from('a'), at(0))).toBe(0);
    for (let n = 0; n < 9; n += 1) guard.admit(from('a'), at(0));
    expect(guard.admit(from('a'), at(1))).toBeGreaterThan(0);
    expect(guard.admit(from('a'), at(15 * 60 + 1))).toBe(0);
  });
});

describe('from ever new addresses', () => {
  test('twenty tries are free, then one a while: under 1,500 in a day', () => {
    const guard = createGuessGuard();
    expect(flood(guard, 20)).toBe(20);
    expect(flood(guard, 86_400, 20)).toBeLessThan(1_500);
  });
  test('the owner’s browser is not held up, whatever the flood', () => {
    const guard = createGuessGuard();
    flood(guard, 3_600);
    expect(guard.admit(browser, at(3_600))).toBe(0);
  });
  test('the owner at a new browser waits a minute at most, and not at all after a new password by mail', () => {
    const guard = createGuessGuard();
    flood(guard, 3_600);
    expect(guard.admit(from('hotel'), at(3_600))).toBeLessThanOrEqual(60_000);
    guard.forgive('olga');
    expect(guard.admit(from('hotel'), at(3_600))).toBe(0);
  });
  test('many at the same instant are counted before any password is looked at', () => {
    const guard = createGuessGuard();
    expect(Array.from({ length: 500 }, (_, n) => guard.admit(from(`${n}`), at(0))).filter((wait) => wait === 0).length).toBe(20);
  });
});

test('a stolen browser is slowed as an address is', () => {
  const guard = createGuessGuard();
  for (let n = 0; n < 10; n += 1) guard.admit(browser, at(0));
  expect(guard.admit(browser, at(0))).toBe(5_000);
});

test('a flood of invented accounts leaves a bounded memory, and the newest counts', () => {
  const guard = createGuessGuard();
  for (let n = 0; n < 60_000; n += 1) guard.admit(from('a', `nobody${n}`), at(0));
  for (let n = 0; n < 10; n += 1) guard.admit(from('a'), at(1));
  expect(guard.admit(from('a'), at(1))).toBe(5_000);
});
