import { wallClock } from '../../lib/zoned-time';
import type { WorkspaceTx } from '../../platform/db/database';
import { signedResponse } from '../agreements/public';
import { workspaceFacts } from '../workspace/public';
import type { CountRule } from './domain/reconcile';

export type AgreedRule = CountRule & { agreedAt: Date };
/** `comesOn`: the day from which on a signed rule counts that does not yet, in the workspace's zone. */
export type Agreed = { rule: AgreedRule | null; comesOn: string | null };

/**
 * The rule that both heads signed, out of sales' commitment to take up all leads by a contact, an answer or acceptance: what it starts from, what meets it, and how long it may take.
 * It counts from the day on that the commitment names.
 * `now` may be past: then it is what was signed and counted by then. Working time is told in calendar days here (a week of seven for five of work); the commitment's own clocks count to the minute.
 */
export const agreedRule = async (tx: WorkspaceTx, now: Date): Promise<Agreed> => {
  const { timeZone } = await workspaceFacts(tx);
  const signed = await signedResponse(tx, wallClock(now, timeZone).slice(0, 10), now);
  const comesOn = signed.coming?.commitment.startsOn ?? null;
  if (!signed.now) return { rule: null, comesOn };
  const { from, until, limit, unit } = signed.now.commitment;
  const worked = until === 'stage' ? 'accepted' : 'contacted';
  const dueDays = Math.ceil({ hours: (limit / 8) * 1.4, days: limit * 1.4, weeks: limit * 7 }[unit]);
  return { rule: { passedOn: from === 'arrived' ? 'arrived' : 'marked', worked, dueDays, agreedAt: signed.now.signedAt }, comesOn };
};
