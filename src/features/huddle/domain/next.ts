import { daysLater } from '../../../lib/moments';

/** Days as "2026-04-01". `held`: when the last Huddle ended. `asked`: when the newest survey closed, if there is one. */
export type Before = { held: string; asked: string | null; today: string };
/** `from` and `to`: when a year's turn brings the reassessment. */
export type Proposal = { on: string; from: string; to: string; because: 'survey' | 'reassessment' | 'late' };

/** Reassessment comes nine to twelve months later, and the next Huddle with it (MB appendix). */
const FIRST = 9;
const LAST = 12;
/** A survey that closed sooner than this is still the one the last Huddle looked at, or the next one's beginning. */
const NEW_AFTER = 90;
/** Days to invite people and to read results. */
const NOTICE = 21;
const TUESDAY = 2;

/** The same day some months on; the month's last where it is shorter. */
const addMonths = (day: string, months: number): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
};

/** A day and a half that begins on it ends within the week. */
const tuesdayFrom = (day: string): string => daysLater(day, (TUESDAY - new Date(`${day}T00:00:00Z`).getUTCDay() + 7) % 7);

const later = (a: string, b: string): string => (a > b ? a : b);

/**
 * When the next Huddle is proposed: three weeks from now once people were asked again; else as soon as the reassessment can be in; without one, a year
 * on, soon.
 */
export const nextHuddle = ({ held, asked, today }: Before): Proposal => {
  const [from, to] = [addMonths(held, FIRST), addMonths(held, LAST)];
  const soon = tuesdayFrom(daysLater(today, NOTICE));
  if (asked !== null && asked > daysLater(held, NEW_AFTER)) return { on: soon, from, to, because: 'survey' };
  return { on: later(soon, tuesdayFrom(daysLater(from, NOTICE))), from, to, because: today > to ? 'late' : 'reassessment' };
};
