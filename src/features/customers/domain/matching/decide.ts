import type { Veto } from './vetoes';

/** `sure` links by itself; `review` waits for a person; `no` is neither shown nor linked. */
export type Decision = 'sure' | 'review' | 'no';

/** From which probability a pair links by itself, and from which it is worth a person's look. */
export type Thresholds = { sure: number; review: number };

export const THRESHOLDS: Thresholds = { sure: 0.99, review: 0.05 };

/** A veto never raises or lowers the probability: it says that a person decides, and somebody's "never" is final until taken back. */
export const decide = ({ probability, vetoes }: { probability: number; vetoes: readonly Veto[] }, { sure, review }: Thresholds = THRESHOLDS): Decision => {
  if (vetoes.includes('never_link') || vetoes.includes('different_people')) return 'no';
  if (probability >= sure && vetoes.length === 0) return 'sure';
  return probability >= Math.min(sure, review) ? 'review' : 'no';
};

/** How a remembered "never link these two" is looked up; the order of the two does not matter. */
export const pairKey = (one: string, other: string): string => (one < other ? `${one}\u0001${other}` : `${other}\u0001${one}`);
