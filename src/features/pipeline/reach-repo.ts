import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { touchesOf } from '../customers/public';
import { reachOf, type InHands, type Met, type Reach } from './domain/reach';
import { countedOnce } from './revision';
import { lead } from './schema';

/** Of more customers than this, those who came to sales last are looked at. */
const MOST = 5_000;
const BATCH = 1_000;

/** How customers in sales' hands were reached since a day. */
export const customersReached = (tx: WorkspaceTx, workspaceId: string, since: Date, now: Date): Promise<Reach> =>
  countedOnce(tx, workspaceId, `reach ${since.toISOString()}`, async () => {
    const { rows } = await tx.execute<InHands>(sql`
      select id, floor(extract(epoch from coalesce(${lead.arrivedAt}, ${lead.passedAt})) * 1000)::float8 as "from", floor(extract(epoch from coalesce(${lead.returnedAt}, ${lead.endedAt})) * 1000)::float8 as until from ${lead}
       where ${lead.owner} is not null and coalesce(${lead.arrivedAt}, ${lead.passedAt}) is not null and coalesce(${lead.returnedAt}, ${lead.endedAt}, ${now}) >= ${since}
       order by coalesce(${lead.arrivedAt}, ${lead.passedAt}) desc, id limit ${MOST}`);
    const met: Met[] = [];
    for (let at = 0; at < rows.length; at += BATCH) met.push(...(await touchesOf(tx, workspaceId, rows.slice(at, at + BATCH).map(({ id }) => id))));
    return reachOf(rows, met, since.getTime(), now.getTime());
  });
