import { sql, type SQL } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';

/**
 * What another feature makes of records: it is told which people and organisations changed, in the transaction that changed them, so that both
 * are there or neither.
 */
export type Projection = (tx: WorkspaceTx, of: { workspaceId: string; now: Date }, parties: () => AsyncIterable<string[]>) => Promise<void>;

const BATCH = 2_000;

/** Parties a record counts for: its own, and through a deal's or event's keys those of the person it belongs to. */
const touchedBy = (workspaceId: string, importId: string) => sql`
  with made as (select * from record where workspace_id = ${workspaceId}::uuid and changed_by = ${importId}::uuid),
       said as (select * from event where workspace_id = ${workspaceId}::uuid and created_by = ${importId}::uuid and kind in ('stage', 'activity'))
  select party_id from made where kind <> 'account'
  union select p.party_id from made d join record p on p.workspace_id = d.workspace_id and p.source_id = d.source_id and p.kind = 'lead' and p.key = d.lead_key
  union select p.party_id from made d join record p on p.workspace_id = d.workspace_id and p.source_id = d.source_id and p.kind = 'contact' and p.key = d.contact_key
  union select d.party_id from made p join record d on d.workspace_id = p.workspace_id and d.source_id = p.source_id and d.kind = 'deal' and d.lead_key = p.key where p.kind = 'lead'
  union select d.party_id from made p join record d on d.workspace_id = p.workspace_id and d.source_id = p.source_id and d.kind = 'deal' and d.contact_key = p.key where p.kind = 'contact'
  union select p.party_id from said e join record p on p.workspace_id = e.workspace_id and p.source_id = e.source_id and p.kind = 'lead' and p.key = e.lead_key
  union select p.party_id from said e join record p on p.workspace_id = e.workspace_id and p.source_id = e.source_id and p.kind = 'contact' and p.key = e.contact_key
  union select d.party_id from said e join record d on d.workspace_id = e.workspace_id and d.source_id = e.source_id and d.kind = 'deal' and d.key = e.deal_key
  union select p.party_id from said e join record d on d.workspace_id = e.workspace_id and d.source_id = e.source_id and d.kind = 'deal' and d.key = e.deal_key
          join record p on p.workspace_id = d.workspace_id and p.source_id = d.source_id and ((p.kind = 'lead' and p.key = d.lead_key) or (p.kind = 'contact' and p.key = d.contact_key))
  union select p.party_id from said e join record p on p.workspace_id = e.workspace_id and p.kind in ('lead', 'contact') and p.email_key = e.email_key`;

/** Notes, until the transaction ends, whom an import concerns. Before a revert deletes, after an apply wrote. */
export const markTouched = async (tx: WorkspaceTx, workspaceId: string, importId: string): Promise<void> => {
  // A transaction may write several files after each other, each with its own people.
  await tx.execute(sql`create temporary table if not exists touched_party (party_id uuid primary key) on commit drop`);
  await tx.execute(sql`delete from touched_party`);
  await tx.execute(sql`insert into touched_party select distinct party_id from (${touchedBy(workspaceId, importId)}) t`);
  await tx.execute(sql`analyze touched_party`);
};

/** Notes parties besides those noted already, e.g. those that a link joins or parts. @param parties a query of ids */
export const markParties = async (tx: WorkspaceTx, parties: SQL): Promise<void> => {
  await tx.execute(sql`create temporary table if not exists touched_party (party_id uuid primary key) on commit drop`);
  await tx.execute(sql`insert into touched_party (party_id) select distinct id from (${parties}) p(id) on conflict do nothing`);
};

async function* batches(tx: WorkspaceTx): AsyncGenerator<string[]> {
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await tx.execute<{ id: string }>(sql`select party_id as id from touched_party where party_id > ${last}::uuid order by party_id limit ${BATCH}`);
    if (rows.length === 0) return;
    yield rows.map((row) => row.id);
    last = rows.at(-1)?.id ?? last;
  }
}

/** Lets every projection follow what was noted. */
export const project = async (tx: WorkspaceTx, of: { workspaceId: string; now: Date }, projections: readonly Projection[]): Promise<void> => {
  for (const projection of projections) await projection(tx, of, () => batches(tx));
};
