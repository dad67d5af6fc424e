import { newcombe } from '../../../../lib/statistics/proportions';
import { wilson } from '../../../../lib/statistics/wilson';
import { SIDES } from '../../../../lib/vocabulary';
import { adjustedOdds, factorOf, type AdjustedOdds, type Factor } from './adjusted-odds';
import { MINIMUM_GROUP, quarterOf, type AnswerLead, type Interval } from './records';

/** Rates are fractions from 0 to 1, null for a group under the minimum. `leads` opens the figure. */
export type UsefulGroup = { name: string; entrants: number; won: number; open: number; rate: number | null; wilson95: Interval | null; leads: string[] };

/** The first of the five questions: which leads are more useful, by the function that brought them and by source. */
export type Usefulness = {
  byOrigin: UsefulGroup[];
  /** Marketing's rate minus sales' rate; null unless both have enough leads. */
  difference: { value: number; ci95: Interval } | null;
  /** Both adjusted for the quarter of entry, and for each other where wins allow. */
  originAdjusted: AdjustedOdds;
  bySource: UsefulGroup[];
  sourceAdjusted: AdjustedOdds;
  withoutOrigin: number;
};

const group = (name: string, leads: readonly AnswerLead[], minimum: number): UsefulGroup => {
  const won = leads.filter(({ outcome }) => outcome === 'won').length;
  const told = leads.length >= minimum;
  const { low, high } = wilson(won, leads.length);
  return {
    name,
    entrants: leads.length,
    won,
    open: leads.filter(({ outcome }) => outcome === 'open').length,
    rate: told ? won / leads.length : null,
    wilson95: told ? [low, high] : null,
    leads: leads.map(({ id }) => id),
  };
};

/**
 * Won among entrants, so leads still open count as not won yet: the caller leaves out cohorts that are too young or cut off, which would
 * favour whoever's leads are older.
 */
export const usefulness = (leads: readonly AnswerLead[], minimum = MINIMUM_GROUP): Usefulness => {
  const known = leads.filter(({ origin }) => origin !== null);
  const byOrigin = SIDES.map((side) => group(side, known.filter(({ origin }) => origin === side), minimum));
  const sources = new Map<string, AnswerLead[]>();
  for (const lead of leads) {
    const same = sources.get(lead.source);
    if (same) same.push(lead);
    else sources.set(lead.source, [lead]);
  }
  const factors = (among: readonly AnswerLead[]): Record<'origin' | 'source' | 'quarter', Factor> => ({
    origin: factorOf('origin', among.length, (lead) => among[lead]?.origin ?? ''),
    source: factorOf('source', among.length, (lead) => among[lead]?.source ?? ''),
    quarter: factorOf('quarter of entry', among.length, (lead) => quarterOf(among[lead]?.entered ?? 0)),
  });
  const won = (among: readonly AnswerLead[]) => (lead: number) => among[lead]?.outcome === 'won';
  const [ofKnown, ofAll] = [factors(known), factors(leads)];
  const [sales, marketing] = ['sales', 'marketing'].map((side) => byOrigin.find(({ name }) => name === side));
  const both = sales && marketing && Math.min(sales.entrants, marketing.entrants) >= minimum;
  const gap = both ? newcombe({ successes: marketing.won, n: marketing.entrants }, { successes: sales.won, n: sales.entrants }) : undefined;
  return {
    byOrigin,
    difference: gap ? { value: gap.value, ci95: [gap.low, gap.high] } : null,
    // A source nearly always belongs to one function, so adjusting origin for source would leave nothing to compare.
    originAdjusted: adjustedOdds(known.length, won(known), ofKnown.origin, [ofKnown.quarter], minimum),
    bySource: [...sources].map(([name, own]) => group(name, own, minimum)).toSorted((a, b) => b.entrants - a.entrants || (a.name < b.name ? -1 : 1)),
    sourceAdjusted: adjustedOdds(leads.length, won(leads), ofAll.source, [ofAll.quarter], minimum),
    withoutOrigin: leads.length - known.length,
  };
};
