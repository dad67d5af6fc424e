import { sql, type SQL } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { EPOCH, NEVER, SIGNALS, type LeadColumns, type LeadTable, type Signal } from './domain/lead-columns';
import { STAGE_ENDS, type StageRole } from './domain/stages';
import { PORTIONS, portionRevisions, type Revisions } from './revision';
import { stage } from './schema';
import { takenHere } from './taken-here';

/** Leads of all workspaces together that are held at most; those looked at longest ago are let go first. */
const MOST_HELD = 2_000_000;
/** Portions read at once: a full read holds so many of them twice. */
export const AT_ONCE = 32;

/** Portions one after the other, as many at once as are read at once. */
export const inBatches = async <T>(portions: readonly T[], read: (batch: readonly T[]) => Promise<void>): Promise<void> => {
  for (let at = 0; at < portions.length; at += AT_ONCE) await read(portions.slice(at, at + AT_ONCE));
};

type Names = { list: string[]; places: Map<string, number> };
type Held = { portions: (LeadColumns | undefined)[]; under: string[]; channels: Names; reasons: Names; stages: Names };

const held = new Map<string, Held>();
const reading = new Map<string, Promise<unknown>>();

const names = (): Names => ({ list: [''], places: new Map([['', 0]]) });
const placeOf = ({ list, places }: Names, name: string): number => {
  const known = places.get(name);
  if (known !== undefined) return known;
  places.set(name, list.length);
  return list.push(name) - 1;
};

/** Whole seconds since the start of 2000, as four bytes. */
export const seconds = (at: SQL): SQL => sql`int4send(case when ${at} is null then ${sql.raw(String(NEVER))} else least(greatest(floor(date_part('epoch', ${at}) - ${sql.raw(String(EPOCH))}), -2147483647), 2147483647)::int4 end)`;
/** Of all rows of a group, one after the other. */
export const all = (value: SQL): SQL => sql`string_agg(${value}, '')`;
/** Nearly every lead was passed on once or never; only of the others is an array taken apart. */
const instants = (dates: SQL): SQL =>
  all(sql`case cardinality(${dates}) when 0 then ''::bytea when 1 then ${seconds(sql`(${dates})[1]`)} else (select string_agg(${seconds(sql`at`)}, '' order by nth) from unnest(${dates}) with ordinality as u(at, nth)) end`);

const SIGNAL: Readonly<Record<Signal, SQL>> = {
  marketing: sql`l.origin = 'marketing'`, contacted: sql`l.contacted_at is not null`, salesOwner: sql`l.sales_owner is not null`, marketingRecords: sql`l.marketing_records > 0`, salesRecords: sql`l.sales_records > 0`,
  takenHere: sql`t.lead_id is not null`, reasonSaid: sql`l.reason is not null`,
};
const ends = sql.join(STAGE_ENDS.map((end, place) => sql`when ${sql.raw(`'${end}'`)} then ${sql.raw(String(place << SIGNALS.length))}`), sql` `);
const signals = sql`((case l."end" ${ends} end) + ${sql.join(SIGNALS.map((signal, bit) => sql`case when ${SIGNAL[signal]} then ${sql.raw(String(1 << bit))} else 0 end`), sql` + `)})`;

type Read = {
  portion: number; n: number; ids: Buffer; entered: Buffer; since: Buffer; ended: Buffer; arrived: Buffer; amount: Buffer; furthest: Buffer; stage: Buffer; signals: Buffer; passes: Buffer; entries: Buffer; counts: Buffer; texts: Buffer; lengths: Buffer;
  channels: (string | null)[]; reasons: (string | null)[];
};

/** As `ilike` compares; what sets names apart stands in none. */
const small = (text: SQL): SQL => sql`translate(lower(coalesce(${text}, '')), chr(10) || chr(31), '  ')`;

/** A relation with the columns of `lead`, the ids of those that sales took on here, and what it is held under. */
export type LeadSource = { name: string; leads: SQL; taken: SQL };

/** As they are now. */
const live = (workspaceId: string): LeadSource => ({ name: '', leads: sql`lead`, taken: takenHere(workspaceId, null) });

/** Columns of these portions; within one, every aggregate meets the leads in the same order. */
const readPortions = async (tx: WorkspaceTx, workspaceId: string, stages: Names, portions: readonly number[], of: LeadSource): Promise<Read[]> =>
  (await tx.execute<Read>(sql`
    select l.portion, count(*)::int as n, ${all(sql`uuid_send(l.id)`)} as ids, ${all(seconds(sql`l.entered_at`))} as entered, ${all(seconds(sql`l.stage_since`))} as since, ${all(seconds(sql`l.ended_at`))} as ended, ${all(seconds(sql`l.arrived_at`))} as arrived,
           ${all(sql`float8send(coalesce(l.amount, 'NaN'))`)} as amount, ${all(sql`int2send(least(greatest(l.furthest, -1), 32767)::int2)`)} as furthest, ${all(sql`int2send(array_position(${sql.param(stages.list.slice(1))}::uuid[], l.stage_id)::int2)`)} as stage,
           ${all(sql`int2send(${signals}::int2)`)} as signals, ${instants(sql`l.passes`)} as passes, ${instants(sql`l.marketing_entries`)} as entries, ${all(sql`int4send(cardinality(l.passes)) || int4send(cardinality(l.marketing_entries))`)} as counts,
           ${all(sql`x.line`)} as texts, ${all(sql`int4send(octet_length(x.line))`)} as lengths, json_agg(l.channel) as channels, json_agg(coalesce(l.return_reason, l.reason)) as reasons
      from ${of.leads} l cross join lateral (select convert_to(${small(sql`l.name`)} || chr(31) || ${small(sql`l.company`)} || chr(10), 'UTF8') as line) x
      left join (${of.taken}) t on t.lead_id = l.id
     where l.workspace_id = ${workspaceId}::uuid and l.portion = any(${sql.param([...portions])}::int2[]) group by l.portion`)).rows;

/** The database sends numbers most significant byte first; what is kept is a copy of its own, without the row it came in. */
const own = (sent: Buffer, swap: (bytes: Buffer) => Buffer): ArrayBuffer => {
  const bytes = new ArrayBuffer(sent.length);
  const copy = Buffer.from(bytes);
  sent.copy(copy);
  swap(copy);
  return bytes;
};
export const int32 = (sent: Buffer): Int32Array => new Int32Array(own(sent, (bytes) => bytes.swap32()));
const int16 = (sent: Buffer): Int16Array => new Int16Array(own(sent, (bytes) => bytes.swap16()));
export const float64 = (sent: Buffer): Float64Array => new Float64Array(own(sent, (bytes) => bytes.swap64()));

/** Where what each lead has begins, from how many it has of each of `kinds`. */
const begins = (counts: Int32Array, nth: number, n: number, kinds = 2): Uint32Array => {
  const from = new Uint32Array(n + 1);
  for (let row = 0; row < n; row += 1) from[row + 1] = (from[row] ?? 0) + (counts[row * kinds + nth] ?? 0);
  return from;
};

const columnsOf = (read: Read, { channels, reasons }: Held): LeadColumns => {
  const counts = int32(read.counts);
  return {
    portion: read.portion, n: read.n, ids: new Uint8Array(own(read.ids, (bytes) => bytes)), entered: int32(read.entered), since: int32(read.since), ended: int32(read.ended), arrived: int32(read.arrived), amount: float64(read.amount), furthest: int16(read.furthest),
    stage: int16(read.stage), signals: int16(read.signals), channel: Int32Array.from(read.channels, (name) => placeOf(channels, name ?? '')), reason: Int32Array.from(read.reasons, (name) => placeOf(reasons, name ?? '')),
    passes: int32(read.passes), passesFrom: begins(counts, 0, read.n), entries: int32(read.entries), entriesFrom: begins(counts, 1, read.n),
    texts: new Uint8Array(own(read.texts, (bytes) => bytes)), textsFrom: begins(int32(read.lengths), 0, read.n, 1),
  };
};

/** A small workspace takes as much as so many leads do, for its portions alone. */
const LEAST = 20_000;
const sizeOf = ({ portions }: Held): number => Math.max(LEAST, portions.reduce((sum, columns) => sum + (columns?.n ?? 0), 0));

const keyOf = (workspaceId: string, { name }: LeadSource): string => `${workspaceId} ${name}`;

/** Keeps what was looked at last; of a workspace's past days one, since each takes as much as all its leads do. */
const makeRoom = (workspaceId: string, of: LeadSource, mine: Held): void => {
  const key = keyOf(workspaceId, of);
  if (of.name !== '') for (const other of held.keys()) if (other.startsWith(`${workspaceId} `) && other !== keyOf(workspaceId, live(workspaceId))) held.delete(other);
  held.delete(key);
  held.set(key, mine);
  let total = [...held.values()].reduce((sum, each) => sum + sizeOf(each), 0);
  for (const [oldest, each] of held) {
    if (total <= MOST_HELD || oldest === key) break;
    held.delete(oldest);
    total -= sizeOf(each);
  }
};

/** Reads at most so many of the portions that changed; `left` are the others. */
const refresh = async (tx: WorkspaceTx, workspaceId: string, of: LeadSource, { whole, portions: now }: Revisions, most = PORTIONS): Promise<{ mine: Held; left: number }> => {
  const known = whole === '' ? undefined : held.get(keyOf(workspaceId, of));
  const mine: Held = known ?? { portions: [], under: [], channels: names(), reasons: names(), stages: names() };
  for (const { id } of (await tx.execute<{ id: string }>(sql`select id from stage where workspace_id = ${workspaceId}::uuid order by id`)).rows) placeOf(mine.stages, id);
  const changed = Array.from({ length: PORTIONS }, (_, portion) => portion).filter((portion) => mine.under[portion] !== (now[portion] ?? ''));
  await inBatches(changed.slice(0, most), async (wanted) => {
    const read = new Map((await readPortions(tx, workspaceId, mine.stages, wanted, of)).map((row) => [row.portion, row]));
    for (const portion of wanted) {
      const row = read.get(portion);
      mine.portions[portion] = row && columnsOf(row, mine);
      mine.under[portion] = now[portion] ?? '';
    }
  });
  if (whole === '') held.delete(keyOf(workspaceId, of));
  else makeRoom(workspaceId, of, mine);
  return { mine, left: whole === '' ? 0 : Math.max(0, changed.length - most) };
};

/** One look at a time reads for a workspace; the next finds what it kept. */
const inTurn = async <T>(key: string, read: () => Promise<T>): Promise<T> => {
  const before = reading.get(key)?.catch(() => undefined);
  const mine = (before ?? Promise.resolve()).then(read);
  reading.set(key, mine);
  try {
    return await mine;
  } finally {
    if (reading.get(key) === mine) reading.delete(key);
  }
};

/**
 * All leads of the workspace as columns, of which only the portions that changed since the last look are read anew. What is kept was read after
 * its revision: it may be newer, never older.
 */
export const heldLeads = async (tx: WorkspaceTx, workspaceId: string, of = live(workspaceId)): Promise<LeadTable> => {
  const { mine: { portions, channels, reasons, stages } } = await inTurn(keyOf(workspaceId, of), async () => refresh(tx, workspaceId, of, await portionRevisions(tx)));
  return { portions: portions.filter((columns) => columns !== undefined), channels: channels.list, reasons: reasons.list, stages: stages.list };
};

/** Reads a few of the portions that changed, so that whoever looks next waits for the rest of them only. @returns how many are left */
export const readAhead = async (tx: WorkspaceTx, workspaceId: string, most: number): Promise<number> =>
  (await inTurn(keyOf(workspaceId, live(workspaceId)), async () => refresh(tx, workspaceId, live(workspaceId), await portionRevisions(tx), most))).left;

/** Whether another workspace can be held without letting one go. */
export const hasRoom = (): boolean => [...held.values()].reduce((sum, each) => sum + sizeOf(each), LEAST) <= MOST_HELD;

/** By stage as the table numbers them: the first position in its pipeline of a stage that stands for one of these; Infinity where there is none. */
export const positions = async (tx: WorkspaceTx, { stages }: LeadTable, roles: readonly StageRole[]): Promise<Float64Array> => {
  const rows = await tx.select({ id: stage.id, pipelineId: stage.pipelineId, position: stage.position, role: stage.role }).from(stage);
  const first = new Map<string, number>();
  for (const { pipelineId, position, role } of rows) if (role && roles.includes(role)) first.set(pipelineId, Math.min(position, first.get(pipelineId) ?? Infinity));
  const pipelineOf = new Map(rows.map((row) => [row.id, row.pipelineId]));
  return Float64Array.from(stages, (id) => first.get(pipelineOf.get(id) ?? '') ?? Infinity);
};
