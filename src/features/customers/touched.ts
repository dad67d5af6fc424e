import { sql, type SQL } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { joinAsUsual } from '../../platform/db/joins';
import type { RecordKind, RowKind } from './domain/fields';
import { preferLookUps } from './whole-joins';

/** Some of the people and organisations that changed, in ascending order; `people` is what the records of all of them say, where they were just written. */
export type Touched = { ids: string[]; people?: JustWritten };

/** New records of one system, each a party of its own: their ids, and their data as a JSON array in the same order. */
export type JustWritten = { sourceId: string; kind: RecordKind; ids: readonly string[]; data: string };

/**
 * What another feature makes of records: it is told which people and organisations changed, in the transaction that changed them, so that both
 * are there or neither.
 */
export type Projection = ((tx: WorkspaceTx, of: { workspaceId: string; now: Date }, parties: () => AsyncIterable<Touched>) => Promise<void>) & {
  /** A query of the ids of records that people here did something with, which is to follow when such a record goes and comes back. */
  actedOn?: (workspaceId: string) => SQL;
};

const BATCH = 2_000;

type Marked = { id: string; kind: RowKind };

/**
 * Whose records and events of one import concern: a record's own party, and through the keys of deals and events that of the person meant.
 * @param fresh whether records that the import made are among them, or only others that they concern
 */
const touchedBy = (workspaceId: string, { id: importId, kind }: Marked, fresh: boolean): SQL | undefined => {
  const own = sql`${workspaceId}::uuid`;
  const made = sql`record r where r.workspace_id = ${own} and r.changed_by = ${importId}::uuid`;
  const written = (by: string) => sql`select * from event where workspace_id = ${own} and kind = ${kind} and ${sql.raw(by)} = ${importId}::uuid`;
  // Told apart, so that each is found by its own index.
  const said = kind === 'activity' ? sql`(${written('created_by')} union all ${written('changed_by')}) e where true` : sql`event e where e.workspace_id = ${own} and e.created_by = ${importId}::uuid`;
  const through = (from: SQL, alias: string, column: string, to: RecordKind) =>
    sql`select p.party_id from (select ${sql.raw(`${alias}.source_id, ${alias}.${column}`)} as named from ${from} and ${sql.raw(`${alias}.${column}`)} is not null) k
          join record p on p.workspace_id = ${own} and p.source_id = k.source_id and p.kind = ${to} and p.key = k.named`;
  const dealsOf = (column: string) =>
    sql`select d.party_id from (select r.source_id, r.key from ${made}) k join record d on d.workspace_id = ${own} and d.source_id = k.source_id and d.kind = 'deal' and ${sql.raw(`d.${column}`)} = k.key`;
  const itself = sql`select r.party_id from ${made} ${fresh ? sql`` : sql`and r.created_by is distinct from ${importId}::uuid`}`;
  if (kind === 'lead' || kind === 'contact') return sql`${itself} union all ${dealsOf(kind === 'lead' ? 'lead_key' : 'contact_key')}`;
  if (kind === 'deal') return sql`${itself} union all ${through(made, 'r', 'lead_key', 'lead')} union all ${through(made, 'r', 'contact_key', 'contact')}`;
  if (kind !== 'stage' && kind !== 'activity') return undefined;
  // Fenced off: else events meet people first, whom nothing but the system connects, and every pair is looked at.
  const deals = sql`select d.party_id, d.source_id, d.lead_key, d.contact_key from (select e.source_id, e.deal_key from ${said} and e.deal_key is not null) k
                      join record d on d.workspace_id = ${own} and d.source_id = k.source_id and d.kind = 'deal' and d.key = k.deal_key offset 0`;
  return sql`
    ${through(said, 'e', 'lead_key', 'lead')} union all ${through(said, 'e', 'contact_key', 'contact')} union all select d.party_id from (${deals}) d
    union all select p.party_id from (${deals}) d join record p on p.workspace_id = ${own} and p.source_id = d.source_id and p.kind = 'lead' and p.key = d.lead_key
    union all select p.party_id from (${deals}) d join record p on p.workspace_id = ${own} and p.source_id = d.source_id and p.kind = 'contact' and p.key = d.contact_key
    union all select p.party_id from (select e.email_key from ${said} and e.email_key is not null) k join record p on p.workspace_id = ${own} and p.kind in ('lead', 'contact') and p.email_key = k.email_key`;
};

/** Notes, until the transaction ends, whom an import concerns. Before a revert deletes, after an apply wrote. */
export const markTouched = async (tx: WorkspaceTx, workspaceId: string, by: Marked, fresh = true): Promise<void> => {
  const touched = touchedBy(workspaceId, by, fresh);
  // A transaction may write several files after each other, each with its own people.
  await tx.execute(sql`create temporary table if not exists touched_party (party_id uuid primary key) on commit drop`);
  await tx.execute(sql`delete from touched_party`);
  if (touched) await tx.execute(sql`insert into touched_party select distinct party_id from (${touched}) t order by 1`);
  await tx.execute(sql`analyze touched_party`);
};

/** Notes parties besides those noted already, e.g. those that a link joins or parts. @param parties a query of ids */
export const markParties = async (tx: WorkspaceTx, parties: SQL): Promise<void> => {
  await tx.execute(sql`create temporary table if not exists touched_party (party_id uuid primary key) on commit drop`);
  await tx.execute(sql`insert into touched_party (party_id) select distinct id from (${parties}) p(id) on conflict do nothing`);
};

/** All that was noted. `done` hears the share of it that was got to. */
export async function* noted(tx: WorkspaceTx, done: Done): AsyncGenerator<Touched, void> {
  const { rows: counted } = await tx.execute<{ n: number }>(sql`select count(*)::int as n from touched_party`);
  const all = counted[0]?.n ?? 0;
  let last = '00000000-0000-0000-0000-000000000000';
  for (let given = 0; ; ) {
    const { rows } = await tx.execute<{ id: string }>(sql`select party_id as id from touched_party where party_id > ${last}::uuid order by party_id limit ${BATCH}`);
    if (rows.length === 0) return;
    yield { ids: rows.map((row) => row.id) };
    given += rows.length;
    last = rows.at(-1)?.id ?? last;
    await done(given / all);
  }
}

/** May end the work by throwing. */
type Done = (share: number) => Promise<void>;

/**
 * Lets every projection follow what was noted. `done` hears the share of it that each has got to.
 * @param parties whom each is told of, if not what was noted already
 */
export const project = async (
  tx: WorkspaceTx, of: { workspaceId: string; now: Date }, projections: readonly Projection[], done: Done = async () => undefined, parties: (done: Done) => AsyncIterable<Touched> = (each) => noted(tx, each),
): Promise<void> => {
  await preferLookUps(tx);
  for (const [at, projection] of projections.entries()) await projection(tx, of, () => parties((share) => done((at + share) / projections.length)));
  await joinAsUsual(tx);
};
