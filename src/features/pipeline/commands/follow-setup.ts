import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../../platform/db/database';
import type { Services } from '../../../platform/rpc/context';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { wakeAnswers } from '../answer-jobs';
import { projectLeads } from '../projection';

/** Up to so many people and organisations follow a change of the process at once; more do so in the background. */
const AT_ONCE = 2_000;
const BATCH = 1_000;
export const FOLLOW_JOB = 'pipeline.follow-setup';

const partiesAfter = async (tx: WorkspaceTx, workspaceId: string, last: string, limit: number): Promise<string[]> => {
  const { rows } = await tx.execute<{ id: string }>(sql`select distinct party_id as id from record where workspace_id = ${workspaceId}::uuid and party_id > ${last}::uuid order by party_id limit ${limit}`);
  return rows.map((row) => row.id);
};

const FIRST = '00000000-0000-0000-0000-000000000000';

/** Where leads stand follows from what stages stand for and what words mean, so both are told together, or the leads soon after. */
export const followSetup = async ({ tx, workspaceId, now, services, afterwards }: Scope): Promise<void> => {
  const ids = await partiesAfter(tx, workspaceId, FIRST, AT_ONCE + 1);
  if (ids.length <= AT_ONCE) await projectLeads(tx, { workspaceId, now }, ids);
  else afterwards(() => services.jobs.send(FOLLOW_JOB, { workspaceId }));
};

/** Batch by batch, each kept on its own: stopped half-way it is done again from the start, to the same end. */
export const followSetupInBackground = async (services: Services, workspaceId: string): Promise<void> => {
  for (let last = FIRST; ; ) {
    const ids = await services.db.inWorkspace(workspaceId, async (tx) => {
      const batch = await partiesAfter(tx, workspaceId, last, BATCH);
      await projectLeads(tx, { workspaceId, now: services.now() }, batch);
      return batch;
    });
    const end = ids.at(-1);
    if (!end) break;
    last = end;
  }
  await wakeAnswers(services, workspaceId);
};
