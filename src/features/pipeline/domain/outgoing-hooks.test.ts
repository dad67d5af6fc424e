import { describe, expect, test } from 'vitest';
import { nextDelivery, verdictOf, WAITS_MS } from './outgoing-hooks';

describe('a delivery that failed', () => {
  test('waits longer each time, between a minute and a day, and is given up in the end', () => {
    expect(WAITS_MS[0]).toBe(60_000);
    expect(WAITS_MS.at(-1)).toBe(86_400_000);
    expect(WAITS_MS.toSorted((a, b) => a - b)).toEqual([...WAITS_MS]);
    for (const [at, wait] of WAITS_MS.entries()) expect(nextDelivery(at + 1, 1_000, 0)).toBe(1_000 + wait);
    expect(nextDelivery(WAITS_MS.length + 1, 1_000, 0)).toBeNull();
  });
  test('is spread over a tenth of its wait', () => {
    expect(nextDelivery(1, 0, 0.999)).toBeLessThan(66_000);
    expect(nextDelivery(1, 0, 0.5)).toBe(63_000);
  });
});

test.each([[200, 'taken'], [204, 'taken'], [299, 'taken'], [301, 'failed'], [302, 'failed'], [304, 'failed'], [400, 'failed'], [404, 'failed'], [410, 'gone'], [429, 'failed'], [500, 'failed'], [0, 'failed']])('%s is %s', (status, verdict) => {
  expect(verdictOf(status)).toBe(verdict);
});
