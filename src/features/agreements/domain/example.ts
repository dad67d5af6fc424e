import type { Commitment } from './commitment';

const BASE: Commitment = {
  owes: 'sales', kind: 'response', from: 'passed', until: 'contact', stage: null, limit: 2, unit: 'days', atLeast: 3, each: 'territory', per: 'quarter', origins: [], channels: [], credible: true,
  pauseReturned: true, pauseStages: [], warnAt: 75, escalateAfter: 2, startsOn: '2026-01-01',
};

/** A commitment to begin from. */
export const blank = (startsOn: string): Commitment => ({ ...BASE, startsOn });

export type ExampleKey = 'leads' | 'contact' | 'case';

/**
 * The example of MB ch. 4: each quarter three credible leads for each territory manager; first contact within eight
 * weeks; a business case, which is what the stage "sales qualified" asks for. The follow-up it names as well is in none of these:
 * a response ends at a contact, an answer or a stage, and none of them is a second contact. The joint call each quarter is the review.
 */
export const exampleCommitments = (startsOn: string): readonly { key: ExampleKey; commitment: Commitment }[] => [
  { key: 'leads', commitment: { ...BASE, owes: 'marketing', kind: 'count', origins: ['marketing'], startsOn } },
  { key: 'contact', commitment: { ...BASE, limit: 8, unit: 'weeks', startsOn } },
  { key: 'case', commitment: { ...BASE, until: 'stage', stage: 'sales_qualified', limit: 8, unit: 'weeks', startsOn } },
];
