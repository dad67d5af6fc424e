import { instantOf } from '../../../lib/zoned-time';

/** Opening and closing as a clock on the wall shows them: "09:00", "17:30", at the latest "24:00". */
export type Hours = { from: string; to: string };

/** When somebody works: seven lists of hours from Monday on, and days that differ, with no hours for a holiday and fewer for a half day. */
export type Calendar = { zone: string; week: readonly (readonly Hours[])[]; exceptions: readonly { date: string; name: string; hours: readonly Hours[] }[] };

export const WORK_UNITS = ['hours', 'days'] as const;
export type WorkUnit = (typeof WORK_UNITS)[number];

export type WorkingTime = {
  /** The first instant at which `amount` has been worked after `from`. Times are milliseconds since 1970. */
  add(from: number, amount: number, unit: WorkUnit): number;
  /** What was worked between two instants; 0 when the second is not after the first. */
  between(from: number, to: number, unit: WorkUnit): number;
};

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Far more than any commitment may last. */
const HORIZON_DAYS = 366 * 60;
const STEP_DAYS = 400;
/** Fractions of days are added up; a tenth of a millisecond is no difference. */
const TOLERANCE = 1e-9;

const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);
/** 0 is Monday: 1 January 1970 was a Thursday. */
const weekday = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** A stretch of work with what was worked before it began, since the table's first day. */
type Stretch = { start: number; end: number; worth: number; hoursBefore: number; daysBefore: number };

const instantIn = (day: number, clock: string, zone: string): number =>
  (clock === '24:00' ? instantOf(`${dateOf(day + 1)}T00:00`, zone) : instantOf(`${dateOf(day)}T${clock}`, zone))?.getTime() ?? NaN;

const stretchesOf = (day: number, calendar: Calendar, exceptions: ReadonlyMap<string, readonly Hours[]>): { start: number; end: number; worth: number }[] => {
  const hours = exceptions.get(dateOf(day)) ?? calendar.week[weekday(day)] ?? [];
  const open = hours
    .map(({ from, to }) => ({ start: instantIn(day, from, calendar.zone), end: instantIn(day, to, calendar.zone) }))
    .filter(({ start, end }) => end > start)
    .toSorted((a, b) => a.start - b.start);
  const length = open.reduce((sum, { start, end }) => sum + end - start, 0);
  return open.map(({ start, end }) => ({ start, end, worth: (end - start) / length }));
};

const lastAtOrBefore = (stretches: readonly Stretch[], at: number): number => {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.start ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

/**
 * Reckons in a calendar's working hours, or in its working days, where every day with hours counts as one however long it is.
 * Hours are real ones: a night shift is an hour shorter or longer when clocks change. Days are worked out once and kept.
 */
export const workingTime = (calendar: Calendar): WorkingTime => {
  const exceptions = new Map(calendar.exceptions.map(({ date, hours }) => [date, hours]));
  let [firstDay, endDay] = [0, 0];
  let stretches: Stretch[] = [];
  // Asking a zone for its clock is what takes time: a table that grows keeps the days it has.
  const known = new Map<number, ReturnType<typeof stretchesOf>>();
  const ofDay = (day: number): ReturnType<typeof stretchesOf> => {
    const found = known.get(day) ?? stretchesOf(day, calendar, exceptions);
    known.set(day, found);
    return found;
  };
  const build = (from: number, to: number): void => {
    [firstDay, endDay] = [from, to];
    let [hoursBefore, daysBefore] = [0, 0];
    stretches = Array.from({ length: to - from }, (_, at) => ofDay(from + at)).flat().map((open) => {
      const stretch = { ...open, hoursBefore, daysBefore };
      hoursBefore += open.end - open.start;
      daysBefore += open.worth;
      return stretch;
    });
  };
  const cover = (from: number, to: number): void => {
    // A zone's day begins up to 14 hours off the day of UTC.
    const [first, end] = [Math.floor(from / DAY) - 2, Math.floor(to / DAY) + 3];
    if (endDay === firstDay) build(first, end + STEP_DAYS);
    else if (first < firstDay || end > endDay) build(Math.min(first, firstDay), end > endDay ? end + STEP_DAYS : endDay);
  };
  /** What was worked from the table's first day until `at`: milliseconds or days. */
  const until = (at: number, unit: WorkUnit): number => {
    const stretch = stretches[lastAtOrBefore(stretches, at)];
    if (!stretch) return 0;
    const worked = Math.min(at, stretch.end) - stretch.start;
    return unit === 'hours' ? stretch.hoursBefore + worked : stretch.daysBefore + (worked / (stretch.end - stretch.start)) * stretch.worth;
  };
  const reached = (total: number, unit: WorkUnit): number | undefined => {
    const before = (stretch: Stretch) => (unit === 'hours' ? stretch.hoursBefore : stretch.daysBefore);
    const size = (stretch: Stretch) => (unit === 'hours' ? stretch.end - stretch.start : stretch.worth);
    let [low, high] = [0, stretches.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const stretch = stretches[middle];
      if (stretch && before(stretch) + size(stretch) >= total - TOLERANCE) high = middle;
      else low = middle + 1;
    }
    const stretch = stretches[low];
    if (!stretch) return undefined;
    return Math.round(stretch.start + ((total - before(stretch)) / size(stretch)) * (stretch.end - stretch.start));
  };
  return {
    add: (from, amount, unit) => {
      if (amount <= 0) return from;
      for (let days = STEP_DAYS; days <= HORIZON_DAYS; days *= 2) {
        cover(from, from + days * DAY);
        const at = reached(until(from, unit) + (unit === 'hours' ? amount * HOUR : amount), unit);
        if (at !== undefined) return Math.max(from, at);
      }
      throw new RangeError('this calendar has too little working time');
    },
    between: (from, to, unit) => {
      if (to <= from) return 0;
      cover(from, to);
      const worked = until(to, unit) - until(from, unit);
      return unit === 'hours' ? worked / HOUR : worked;
    },
  };
};

const NINE_TO_FIVE: readonly Hours[] = [{ from: '09:00', to: '17:00' }];

/** Monday to Friday, nine to five, no holidays: what counts until somebody says otherwise. */
export const usualCalendar = (zone: string): Calendar => ({ zone, week: [NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, [], []], exceptions: [] });
