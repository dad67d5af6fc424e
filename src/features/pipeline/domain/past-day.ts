import { daysLater } from '../../../lib/moments';
import { instantOf, wallClock } from '../../../lib/zoned-time';

/** What a day asks for that figures are looked at as of: now (`end` null), its last millisecond, or nothing that can be looked at. */
export type AskedDay = { kind: 'now'; end: null } | { kind: 'past'; end: Date } | { kind: 'to_come' } | { kind: 'no_day' };

const DAY = /^\d{4}-\d{2}-\d{2}$/u;
const isDay = (text: string): boolean => DAY.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

/**
 * How a day is read, in the zone of whoever asks: today, or none, is now, since today is not over; a day before it is over, and is looked at as of its end.
 * @param day as "2026-03-31"
 */
export const askedDay = (day: string | undefined, zone: string, now: Date): AskedDay => {
  if (day === undefined) return { kind: 'now', end: null };
  if (!isDay(day)) return { kind: 'no_day' };
  const today = wallClock(now, zone).slice(0, 10);
  if (day === today) return { kind: 'now', end: null };
  if (day > today) return { kind: 'to_come' };
  const next = instantOf(`${daysLater(day, 1)}T00:00`, zone);
  return next ? { kind: 'past', end: new Date(next.getTime() - 1) } : { kind: 'no_day' };
};
