import { asc, eq, gt, and, desc, sql, type SQL } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { termHistory } from '../agreements/public';
import { CORRECTED_WITHIN_MS, type TermLink, type TermVersion } from './domain/term-versions';
import { lead, stageTerm } from './schema';

export const termLinks = async (tx: WorkspaceTx): Promise<TermLink[]> =>
  (await tx.select().from(stageTerm).orderBy(asc(stageTerm.stageId), asc(stageTerm.since))).map(({ stageId, since, termId }) => ({ stageId, since: since.getTime(), termId }));

export const termVersions = (tx: WorkspaceTx): Promise<TermVersion[]> => termHistory(tx);

/** Notes what a stage rests on from now on; leads that came there under another term keep that one. */
export const noteTermLink = async (tx: WorkspaceTx, { workspaceId, now, stageId, termId }: { workspaceId: string; now: Date; stageId: string; termId: string | null }): Promise<void> => {
  await tx.delete(stageTerm).where(and(eq(stageTerm.stageId, stageId), gt(stageTerm.since, new Date(now.getTime() - CORRECTED_WITHIN_MS))));
  const [last] = await tx.select().from(stageTerm).where(eq(stageTerm.stageId, stageId)).orderBy(desc(stageTerm.since)).limit(1);
  if ((last?.termId ?? null) !== termId) await tx.insert(stageTerm).values({ workspaceId, stageId, since: now, termId });
};

/** Leads that last came to a stage resting on this term while this version counted; the same as `versionsOfLog` says of each, in SQL. */
export const cameUnder = (termId: string, version: number): SQL => sql`exists (
  select 1 from (
    select came.at from (
      select e.stage_id, e.at, lag(e.stage_id) over (order by e.at, s.position) as before
        from stage_event e join stage s on s.workspace_id = e.workspace_id and s.id = e.stage_id
       where e.workspace_id = ${lead.workspaceId} and e.lead_id = ${lead.id} and e.withdraws is null
         and not exists (select 1 from stage_event w where w.workspace_id = e.workspace_id and w.lead_id = e.lead_id and w.withdraws = e.id)) came
     where came.stage_id is distinct from came.before
       and ${termId}::uuid = (select t.term_id from stage_term t where t.workspace_id = ${lead.workspaceId} and t.stage_id = came.stage_id order by t.since <= came.at desc, case when t.since <= came.at then t.since end desc, t.since limit 1)
     order by came.at desc limit 1) last
  join agreement_version v on v.workspace_id = ${lead.workspaceId} and v.agreement_id = ${termId}::uuid and v.version = ${version}::int
 where last.at >= v.signed_at and not exists (select 1 from agreement_version n where n.workspace_id = v.workspace_id and n.agreement_id = v.agreement_id and n.signed_at > v.signed_at and n.signed_at <= last.at))`;
