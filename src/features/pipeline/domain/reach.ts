import { DAY } from '../../../lib/moments';

/** A customer in sales' hands; times in milliseconds since 1970, `until` null while it goes on. */
export type InHands = { id: string; from: number; until: number | null };
export type Met = { partyId: string; side: 'sales' | 'marketing'; kind: 'touch' | 'activity'; at: number };

/** Days around what marketing did in which something of sales counts as knowing of each other; ours. */
export const NEAR = 14;
/** In 30 days, more meetings than this with one customer are many; ours. */
export const MANY = 8;
export const LOAD_DAYS = 30;

export type Reach = { touches: number; unseen: number; reached: number; crowded: number };

/** What reached customers while sales had them: marketing's touches since `since` and those of them with nothing recorded by sales near; customers reached by either side lately, and those reached many times. */
export const reachOf = (leads: readonly InHands[], met: readonly Met[], since: number, now: number): Reach => {
  const own = new Map<string, Met[]>();
  for (const each of met) {
    const known = own.get(each.partyId);
    if (known) known.push(each);
    else own.set(each.partyId, [each]);
  }
  const reach: Reach = { touches: 0, unseen: 0, reached: 0, crowded: 0 };
  for (const { id, from, until } of leads) {
    const all = own.get(id) ?? [];
    const bySales = all.filter(({ side }) => side === 'sales').map(({ at }) => at);
    // Sales may still answer to what has just been sent.
    const sent = all.filter(({ side, kind, at }) => side === 'marketing' && kind === 'touch' && at >= Math.max(since, from) && at < (until ?? Infinity) && at <= now - NEAR * DAY);
    reach.touches += sent.length;
    reach.unseen += sent.filter(({ at }) => !bySales.some((near) => Math.abs(near - at) <= NEAR * DAY)).length;
    const lately = all.filter(({ at }) => at > now - LOAD_DAYS * DAY && at <= now).length;
    if (lately > 0) reach.reached += 1;
    if (lately > MANY) reach.crowded += 1;
  }
  return reach;
};
