import { SIDES } from '../../../lib/vocabulary';
import type { Commitment } from './commitment';
import { spansOf } from './spans';

export type SignedCommitment = { commitment: Commitment; signedAt: Date };
/** What counts on a day, and what is signed and begins to count on a later one. */
export type AgreedResponse = { now: SignedCommitment | null; coming: SignedCommitment | null };

const ofAllLeads = ({ origins, channels }: Commitment): boolean => channels.length === 0 && (origins.length === 0 || SIDES.every((side) => origins.includes(side)));

/** A contact, an answer or taking a lead on; what is reached later is a promise about selling, not about taking leads up. */
const ofTakingUp = ({ until, stage }: Commitment): boolean => until !== 'stage' || stage === 'accepted';

const takesUpAll = ({ commitment }: SignedCommitment): boolean =>
  commitment.owes === 'sales' && commitment.kind === 'response' && commitment.from !== 'returned' && ofAllLeads(commitment) && ofTakingUp(commitment);

const byStart = (a: SignedCommitment, b: SignedCommitment): number => (a.commitment.startsOn < b.commitment.startsOn ? -1 : a.commitment.startsOn > b.commitment.startsOn ? 1 : a.signedAt.getTime() - b.signedAt.getTime());

/**
 * Sales' commitment to take up leads that were passed on or arrived, of all leads and none of them left out; of several the one signed last. A version
 * counts from the day on that it names, in the workspace's zone, as its clocks do; until then the version before it counts.
 * @param signed of each agreement its signed versions, oldest first
 * @param today a day of the workspace's zone, `2026-03-01`
 */
export const agreedResponse = (signed: readonly (readonly SignedCommitment[])[], today: string): AgreedResponse => {
  const day = Date.parse(today);
  const spans = signed.flatMap((versions) => spansOf(versions.map((one, version) => ({ version, one })), ({ one }) => Date.parse(one.commitment.startsOn)));
  const started = spans.filter(({ from, to }) => from <= day && (to === null || day < to)).map(({ version }) => version.one);
  const later = spans.filter(({ from }) => from > day).map(({ version }) => version.one);
  return {
    now: started.filter(takesUpAll).toSorted((a, b) => b.signedAt.getTime() - a.signedAt.getTime())[0] ?? null,
    coming: later.filter(takesUpAll).toSorted(byStart)[0] ?? null,
  };
};
