import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { partiesOf, type Pair } from './domain/parties';
import { markParties } from './touched';

/** Every record that shares a party with one of these, or is linked to it, directly or through others. */
const reach = async (tx: WorkspaceTx, workspaceId: string, seeds: readonly string[]): Promise<string[]> => {
  const { rows } = await tx.execute<{ id: string }>(sql`
    with recursive reached(id) as (
      select r.id from record r where r.workspace_id = ${workspaceId}::uuid and r.party_id in (select s.party_id from record s where s.workspace_id = ${workspaceId}::uuid and s.id = any(${sql.param([...seeds])}::uuid[]))
      union
      select n.id from reached, lateral (
        select l.b_id as id from record_link l where l.workspace_id = ${workspaceId}::uuid and l.state = 'linked' and l.a_id = reached.id
        union all select l.a_id from record_link l where l.workspace_id = ${workspaceId}::uuid and l.state = 'linked' and l.b_id = reached.id) n)
    select id from reached`);
  return rows.map((row) => row.id);
};

const linkedAmong = async (tx: WorkspaceTx, workspaceId: string, ids: readonly string[] | 'all'): Promise<Pair[]> => {
  const among = ids === 'all' ? sql`` : sql`and a_id = any(${sql.param([...ids])}::uuid[]) and b_id = any(${sql.param([...ids])}::uuid[])`;
  return (await tx.execute<Pair>(sql`select a_id as a, b_id as b from record_link where workspace_id = ${workspaceId}::uuid and state = 'linked' ${among}`)).rows;
};

/**
 * Brings the parties of records in step with the links: linked records, directly or through others, have the smallest id among them, and a
 * record of its own has its own id. Notes the parties that people left or came to, for the projections.
 * @param seeds records whose links changed, or `all`
 * @returns how many records changed their party
 */
export const regroup = async (tx: WorkspaceTx, workspaceId: string, seeds: readonly string[] | 'all'): Promise<number> => {
  const ids = seeds === 'all' ? 'all' : await reach(tx, workspaceId, seeds);
  const parties = [...partiesOf(await linkedAmong(tx, workspaceId, ids))];
  const within = ids === 'all' ? sql`` : sql`and r.id = any(${sql.param(ids)}::uuid[])`;
  await tx.execute(sql`create temporary table if not exists moved_record (id uuid primary key, kind text, was uuid, party uuid) on commit drop`);
  await tx.execute(sql`truncate moved_record`);
  await tx.execute(sql`
    insert into moved_record
    select r.id, r.kind, r.party_id, coalesce(n.party, r.id)
      from record r left join unnest(${sql.param(parties.map(([id]) => id))}::uuid[], ${sql.param(parties.map(([, party]) => party))}::uuid[]) n(id, party) on n.id = r.id
     where r.workspace_id = ${workspaceId}::uuid and r.party_id <> coalesce(n.party, r.id) ${within}`);
  await tx.execute(sql`analyze moved_record`);
  await markParties(tx, sql`select was from moved_record where kind <> 'account' union select party from moved_record where kind <> 'account'`);
  const { rowCount } = await tx.execute(sql`update record r set party_id = m.party from moved_record m where r.workspace_id = ${workspaceId}::uuid and r.id = m.id`);
  return rowCount ?? 0;
};
