export type DayCount = { days: number; n: number };

/** How leads fared, by whole days since they entered: those open now at their age, the others at the day they ended. */
export type Fates = { open: readonly DayCount[]; won: readonly DayCount[]; others: readonly DayCount[] };

export type Outlook = {
  open: number;
  /** Leads it rests on. */
  leads: number;
  ended: number;
  /** Chance of a new lead to be won, 0 to 1. */
  ofNew: number;
  /** Mean chance of those open now, each at its own age. */
  ofOpen: number;
  /** The same, before so many days have gone by. */
  ofOpenInTime: number;
};

/** Under so many leads of an age, what the next day brings is chance. */
const FEW = 10;

const sum = (counts: readonly DayCount[]): number => counts.reduce((total, { n }) => total + n, 0);

const byDay = (counts: readonly DayCount[], last: number): Float64Array => {
  const days = new Float64Array(last + 1);
  for (const { days: day, n } of counts) days[day] = (days[day] ?? 0) + n;
  return days;
};

/** Won by the end of each day, and still open then, for leads that begin today: cumulative incidence beside its competing ends (Aalen and Johansen 1978). */
const table = ({ open, won, others }: Fates): { won: Float64Array; still: Float64Array } => {
  const last = [...open, ...won, ...others].reduce((most, { days }) => Math.max(most, days), 0);
  const [atAge, wins, ends] = [byDay(open, last), byDay(won, last), byDay(others, last)];
  const [wonBy, still] = [new Float64Array(last + 1), new Float64Array(last + 1)];
  let [atRisk, survives, incidence] = [sum(open) + sum(won) + sum(others), 1, 0];
  for (let day = 0; day <= last; day += 1) {
    const [w, e] = [wins[day] ?? 0, ends[day] ?? 0];
    if (atRisk >= FEW) {
      incidence += (survives * w) / atRisk;
      survives *= 1 - (w + e) / atRisk;
    }
    wonBy[day] = incidence;
    still[day] = survives;
    atRisk -= w + e + (atAge[day] ?? 0);
  }
  return { won: wonBy, still };
};

/**
 * What to expect of open leads: each is won as often as leads before it that were open at its age. A rate of won among ended ones would promise far too much,
 * since most leads that come to nothing are never closed.
 * @param remaining whole or part days until the period ends
 */
export const outlookOf = (fates: Fates, remaining: number): Outlook => {
  const { won, still } = table(fates);
  const last = won.length - 1;
  const upTo = (day: number): number => (day < 0 ? 0 : (won[Math.min(Math.floor(day), last)] ?? 0));
  const chance = (age: number, days: number): number => {
    const open = still[Math.min(age, last)] ?? 0;
    return open > 0 ? Math.min(1, (upTo(age + days) - upTo(age)) / open) : 0;
  };
  const open = sum(fates.open);
  const mean = (days: number): number => (open === 0 ? 0 : fates.open.reduce((total, { days: age, n }) => total + n * chance(age, days), 0) / open);
  const ended = sum(fates.won) + sum(fates.others);
  return { open, leads: open + ended, ended, ofNew: upTo(last), ofOpen: mean(Infinity), ofOpenInTime: mean(remaining) };
};
