import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../../platform/db/database';
import { vacuum } from '../../../platform/db/vacuum';
import type { Services } from '../../../platform/rpc/context';
import { takeBallotLock } from '../ballots-repo';

/** Up to this many rows a leaf, all are rewritten; above it, the new ones among this many old ones drawn at random. */
const WHOLE_LEAF = 500;

const BALLOT_TABLES = ['ballot_issue', 'ballot_box'] as const;

/**
 * Rewrites what came in among what was there, in random order, so that neither the place of a row nor its transaction tells when
 * it came. Each table by ONE statement: copying, deleting and inserting apart would lose a row that arrives in between.
 * @returns whether there was anything new
 */
export const mixWave = async (services: Services, workspaceId: string, waveId: string): Promise<boolean> => {
  const mixed = await services.db.inWorkspace(workspaceId, async (tx) => {
    await takeBallotLock(tx, waveId);
    const fresh = await tx.execute(sql`select 1 from ballot_box where wave_id = ${waveId} and not mixed union all select 1 from ballot_issue where wave_id = ${waveId} and not mixed limit 1`);
    if (fresh.rows.length === 0) return false;
    await mixIssues(tx, waveId);
    await mixBallots(tx, waveId);
    return true;
  });
  await clean(services, mixed);
  return mixed;
};

/** Servers whose last clean-up succeeded. One that has just started may have been killed between rewriting and cleaning. */
const cleaned = new WeakSet<Services>();

/** Until the old versions of rewritten rows are gone, their order can still be read from the table's pages. */
const clean = async (services: Services, mixed: boolean): Promise<void> => {
  if (!mixed && cleaned.has(services)) return;
  cleaned.delete(services);
  await vacuum(services.ownerUrl, BALLOT_TABLES, 'plain');
  cleaned.add(services);
};

const mixBallots = (tx: WorkspaceTx, waveId: string) =>
  tx.execute(sql`
    with ranked as (
      select serial, mixed, row_number() over (partition by leaf_id, mixed order by gen_random_uuid()) as place
        from ballot_box where wave_id = ${waveId}
    ), gone as (
      delete from ballot_box b using ranked r
       where b.wave_id = ${waveId} and b.serial = r.serial and (not r.mixed or r.place <= ${WHOLE_LEAF})
      returning b.workspace_id, b.wave_id, b.serial, b.leaf_id, b.signature, b.answers, b.comment
    )
    insert into ballot_box (workspace_id, wave_id, serial, leaf_id, signature, answers, comment, mixed)
    select workspace_id, wave_id, serial, leaf_id, signature, answers, comment, true from gone order by gen_random_uuid()`);

const mixIssues = (tx: WorkspaceTx, waveId: string) =>
  tx.execute(sql`
    with ranked as (
      select b.invitation_id, b.mixed, row_number() over (partition by i.leaf_id, b.mixed order by gen_random_uuid()) as place
        from ballot_issue b join invitation i on i.workspace_id = b.workspace_id and i.wave_id = b.wave_id and i.id = b.invitation_id
       where b.wave_id = ${waveId}
    ), gone as (
      delete from ballot_issue b using ranked r
       where b.wave_id = ${waveId} and b.invitation_id = r.invitation_id and (not r.mixed or r.place <= ${WHOLE_LEAF})
      returning b.workspace_id, b.wave_id, b.invitation_id, b.blinded_hash
    )
    insert into ballot_issue (workspace_id, wave_id, invitation_id, blinded_hash, mixed)
    select workspace_id, wave_id, invitation_id, blinded_hash, true from gone order by gen_random_uuid()`);
