import { count, eq, sql, type SQL } from 'drizzle-orm';
import type { Side } from '../../lib/vocabulary';
import { bareArray } from '../../platform/db/array-literal';
import type { WorkspaceTx } from '../../platform/db/database';
import { tookPlace } from './data-shape';
import type { RecordKind } from './domain/fields';
import type { RecordData } from './domain/read-row';
import { listSources } from './import-repo';
import { sourceFacts } from './records-repo';
import { findRun } from './links-repo';
import type { JustWritten } from './touched';
import { recordLink } from './schema';

import { countOpen } from './queue-repo';

export type { Projection, Touched } from './touched';
export { dealWords, moneyTable, spendBySide, spendCurrency, spendTable, type SpendSums } from './money';
export { dataShape, lastChangeOfRecords, peopleData, tookPlace, touchCounts, touchesOf, type KindShape, type PartyTouch } from './data-shape';

/** How many pairs of records still wait for a person to say whether they are one customer. */
export const openPairs = (tx: WorkspaceTx, workspaceId: string): Promise<number> => countOpen(tx, workspaceId, { acrossSides: false, above: 0 });

export { nothingMatched } from './import-repo';
export { optedOut } from './view-repo';
export { default as optOutWords } from './messages/opt-out.en.json';

/** A record as the pipeline needs it. */
export type PartyRecord = { partyId: string; recordId: string; sourceId: string; side: Side; kind: RecordKind; data: RecordData };
/** `at` in milliseconds since 1970. */
export type PartyHistory = { partyId: string; sourceId: string; stage: string; at: number; reason: string | null; actor: string | null };

/** What there is to ask for at all: most files come before deals and histories do, and nothing is looked up then. */
export type Held = { deals: boolean; stages: boolean; activities: boolean };

export const heldFacts = async (tx: WorkspaceTx, workspaceId: string): Promise<Held> => {
  const any = (table: 'record' | 'event', kind: string) => sql`exists (select 1 from source s, lateral (select 1 from ${sql.identifier(table)} r where r.workspace_id = s.workspace_id and r.source_id = s.id and r.kind = ${kind} limit 1) found where s.workspace_id = ${workspaceId}::uuid)`;
  const { rows } = await tx.execute<Held>(sql`select ${any('record', 'deal')} as deals, ${any('event', 'stage')} as stages, ${any('event', 'activity')} as activities`);
  return rows[0] ?? { deals: true, stages: true, activities: true };
};

const NONE = { rows: [] };

/** Looked up for each row before it, whatever the planner makes of tables whose statistics are from before a large file. */
const each = (query: SQL): SQL => sql`lateral (${query} offset 0)`;

/** A record without the side of its system, which `sides` tells. */
export type FactRecord = Omit<PartyRecord, 'side'>;
/** A step of somebody's history: of a person, or of a deal; milliseconds since 1970. */
export type FactStep = [party: string | null, deal: string | null, sourceId: string, at: number, stage: string | null, reason: string | null, actor: string | null];

/** What is read about people, with what there is most of as JSON text, so that a thread can take it apart. */
export type FactsRead = {
  /** `FactRecord[]` of leads and contacts, or what was just written of them. */
  people: string | JustWritten;
  deals: FactRecord[];
  /** `FactStep[]`. */
  history: string;
  /** Sales' first activity, milliseconds since 1970. */
  firstActivity: Map<string, number>;
  sides: Map<string, Side>;
};

const EMPTY = '[]';

/** All rows of a query as one text: a row each took the driver, and the thread that answers requests, ten times as long. */
const asText = async (tx: WorkspaceTx, row: SQL, from: SQL): Promise<string> => (await tx.execute<{ all: string | null }>(sql`select json_agg(${row})::text as all from ${from}`)).rows[0]?.all ?? EMPTY;

/**
 * Everything both systems say about these people: their records, the deals that belong to them, stage history, and the first activity of sales that took place.
 * @param known their records, where whoever wrote them knows
 */
export const partyFacts = async (tx: WorkspaceTx, workspaceId: string, parties: readonly string[], held: Held = { deals: true, stages: true, activities: true }, known?: JustWritten): Promise<FactsRead> => {
  const ids = bareArray(parties);
  const own = sql`workspace_id = ${workspaceId}::uuid`;
  // Of one party after the other, and by nothing else: in a table that has just grown by a million, the planner takes any index that names the kind, and reads all of it for every batch.
  const theirs = (columns: SQL) => sql`unnest(${ids}::uuid[]) as of_party(id), ${each(sql`select ${columns} from record where ${own} and party_id = of_party.id`)} r`;
  const person = sql`select r.* from ${theirs(sql`id, party_id, source_id, kind, key, email_key`)} where r.kind in ('lead', 'contact')`;
  const columns = sql`r.id as "recordId", r.source_id as "sourceId", r.kind, r.data`;
  const dealsNaming = (column: 'lead_key' | 'contact_key') => each(sql`select r.id from record r where r.workspace_id = ${workspaceId}::uuid and r.source_id = p.source_id and r.kind = 'deal' and ${sql.identifier(column)} = p.key`);
  const people = known ?? await asText(tx, sql`p`, sql`(select r.party_id as "partyId", ${columns} from ${theirs(sql`id, party_id, source_id, kind, data`)} where r.kind in ('lead', 'contact') order by r.id) p`);
  const deals: { rows: FactRecord[] } = !held.deals ? NONE : await tx.execute<FactRecord>(sql`
    with person as (${person}),
         paired as (
           select p.party_id, r.id from person p, ${dealsNaming('lead_key')} r where p.kind = 'lead'
           union select p.party_id, r.id from person p, ${dealsNaming('contact_key')} r where p.kind = 'contact'
           union select r.party_id, r.id from ${theirs(sql`id, party_id, source_id, kind, lead_key, contact_key`)}
            where r.kind = 'deal'
              and not exists (select 1 from record p where p.workspace_id = ${workspaceId}::uuid and p.source_id = r.source_id and p.kind = 'lead' and p.key = r.lead_key)
              and not exists (select 1 from record p where p.workspace_id = ${workspaceId}::uuid and p.source_id = r.source_id and p.kind = 'contact' and p.key = r.contact_key))
    select paired.party_id as "partyId", ${columns} from paired, ${each(sql`select id, source_id, kind, data from record where ${own} and id = paired.id`)} r order by r.id`);
  const dealIds = bareArray([...new Set(deals.rows.map((row) => row.recordId))]);
  const partyOfDeal = new Map(deals.rows.map((row) => [row.recordId, row.partyId]));
  const events = (kind: 'stage' | 'activity') => {
    const naming = (what: SQL) => each(sql`select e.source_id, e.at, e.data from event e where e.workspace_id = ${workspaceId}::uuid and e.source_id = p.source_id and e.kind = ${kind} and ${what}`);
    return sql`
      with person as (${person})
      select p.party_id, e.*, null::uuid as deal from person p, ${naming(sql`e.lead_key = p.key`)} e where p.kind = 'lead'
      union all select p.party_id, e.*, null from person p, ${naming(sql`e.contact_key = p.key`)} e where p.kind = 'contact'
      union all select p.party_id, e.*, null from person p, ${naming(sql`e.lead_key is null and e.contact_key is null and e.deal_key is null and e.email_key = p.email_key`)} e
      union all select null, e.*, p.id from (select id, source_id, key from record where ${own} and id = any(${dealIds}::uuid[])) p, ${naming(sql`e.deal_key = p.key`)} e`;
  };
  const word = (field: string) => sql`case when jsonb_typeof(h.data -> ${field}::text) = 'string' then h.data ->> ${field}::text end`;
  const step = sql`json_build_array(h.party_id, h.deal, h.source_id, round(date_part('epoch', h.at) * 1000), ${word('stage')}, ${word('reason')}, ${word('actor')})`;
  const history = held.stages ? await asText(tx, step, sql`(${events('stage')}) h`) : EMPTY;
  type First = { party_id: string | null; deal: string | null; at: Date };
  const activities: { rows: First[] } = !held.activities ? NONE : await tx.execute<First>(sql`select a.party_id, a.deal, min(a.at) as at from (${events('activity')}) a join source s on s.workspace_id = ${workspaceId}::uuid and s.id = a.source_id and s.side = 'sales'
     where ${tookPlace(sql`a.data`)} group by 1, 2`);
  const firstActivity = activities.rows.reduce((first, row) => {
    const party = row.party_id ?? partyOfDeal.get(row.deal ?? '') ?? '';
    const at = new Date(row.at).getTime();
    const known = first.get(party);
    return known !== undefined && known <= at ? first : first.set(party, at);
  }, new Map<string, number>());
  // Sources are few: joined in the database, each record would look its own up.
  return { people, deals: deals.rows, history, firstActivity, sides: new Map((await listSources(tx)).map(({ id, side }) => [id, side])) };
};

/** The systems records come from, how many records each holds and when its last file went in. @param counted may remember what was counted before */
export const sourceAges = async (tx: WorkspaceTx, counted: (count: () => ReturnType<typeof sourceFacts>) => ReturnType<typeof sourceFacts> = (count) => count()): Promise<{ id: string; name: string; side: Side; records: number; lastImportAt: Date | null }[]> => {
  const facts = await counted(() => sourceFacts(tx));
  return (await listSources(tx)).map(({ id, name, side }) => ({ id, name, side, records: facts.get(id)?.records ?? 0, lastImportAt: facts.get(id)?.lastImportAt ?? null }));
};

/** Pairs of records that wait for a person to say whether they are one. */
export const pairsToReview = async (tx: WorkspaceTx): Promise<number> => (await tx.select({ n: count() }).from(recordLink).where(eq(recordLink.state, 'review')))[0]?.n ?? 0;

/** Whether records are being compared, or wait for it: what is said of both sides together is not yet as it will be. */
export const beingMatched = async (tx: WorkspaceTx): Promise<boolean> => ['waiting', 'running'].includes((await findRun(tx))?.state ?? '');

/** Pairs of records joined as one customer, and pairs that still wait for a person. */
export const pairsStanding = async (tx: WorkspaceTx, workspaceId: string): Promise<{ linked: number; open: number }> => ({
  linked: (await tx.select({ n: count() }).from(recordLink).where(eq(recordLink.state, 'linked')))[0]?.n ?? 0,
  open: await openPairs(tx, workspaceId),
});
