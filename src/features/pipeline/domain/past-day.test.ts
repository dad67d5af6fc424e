import { expect, test } from 'vitest';
import { wallClock } from '../../../lib/zoned-time';
import { askedDay } from './past-day';

const at = (text: string): Date => new Date(text);
const past = (text: string) => ({ kind: 'past', end: at(text) });
const NOW = { kind: 'now', end: null };

test.each([
  ['no day is now', undefined, 'Europe/Berlin', '2026-05-16T10:00:00Z', NOW],
  ['today is not over', '2026-05-16', 'Europe/Berlin', '2026-05-16T10:00:00Z', NOW],
  ['the day before ends at midnight of the zone', '2026-05-15', 'Europe/Berlin', '2026-05-16T10:00:00Z', past('2026-05-15T21:59:59.999Z')],
  ['the same in UTC', '2026-05-15', 'UTC', '2026-05-16T10:00:00Z', past('2026-05-15T23:59:59.999Z')],
  ['where it is tomorrow already, today is over', '2026-05-16', 'Pacific/Auckland', '2026-05-16T13:00:00Z', past('2026-05-16T11:59:59.999Z')],
  ['and tomorrow is today', '2026-05-17', 'Pacific/Auckland', '2026-05-16T13:00:00Z', NOW],
  ['where it is yesterday still, today has not come', '2026-05-16', 'America/Los_Angeles', '2026-05-16T05:00:00Z', { kind: 'to_come' }],
  ['a day to come', '2026-05-17', 'UTC', '2026-05-16T23:59:59Z', { kind: 'to_come' }],
  ['a day of twenty-three hours', '2026-03-29', 'Europe/Berlin', '2026-05-16T10:00:00Z', past('2026-03-29T21:59:59.999Z')],
  ['the day before clocks go forward', '2026-03-28', 'Europe/Berlin', '2026-05-16T10:00:00Z', past('2026-03-28T22:59:59.999Z')],
  ['a day of twenty-five hours', '2025-10-26', 'Europe/Berlin', '2026-05-16T10:00:00Z', past('2025-10-26T22:59:59.999Z')],
  ['a midnight that is skipped: the day ends where its clocks do', '2026-09-05', 'America/Santiago', '2026-10-01T10:00:00Z', past('2026-09-06T03:59:59.999Z')],
  ['the last day of a year', '2025-12-31', 'Asia/Kolkata', '2026-05-16T10:00:00Z', past('2025-12-31T18:29:59.999Z')],
  ['a leap day', '2024-02-29', 'UTC', '2026-05-16T10:00:00Z', past('2024-02-29T23:59:59.999Z')],
  ['no such day', '2026-02-30', 'UTC', '2026-05-16T10:00:00Z', { kind: 'no_day' }],
  ['no such month', '2026-13-01', 'UTC', '2026-05-16T10:00:00Z', { kind: 'no_day' }],
  ['an instant is no day', '2026-05-15T10:00:00Z', 'UTC', '2026-05-16T10:00:00Z', { kind: 'no_day' }],
  ['a date as somebody writes it', '15.05.2026', 'UTC', '2026-05-16T10:00:00Z', { kind: 'no_day' }],
  ['nothing', '', 'UTC', '2026-05-16T10:00:00Z', { kind: 'no_day' }],
])('%s', (_, day, zone, now, meant) => {
  expect(askedDay(day, zone, at(now))).toEqual(meant);
});

test('the end of a past day still shows that day on a clock of the zone, and a millisecond on it shows the next', () => {
  for (const zone of ['UTC', 'Europe/Berlin', 'Pacific/Auckland', 'America/Santiago', 'Asia/Kolkata', 'Pacific/Kiritimati'])
    for (let month = 1; month <= 12; month += 1)
      for (const date of ['01', '05', '26', '28']) {
        const day = `2025-${String(month).padStart(2, '0')}-${date}`;
        const asked = askedDay(day, zone, at('2026-05-16T10:00:00Z'));
        if (asked.kind !== 'past') throw new Error(`${day} is past`);
        expect(wallClock(asked.end, zone).slice(0, 10), `${day} ${zone}`).toBe(day);
        expect(wallClock(new Date(asked.end.getTime() + 1), zone).slice(0, 10) > day).toBe(true);
      }
});
