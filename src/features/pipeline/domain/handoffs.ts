/** What becomes of an offer. Handed on: this one ended and another, to somebody else, began. Withdrawn: taken back by those who offered. */
export const HANDOFF_STATES = ['offered', 'accepted', 'rejected', 'recycled', 'handed_on', 'withdrawn'] as const;
export type HandoffState = (typeof HANDOFF_STATES)[number];

export const LINK_PURPOSES = ['accept', 'return', 'hand_on'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** Reasons that a workspace begins with; each can be changed. They say what was missing, not who was wrong. */
export const DEFAULT_RETURN_REASONS: readonly string[] = ['No need now', 'No budget', 'Does not fit the agreed definition', 'Could not be reached', 'Information missing', 'Already with sales', 'Outside our territory or segment'];

export type HandoffFacts = { state: HandoffState; offeredAt: number; decidedAt: number | null; reason: string | null; nurtureUntil: number | null };

type Passing = { passes: readonly number[]; passedAt: number | null; returnedAt: number | null; returnReason: string | null };

/**
 * What offers made here add to what records say: a lead was passed on when first offered, and is returned while the latest answer sent it back.
 * Dates are milliseconds since 1970.
 */
export const withHandoffs = <T extends Passing>(facts: T, handoffs: readonly HandoffFacts[]): T & { nurtureUntil: number | null } => {
  const counted = handoffs.filter(({ state }) => state !== 'withdrawn').toSorted((a, b) => a.offeredAt - b.offeredAt);
  const [first] = counted;
  const last = counted.at(-1);
  const back = last && (last.state === 'rejected' || last.state === 'recycled') ? last : undefined;
  return {
    ...facts,
    passes: first && facts.passes.length === 0 ? [first.offeredAt] : facts.passes,
    passedAt: first ? Math.min(first.offeredAt, facts.passedAt ?? first.offeredAt) : facts.passedAt,
    returnedAt: back?.decidedAt ?? facts.returnedAt,
    returnReason: back?.reason ?? facts.returnReason,
    nurtureUntil: back?.nurtureUntil ?? null,
  };
};
