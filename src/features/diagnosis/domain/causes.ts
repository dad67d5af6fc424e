/**
 * Five root causes of a poor interface (MB ch. 3) weighed by what was said and what was recorded. A proposal: each item shows its weight, and a
 * person decides.
 */
import { CAUSES, type Cause } from '../../../lib/vocabulary';
import type { Configuration } from './configuration';

export { CAUSES, type Cause };

/** What a person may say of a proposed cause. */
export const VERDICTS = ['confirmed', 'doubted', 'overruled'] as const;

/** Said in the assessment, or recorded by the work itself. */
export type EvidenceKind = 'said' | 'recorded';

/**
 * One kind of evidence. Weight 2 where the source has it probe the cause; 1 where that is our inference: tools 4-8 show effects, so that reading
 * a cause out of them is inferred, and so is what the product records.
 */
export type EvidenceRule = { readonly id: string; readonly cause: Cause; readonly kind: EvidenceKind; readonly weight: 1 | 2 };

export const EVIDENCE = [
  { id: 'divide', cause: 'subcultures', kind: 'said', weight: 2 },
  { id: 'expectations', cause: 'subcultures', kind: 'said', weight: 2 },
  { id: 'gaps_contact', cause: 'subcultures', kind: 'said', weight: 2 },
  { id: 'gaps_character', cause: 'subcultures', kind: 'said', weight: 1 },
  { id: 'terms_open', cause: 'subcultures', kind: 'recorded', weight: 1 },
  { id: 'spread_within', cause: 'backgrounds', kind: 'said', weight: 2 },
  { id: 'levels_differ', cause: 'backgrounds', kind: 'said', weight: 2 },
  { id: 'few_crossed', cause: 'backgrounds', kind: 'recorded', weight: 1 },
  { id: 'connection_by_territory', cause: 'structure', kind: 'said', weight: 2 },
  { id: 'few_near', cause: 'structure', kind: 'recorded', weight: 1 },
  { id: 'connection_low', cause: 'joint_activity', kind: 'said', weight: 2 },
  { id: 'communication_low', cause: 'joint_activity', kind: 'said', weight: 2 },
  { id: 'support_low', cause: 'joint_activity', kind: 'said', weight: 1 },
  { id: 'developing_low', cause: 'joint_activity', kind: 'said', weight: 1 },
  { id: 'reviews_missed', cause: 'joint_activity', kind: 'recorded', weight: 1 },
  { id: 'strategy_low', cause: 'systems', kind: 'said', weight: 1 },
  { id: 'buy_in_low', cause: 'systems', kind: 'said', weight: 1 },
  { id: 'credibility_low', cause: 'systems', kind: 'said', weight: 1 },
  { id: 'word_broken', cause: 'systems', kind: 'recorded', weight: 1 },
  { id: 'leads_unanswered', cause: 'systems', kind: 'recorded', weight: 1 },
  { id: 'records_unmatched', cause: 'systems', kind: 'recorded', weight: 1 },
  { id: 'no_shared_target', cause: 'systems', kind: 'recorded', weight: 1 },
] as const satisfies readonly EvidenceRule[];
export type EvidenceId = (typeof EVIDENCE)[number]['id'];

/**
 * What one item says: `signal` from -1 (speaks against the cause) to 1 (speaks for it), or why it cannot be told: never asked, kept back by the
 * disclosure gate, nothing recorded yet, or no survey that this reader may see.
 */
export type Reading = { readonly signal: number } | { readonly untold: 'not_asked' | 'hidden' | 'nothing_yet' | 'not_yours' };

export type Standing = 'likely' | 'possible' | 'unlikely' | 'cannot_tell';

/** Weighted mean of the signals from which a cause is called likely, and under which unlikely. Ours. */
export const LIKELY = 0.35;
export const UNLIKELY = -0.1;
/** Less of a cause's weight than this told: nothing is proposed. */
export const LEAST_TOLD = 1 / 3;

export type Weighed = {
  cause: Cause;
  standing: Standing;
  /** -1..1, weighted over what could be told; null where nothing could. */
  balance: number | null;
  /** Share 0..1 of the cause's weight that could be told. */
  told: number;
  items: { id: EvidenceId; kind: EvidenceKind; weight: number; reading: Reading }[];
};

const clamp = (signal: number): number => Math.max(-1, Math.min(1, signal));

const weighCause = (cause: Cause, readings: Readonly<Partial<Record<EvidenceId, Reading>>>): Weighed => {
  const items = EVIDENCE.filter((rule) => rule.cause === cause).map(({ id, kind, weight }) => ({ id, kind, weight, reading: readings[id] ?? { untold: 'nothing_yet' as const } }));
  let [told, all, sum] = [0, 0, 0];
  for (const { weight, reading } of items) {
    all += weight;
    if (!('signal' in reading)) continue;
    told += weight;
    sum += weight * clamp(reading.signal);
  }
  const balance = told > 0 ? sum / told : null;
  const share = told / all;
  const standing: Standing = balance === null || share < LEAST_TOLD ? 'cannot_tell' : balance >= LIKELY ? 'likely' : balance <= UNLIKELY ? 'unlikely' : 'possible';
  return { cause, standing, balance, told: share, items };
};

/** Whether a cause is named as one that is behind it: a person's judgement counts before the proposal. */
export const standsBehind = (standing: Standing, verdict: (typeof VERDICTS)[number] | null): boolean => verdict === 'confirmed' || (standing === 'likely' && verdict !== 'overruled');

export type Strength = 'for' | 'some' | 'neither' | 'someAgainst' | 'against';

/** A signal in words; the ends are ours. */
export const strengthOf = (signal: number): Strength => (signal >= 0.5 ? 'for' : signal > 0.1 ? 'some' : signal >= -0.1 ? 'neither' : signal > -0.5 ? 'someAgainst' : 'against');

/** All five, those with the most for them first; what cannot be told stands last. */
export const weighCauses = (readings: Readonly<Partial<Record<EvidenceId, Reading>>>): Weighed[] =>
  CAUSES.map((cause) => weighCause(cause, readings)).toSorted((a, b) => Number(a.standing === 'cannot_tell') - Number(b.standing === 'cannot_tell') || (b.balance ?? -2) - (a.balance ?? -2));

/**
 * A share or size on a scale from `calm` (signal -1) to `alarming` (signal 1), straight between; the ends may stand in either order.
 */
export const between = (value: number, calm: number, alarming: number): number => clamp((2 * (value - calm)) / (alarming - calm) - 1);

/** Bands of a team's score as signals of a lack: low speaks for it, high against it, the middle a little for it. */
export const lackOf = (band: string): number => ({ low: 1, middle: 0.25, high: -1 })[band] ?? 0;

/** How much each root cause is usually felt in each configuration: 0 not yet, 1 may be, 2 commonly (MB table 3.1; the grading is ours). */
export const USUAL: Readonly<Record<Cause, Readonly<Record<Configuration, 0 | 1 | 2>>>> = {
  subcultures: { hidden: 0, sales_driven: 1, living_apart: 2, aligned: 0 },
  backgrounds: { hidden: 1, sales_driven: 0, living_apart: 2, aligned: 0 },
  structure: { hidden: 0, sales_driven: 0, living_apart: 2, aligned: 1 },
  joint_activity: { hidden: 0, sales_driven: 0, living_apart: 2, aligned: 1 },
  systems: { hidden: 0, sales_driven: 0, living_apart: 2, aligned: 0 },
};
