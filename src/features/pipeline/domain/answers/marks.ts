import { chiSquareTest } from '../../../../lib/statistics/chi-square';
import { holm } from '../../../../lib/statistics/holm';
import { lift, type Share } from '../../../../lib/statistics/proportions';
import { quantile } from '../../../../lib/statistics/describe';
import { wilson } from '../../../../lib/statistics/wilson';
import { DAY } from '../../../../lib/moments';
import { SIDES, type Side } from '../../../../lib/vocabulary';
import { adjustedOdds, factorOf, type Factor } from './adjusted-odds';
import { siftColumns, type Leak } from './leaks';
import { MINIMUM_GROUP, quarterOf, type AnswerLead, type Interval } from './records';

/** A trait that goes with the outcome. Associated, not caused. Rates are fractions from 0 to 1. */
export type Mark = {
  column: string;
  value: string;
  n: number;
  rate: number;
  wilson95: Interval;
  /** Rate of all leads without the trait. */
  otherRate: number;
  /** How many times as often as without the trait; null where nobody without it has the outcome. */
  lift: { value: number; ci95: Interval } | null;
  /** Odds against leads without the trait, adjusted for source (unless that is the trait) and quarter of entry; null where the data do not carry it. */
  adjusted: { oddsRatio: number; ci95: Interval; adjustedFor: string[] } | null;
  /** The same comparison inside each function's leads: null figures where fewer than the minimum have the trait or lack it there. */
  byOrigin: MarkWithin[];
  /** Of Pearson's test, and after Holm over every trait looked at. */
  p: number;
  pAdjusted: number;
  /** The corrected p is at most 0.05. */
  stands: boolean;
  leads: string[];
};

export type MarkWithin = { origin: Side; n: number; others: number; rate: number | null; otherRate: number | null; lift: { value: number; ci95: Interval } | null; leads: string[] };

export type Marks = { leads: number; outcome: number; looks: number; marks: Mark[]; leftOut: Leak[]; reason: string | null };

type Candidate = Omit<Mark, 'pAdjusted' | 'stands'>;

const valueOf = (lead: AnswerLead, column: string): string => lead.attributes[column]?.trim() ?? '';

/** Leads with whether each has the outcome, and what odds are adjusted for. */
type Looked = { leads: readonly AnswerLead[]; has: readonly boolean[]; outcome: number; adjusting: readonly Factor[] };

const liftOf = (first: Share, second: Share): Mark['lift'] => {
  const { value, low, high } = lift(first, second);
  return Number.isFinite(value) ? { value, ci95: [low, high] } : null;
};

/** Whether a mark tells of one function's leads alone: a trait that only goes with a function would show in neither. */
const withinOrigins = ({ leads, has }: Looked, inside: (lead: number) => boolean, minimum: number): MarkWithin[] =>
  SIDES.map((origin) => {
    const counts = { with: { successes: 0, n: 0 }, without: { successes: 0, n: 0 } };
    const ids: string[] = [];
    leads.forEach((lead, at) => {
      if (lead.origin !== origin) return;
      const part = inside(at) ? counts.with : counts.without;
      part.n += 1;
      if (has[at]) part.successes += 1;
      if (part === counts.with) ids.push(lead.id);
    });
    const told = Math.min(counts.with.n, counts.without.n) >= minimum;
    const rate = ({ successes, n }: Share): number | null => (told ? successes / n : null);
    return { origin, n: counts.with.n, others: counts.without.n, rate: rate(counts.with), otherRate: rate(counts.without), lift: told ? liftOf(counts.with, counts.without) : null, leads: ids };
  });

const candidate = (among: Looked, { name: column, values, codes }: Factor, code: number, minimum: number): Candidate | undefined => {
  const { leads, has, outcome, adjusting } = among;
  const value = values[code] ?? '';
  const inside = leads.filter((_, lead) => codes[lead] === code);
  const outside = leads.length - inside.length;
  if (inside.length < minimum || outside < minimum) return undefined;
  const won = has.filter((successful, lead) => successful && codes[lead] === code).length;
  const others = outcome - won;
  const { low, high } = wilson(won, inside.length);
  const factor = factorOf(column, leads.length, (lead) => (codes[lead] === code ? 'with' : 'without'));
  const fit = adjustedOdds(leads.length, (lead) => has[lead] === true, factor, adjusting.filter(({ name }) => name !== column), minimum);
  const level = 'levels' in fit ? fit.levels[0] : undefined;
  // The larger side is the reference; a trait that most leads have is turned round.
  const turned = fit.reference === 'with';
  return {
    column,
    value,
    n: inside.length,
    rate: won / inside.length,
    wilson95: [low, high],
    otherRate: others / outside,
    lift: liftOf({ successes: won, n: inside.length }, { successes: others, n: outside }),
    adjusted:
      level && 'adjustedFor' in fit
        ? { oddsRatio: turned ? 1 / level.oddsRatio : level.oddsRatio, ci95: turned ? [1 / level.ci95[1], 1 / level.ci95[0]] : level.ci95, adjustedFor: fit.adjustedFor }
        : null,
    byOrigin: withinOrigins(among, (lead) => codes[lead] === code, minimum),
    p: chiSquareTest([[won, inside.length - won], [others, outside - others]]).p,
    leads: inside.map(({ id }) => id),
  };
};

const marksOf = (leads: readonly AnswerLead[], columns: readonly string[], success: (lead: AnswerLead) => boolean, minimum: number): Marks => {
  const outcome = leads.filter(success).length;
  const scarce = Math.min(outcome, leads.length - outcome);
  if (leads.length < 2 * minimum || scarce < 10)
    return { leads: leads.length, outcome, looks: 0, marks: [], leftOut: [], reason: `${leads.length} leads, ${scarce} of them with the rarer outcome, carry no such answer; it takes ${2 * minimum} and 10.` };
  const sifted = siftColumns(leads, columns, success);
  const among: Looked = {
    leads, has: leads.map(success), outcome,
    adjusting: [factorOf('source', leads.length, (lead) => leads[lead]?.source ?? ''), factorOf('quarter of entry', leads.length, (lead) => quarterOf(leads[lead]?.entered ?? 0))],
  };
  const looked = sifted.columns.flatMap((column) => {
    const factor = factorOf(column, leads.length, (lead) => valueOf(leads[lead] as AnswerLead, column));
    return factor.values.flatMap((value, code) => (value === '' ? [] : (candidate(among, factor, code, minimum) ?? [])));
  });
  // Without any spread the test has no p; such a trait cannot stand.
  const corrected = holm(looked.map(({ p }) => (Number.isNaN(p) ? 1 : p)));
  const marks = looked.map((mark, at): Mark => ({ ...mark, pAdjusted: corrected[at]?.adjusted ?? 1, stands: (corrected[at]?.adjusted ?? 1) <= 0.05 }));
  return { leads: leads.length, outcome, looks: looked.length, marks: marks.toSorted((a, b) => a.pAdjusted - b.pAdjusted || a.p - b.p || b.n - a.n), leftOut: sifted.leftOut, reason: null };
};

/** The fifth question: what marks the leads that convert. The caller leaves out cohorts that are too young or cut off. */
export const marksOfWon = (leads: readonly AnswerLead[], columns: readonly string[], minimum = MINIMUM_GROUP): Marks => marksOf(leads, columns, ({ outcome }) => outcome === 'won', minimum);

export type FastMarks = Marks & { days: number | null; followedFor: number | null };

/**
 * The fourth question: what marks the leads that move fast. Fast is won within the days that half of the won leads took. Compared are won leads that entered long enough ago
 * for nine in ten wins to have come: in younger cohorts only the fast ones are won yet, and every trait of a new campaign would look quick.
 */
export const marksOfFast = (leads: readonly AnswerLead[], columns: readonly string[], asOf: number, minimum = MINIMUM_GROUP): FastMarks => {
  const daysOf = ({ entered, decided }: AnswerLead): number => ((decided ?? NaN) - entered) / DAY;
  const won = leads.filter((lead) => lead.outcome === 'won' && !Number.isNaN(daysOf(lead)));
  const followedFor = quantile(won.map(daysOf), 0.9);
  const old = won.filter(({ entered }) => (asOf - entered) / DAY >= followedFor);
  const days = quantile(old.map(daysOf), 0.5);
  return { ...marksOf(old, columns, (lead) => daysOf(lead) <= days, minimum), days: Number.isNaN(days) ? null : days, followedFor: Number.isNaN(followedFor) ? null : followedFor };
};
