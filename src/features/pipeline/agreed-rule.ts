import type { WorkspaceTx } from '../../platform/db/database';
import { signedResponse } from '../agreements/public';
import type { CountRule } from './domain/reconcile';

export type AgreedRule = CountRule & { agreedAt: Date };

/**
 * The rule that both heads signed, out of sales' commitment to take up all leads by a contact, an answer or acceptance: what it starts from, what meets it, and how long it may take.
 * Working time is told in calendar days here (a week of seven for five of work); the commitment's own clocks count to the minute.
 */
export const agreedRule = async (tx: WorkspaceTx): Promise<AgreedRule | null> => {
  const signed = await signedResponse(tx);
  if (!signed) return null;
  const { from, until, limit, unit } = signed.commitment;
  const worked = until === 'stage' ? 'accepted' : 'contacted';
  const dueDays = Math.ceil({ hours: (limit / 8) * 1.4, days: limit * 1.4, weeks: limit * 7 }[unit]);
  return { passedOn: from === 'arrived' ? 'arrived' : 'marked', worked, dueDays, agreedAt: signed.signedAt };
};
