import { sql, type SQL } from 'drizzle-orm';
import type { Side } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import type { RecordKind } from './domain/fields';
import type { RecordData } from './domain/read-row';
import type { LinkEvidence, LinkState } from './schema';
import { optedOut } from './view-repo';

type Compared = { id: string; party: string; kind: RecordKind; key: string; sourceName: string; side: Side; data: RecordData };
/** `optedOut`: any record of the customer that this one belongs to says so. */
export type QueueSide = Compared & { optedOut: boolean };
type Pair<Of> = { a: Of; b: Of; state: LinkState; probability: number | null; evidence: LinkEvidence[]; reasons: string[]; byPerson: boolean };
export type QueuePair = Pair<QueueSide>;

/** Each record looked up by itself (`offset 0`): of a million records a page reads those it shows. Joined as the planner likes, it read all there are. */
const lookedUp = (link: 'a_id' | 'b_id') =>
  sql.raw(`lateral (select r.*, s.name as source_name, s.side from record r join source s on s.workspace_id = r.workspace_id and s.id = r.source_id where r.workspace_id = l.workspace_id and r.id = l.${link} offset 0)`);

const joined = (links: SQL) => sql`from ${links} l cross join ${lookedUp('a_id')} a cross join ${lookedUp('b_id')} b`;

const side = (of: 'a' | 'b') =>
  sql.raw(`jsonb_build_object('id', ${of}.id, 'party', ${of}.party_id, 'kind', ${of}.kind, 'key', ${of}.key, 'sourceName', ${of}.source_name, 'side', ${of}.side, 'data', ${of}.data) as ${of}`);

const columns = () => sql`${side('a')}, ${side('b')}, l.state, l.probability, l.evidence, l.reasons, l.decided_by is not null as "byPerson"`;

const saidOut = async (tx: WorkspaceTx, workspaceId: string, pairs: readonly Pair<Compared>[]): Promise<QueuePair[]> => {
  const out = await optedOut(tx, workspaceId, pairs.flatMap(({ a, b }) => [a.party, b.party]));
  const told = (of: Compared): QueueSide => ({ ...of, optedOut: out.has(of.party) });
  return pairs.map(({ a, b, ...rest }) => ({ ...rest, a: told(a), b: told(b) }));
};

/** What can be looked for in the queue: pairs between the two sides only, and from which probability on. */
export type QueueFilter = { acrossSides: boolean; above: number };

/** Pairs that wait for a person, the likeliest first; those that other links joined meanwhile have no question left. */
const waiting = (workspaceId: string, { acrossSides, above }: QueueFilter) => sql`
  ${joined(sql`(select * from record_link where workspace_id = ${workspaceId}::uuid and state = 'review' and coalesce(probability, 0) >= ${above} order by probability desc nulls last, a_id, b_id)`)}
   where a.party_id <> b.party_id ${acrossSides ? sql`and a.side <> b.side` : sql``}`;

export const openQueue = async (tx: WorkspaceTx, workspaceId: string, filter: QueueFilter, page: { limit: number; offset: number }): Promise<QueuePair[]> =>
  saidOut(tx, workspaceId, (await tx.execute<Pair<Compared>>(sql`select ${columns()} ${waiting(workspaceId, filter)} order by l.probability desc nulls last, l.a_id, l.b_id limit ${page.limit} offset ${page.offset}`)).rows);

export const countOpen = async (tx: WorkspaceTx, workspaceId: string, filter: QueueFilter): Promise<number> =>
  (await tx.execute<{ n: number }>(sql`select count(*)::int as n ${waiting(workspaceId, filter)}`)).rows[0]?.n ?? 0;

/** Every word about pairs within one party, or between it and others that it is kept apart from. */
export const linksWithin = async (tx: WorkspaceTx, workspaceId: string, party: string): Promise<QueuePair[]> => {
  const own = sql`select id from record where workspace_id = ${workspaceId}::uuid and party_id = ${party}::uuid`;
  const about = (link: 'a_id' | 'b_id') => sql`select l.* from (${own} offset 0) own cross join lateral (select * from record_link where workspace_id = ${workspaceId}::uuid and ${sql.raw(link)} = own.id offset 0) l`;
  const links = sql`(select distinct on (a_id, b_id) * from (${about('a_id')} union all ${about('b_id')}) either)`;
  return saidOut(tx, workspaceId, (await tx.execute<Pair<Compared>>(sql`select ${columns()} ${joined(links)} order by l.state, l.probability desc nulls last, l.a_id, l.b_id limit 200`)).rows);
};
