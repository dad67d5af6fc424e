import { DAY } from '../../../lib/moments';
import { between, type EvidenceId, type Reading } from './causes';

/** What the product's own work records, counted. `n` is what a share is of. */
export type Counts = {
  readonly terms: { signed: number; open: number };
  readonly past: { crossed: number; known: number };
  readonly place: { near: number; known: number };
  /** Of the last year, and of how many of its quarters there was a word to review. */
  readonly reviews: { held: number; quarters: number };
  readonly word: { kept: number; due: number };
  readonly leads: { answered: number; passed: number };
  readonly pairs: { linked: number; open: number };
  readonly target: { signed: boolean; leads: number };
};

/** A share with what it is of, so that the page can show what a signal was read from. */
export type Figure = { readonly share: number; readonly of: number };

/** Fewer than these tell nothing. Ours, as are the ends of every scale below. */
export const LEAST = { terms: 1, people: 5, due: 10, passed: 10, pairs: 10 } as const;

const QUARTER_MS = (365.25 / 4) * DAY;

/** Whole quarters, four at most, since a first commitment was signed: before that there was nothing to review. */
export const quartersSince = (first: Date | null, now: Date): number => (first === null ? 0 : Math.min(4, Math.max(0, Math.floor((now.getTime() - first.getTime()) / QUARTER_MS))));

const NOTHING: Reading = { untold: 'nothing_yet' };
const figure = (part: number, of: number): Figure => ({ share: of === 0 ? 0 : part / of, of });

/** Signals from -1 to 1 read from counts, each between a calm and an alarming end, with the figure behind it. */
export const recordedEvidence = ({ terms, past, place, reviews, word, leads, pairs, target }: Counts): Partial<Record<EvidenceId, { reading: Reading; figure: Figure | null }>> => {
  const told = (enough: boolean, seen: Figure, calm: number, alarming: number) => ({ reading: enough ? { signal: between(seen.share, calm, alarming) } : NOTHING, figure: enough ? seen : null });
  const allTerms = terms.signed + terms.open;
  return {
    terms_open: told(allTerms >= LEAST.terms, figure(terms.open, allTerms), 0.1, 0.7),
    few_crossed: told(past.known >= LEAST.people, figure(past.crossed, past.known), 0.3, 0),
    few_near: told(place.known >= LEAST.people, figure(place.near, place.known), 0.8, 0.2),
    reviews_missed: told(reviews.quarters >= 1, figure(Math.min(reviews.held, reviews.quarters), reviews.quarters), 1, 0),
    word_broken: told(word.due >= LEAST.due, figure(word.kept, word.due), 0.9, 0.5),
    leads_unanswered: told(leads.passed >= LEAST.passed, figure(leads.answered, leads.passed), 0.95, 0.6),
    records_unmatched: told(pairs.linked + pairs.open >= LEAST.pairs, figure(pairs.open, pairs.linked + pairs.open), 0.02, 0.3),
    no_shared_target: target.signed ? { reading: { signal: -1 }, figure: null } : target.leads > 0 ? { reading: { signal: 1 }, figure: null } : { reading: NOTHING, figure: null },
  };
};
