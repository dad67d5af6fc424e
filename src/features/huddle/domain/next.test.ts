import { expect, test } from 'vitest';
import { nextHuddle } from './next';

const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();

test('the next Huddle follows the reassessment: after nine months, on a Tuesday, with three weeks to invite', () => {
  const soon = nextHuddle({ held: '2026-05-31', asked: '2026-05-01', today: '2026-06-10' });
  expect(soon).toEqual({ on: '2027-03-23', from: '2027-02-28', to: '2027-05-31', because: 'reassessment' });
  expect(weekday(soon.on)).toBe(2);
});

test('once people were asked again, or a year is over, it is proposed soon', () => {
  expect(nextHuddle({ held: '2026-01-20', asked: '2026-11-10', today: '2026-11-22' })).toMatchObject({ on: '2026-12-15', because: 'survey' });
  expect(nextHuddle({ held: '2025-01-20', asked: '2025-02-20', today: '2026-11-22' })).toMatchObject({ on: '2026-12-15', because: 'late' });
  expect(nextHuddle({ held: '2026-01-20', asked: null, today: '2026-11-22' })).toMatchObject({ on: '2026-12-15', because: 'reassessment' });
});
