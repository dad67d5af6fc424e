import { refuse } from '../../platform/http/refusal';
import type { Scope } from '../../platform/rpc/with-workspace';
import { workspaceFacts } from '../workspace/public';
import { askedDay } from './domain/past-day';
import type { AsOf } from './leads-as-of';

/** The instant as of which a day of the workspace's zone is looked at; null for none and for today. @throws 422 for a day to come */
export const asOfDay = async ({ tx, now }: Pick<Scope, 'tx' | 'now'>, day: string | undefined): Promise<AsOf> => {
  if (day === undefined) return null;
  const asked = askedDay(day, (await workspaceFacts(tx)).timeZone, now);
  if (asked.kind === 'to_come') throw refuse.invalid('That day has not come yet. Nothing was saved.', 'Choose today or a day before it.', [{ path: 'asOf', message: 'Choose a day that is over.' }]);
  if (asked.kind === 'no_day') throw refuse.invalid('There is no such day. Nothing was saved.', 'Give a day as 2026-03-31.', [{ path: 'asOf', message: 'Choose a day of the calendar.' }]);
  return asked.end;
};
