import { sql } from 'drizzle-orm';
import type { Side } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import type { RecordKind } from './domain/fields';
import type { RecordData } from './domain/read-row';
import type { LinkEvidence, LinkState } from './schema';

export type QueueSide = { id: string; party: string; kind: RecordKind; key: string; sourceName: string; side: Side; optedOut: boolean; data: RecordData };
export type QueuePair = { a: QueueSide; b: QueueSide; state: LinkState; probability: number | null; evidence: LinkEvidence[]; reasons: string[]; byPerson: boolean };

const joined = (workspaceId: string) => sql`
  from record_link l
  join record a on a.workspace_id = l.workspace_id and a.id = l.a_id join source sa on sa.workspace_id = a.workspace_id and sa.id = a.source_id
  join record b on b.workspace_id = l.workspace_id and b.id = l.b_id join source sb on sb.workspace_id = b.workspace_id and sb.id = b.source_id
 where l.workspace_id = ${workspaceId}::uuid`;

const side = (of: 'a' | 'b') =>
  sql.raw(`jsonb_build_object('id', ${of}.id, 'party', ${of}.party_id, 'kind', ${of}.kind, 'key', ${of}.key, 'sourceName', s${of}.name, 'side', s${of}.side, 'optedOut', ${of}.opted_out, 'data', ${of}.data) as ${of}`);

const columns = () => sql`${side('a')}, ${side('b')}, l.state, l.probability, l.evidence, l.reasons, l.decided_by is not null as "byPerson"`;

/** Pairs that wait for a person; those that other links joined meanwhile have no question left. */
const waiting = sql`and l.state = 'review' and a.party_id <> b.party_id`;

/** What can be looked for in the queue: pairs between the two sides only, and from which probability on. */
export type QueueFilter = { acrossSides: boolean; above: number };

const filtered = ({ acrossSides, above }: QueueFilter) => sql`${waiting} and coalesce(l.probability, 0) >= ${above} ${acrossSides ? sql`and sa.side <> sb.side` : sql``}`;

export const openQueue = async (tx: WorkspaceTx, workspaceId: string, filter: QueueFilter, page: { limit: number; offset: number }): Promise<QueuePair[]> =>
  (await tx.execute<QueuePair>(sql`select ${columns()} ${joined(workspaceId)} ${filtered(filter)} order by l.probability desc nulls last, l.a_id, l.b_id limit ${page.limit} offset ${page.offset}`)).rows;

export const countOpen = async (tx: WorkspaceTx, workspaceId: string, filter: QueueFilter): Promise<number> =>
  (await tx.execute<{ n: number }>(sql`select count(*)::int as n ${joined(workspaceId)} ${filtered(filter)}`)).rows[0]?.n ?? 0;

/** Every word about pairs within one party, or between it and others that it is kept apart from. */
export const linksWithin = async (tx: WorkspaceTx, workspaceId: string, party: string): Promise<QueuePair[]> =>
  (await tx.execute<QueuePair>(sql`select ${columns()} ${joined(workspaceId)} and (a.party_id = ${party}::uuid or b.party_id = ${party}::uuid) order by l.state, l.probability desc nulls last, l.a_id, l.b_id limit 200`)).rows;
