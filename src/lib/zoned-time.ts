/** Wall-clock times of a time zone, as a date-and-time field writes them: "2026-03-02T09:00". */

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

const formats = new Map<string, Intl.DateTimeFormat>();
const formatFor = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' });
  formats.set(zone, made);
  return made;
};

/** What a clock in the zone shows at this instant, to the minute. */
export const wallClock = (instant: Date, zone: string): string => {
  const part = Object.fromEntries(formatFor(zone).formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return `${pad(part.year ?? 0, 4)}-${pad(part.month ?? 0)}-${pad(part.day ?? 0)}T${pad(part.hour ?? 0)}:${pad(part.minute ?? 0)}`;
};

const WALL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const asUtc = (wall: string): number => (WALL.test(wall) ? Date.parse(`${wall.slice(0, 16)}:00Z`) : NaN);

/**
 * The instant at which a clock in the zone shows `wall`. A time shown twice, when clocks go back, means the earlier one; a time
 * that is skipped means as long after the change as it was meant to be after midnight. Nothing for text that is no time.
 */
export const instantOf = (wall: string, zone: string): Date | undefined => {
  const guess = asUtc(wall);
  if (Number.isNaN(guess)) return undefined;
  const offsetAt = (time: number) => asUtc(wallClock(new Date(time), zone)) - time;
  const day = 86_400_000;
  const offsets = [...new Set([offsetAt(guess - day), offsetAt(guess + day)])];
  const fitting = offsets.map((offset) => guess - offset).filter((time) => asUtc(wallClock(new Date(time), zone)) === guess);
  // Skipped times fit no offset; the one before the change puts them after it.
  return new Date(fitting.length > 0 ? Math.min(...fitting) : guess - (offsets[0] ?? 0));
};
