import { SIDES } from '../../../lib/vocabulary';
import type { Commitment } from './commitment';

export type SignedCommitment = { commitment: Commitment; signedAt: Date };

const ofAllLeads = ({ origins, channels }: Commitment): boolean => channels.length === 0 && (origins.length === 0 || SIDES.every((side) => origins.includes(side)));

/** A contact, an answer or taking a lead on; what is reached later is a promise about selling, not about taking leads up. */
const ofTakingUp = ({ until, stage }: Commitment): boolean => until !== 'stage' || stage === 'accepted';

/** Sales' commitment to take up leads that were passed on or arrived, of all leads and none of them left out; the one signed last. Null: none such is signed. */
export const agreedResponse = (signed: readonly SignedCommitment[]): SignedCommitment | null =>
  signed
    .filter(({ commitment }) => commitment.owes === 'sales' && commitment.kind === 'response' && commitment.from !== 'returned' && ofAllLeads(commitment) && ofTakingUp(commitment))
    .toSorted((a, b) => b.signedAt.getTime() - a.signedAt.getTime())[0] ?? null;
