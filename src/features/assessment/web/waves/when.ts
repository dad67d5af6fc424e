import { wallClock } from '../../../../lib/zoned-time';

/** The zone this reader's device is set to. */
export const readersZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** "Thu 12 Mar 2026, 09:00", on the clocks of a zone. */
export const moment = (instant: string, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(instant));

/** "12 March 2026", for this reader. */
export const day = (instant: string): string => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(instant));

/** "March 2027". */
export const month = (instant: string): string => new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' }).format(new Date(instant));

/** Whether clocks in both zones show the same at this instant. */
export const sameClock = (instant: string, one: string, other: string): boolean => wallClock(new Date(instant), one) === wallClock(new Date(instant), other);

const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60]] as const;
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** "in 6 days", "in 40 minutes", "3 hours ago": the largest unit that fits, in whole ones. */
export const fromNow = (instant: string, now: number): string => {
  const seconds = (new Date(instant).getTime() - now) / 1_000;
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['minute', 60];
  return relative.format(Math.trunc(seconds / length), unit);
};
