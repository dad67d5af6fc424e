import { describe, expect, test } from 'vitest';
import { CLAIM_MS, heldBefore, nextTry } from './delivery';

const now = new Date('2026-03-02T10:00:00Z');
const minutes = (tries: number) => {
  const at = nextTry(tries, now);
  return at && (at.getTime() - now.getTime()) / 60_000;
};

describe('a mail that was not taken for now', () => {
  test.each([[1, 1], [2, 5], [3, 15], [4, 30], [5, 60], [10, 1_440], [11, 480], [12, null], [40, null]])('after %i tries waits %s minutes', (tries, wait) => {
    expect(minutes(tries)).toBe(wait);
  });
  test('is given up after more than two days and before three', () => {
    const days = Array.from({ length: 11 }, (_, at) => minutes(at + 1) ?? 0).reduce((sum, each) => sum + each, 0) / 1_440;
    expect(days).toBeGreaterThan(2);
    expect(days).toBeLessThan(3);
  });
});

test('a mail never tried is held after two days', () => expect(heldBefore(now).toISOString()).toBe('2026-02-28T10:00:00.000Z'));

test('a claim outlasts the two minutes a conversation may take', () => expect(CLAIM_MS).toBeGreaterThan(2 * 60_000));
