import { sql } from 'drizzle-orm';
import { byThen } from '../../platform/db/by-then';
import type { WorkspaceTx } from '../../platform/db/database';
import type { LeadColumns } from './domain/lead-columns';
import { medianStays, type StageStays, type Stays } from './domain/stays';
import { secondsOf } from './domain/sum-leads';
import { all, float64, inBatches, int32, seconds } from './held-leads';
import { asOfKey, leadsAt, type AsOf } from './leads-as-of';
import type { Stretch } from './metrics-repo';
import { countedOnce } from './revision';
import { stage } from './schema';

/** Stays of leads that entered from an instant on, as long as no lead of the portion changes; those of a year serve its quarters and months. */
const kept = new WeakMap<LeadColumns, { from: number; stays: StageStays[] }>();

type Read = { portion: number; stageId: string; days: Buffer; entered: Buffer };

/** Entries that were taken back by then, which only an act of a person can be: they do not count, as in `standing`. */
const takenBack = async (tx: WorkspaceTx, workspaceId: string, asOf: AsOf): Promise<string[]> =>
  (await tx.execute<{ id: string }>(sql`select withdraws as id from stage_event where workspace_id = ${workspaceId}::uuid and act is not null and withdraws is not null and ${byThen(sql`at`, asOf)}`)).rows.map(({ id }) => id);

/**
 * The log of all leads of these portions that entered from this instant on. Sorting it in memory takes more than a server's usual share. Steps are
 * looked up lead by lead (`offset 0`), and stages and entries that do not count are handed over as values: the planner else read the log of all leads, or all of these
 * leads once for each stage.
 */
const readStays = async (tx: WorkspaceTx, workspaceId: string, portions: readonly number[], { from, taken, asOf }: { from: Date; taken: readonly string[]; asOf: AsOf }): Promise<Read[]> => {
  await tx.execute(sql`select set_config('work_mem', '64MB', true)`);
  const places = await tx.select({ id: stage.id, position: stage.position }).from(stage);
  return (await tx.execute<Read>(sql`
    with entry as (
      select l.portion, l.entered_at, e.lead_id, e.stage_id, e.at, s.position, lag(e.stage_id) over run as before
        from lead l cross join lateral (select lead_id, stage_id, at, id from stage_event where workspace_id = l.workspace_id and lead_id = l.id and withdraws is null and ${byThen(sql`at`, asOf)} offset 0) e
        join unnest(${sql.param(places.map(({ id }) => id))}::uuid[], ${sql.param(places.map(({ position }) => position))}::int[]) as s(id, position) on s.id = e.stage_id
       where l.workspace_id = ${workspaceId}::uuid and l.portion = any(${sql.param([...portions])}::int2[]) and l.entered_at >= ${from.toISOString()}::timestamptz
         and ${taken.length === 0 ? sql`true` : sql`e.id <> all(${sql.param([...taken])}::uuid[])`}
      window run as (partition by e.lead_id order by e.at, s.position, e.id)),
         stay as (select portion, entered_at, stage_id, date_part('epoch', lead(at) over (partition by lead_id order by at, position) - at) / 86400 as days from entry where before is distinct from stage_id)
    select portion, stage_id as "stageId", ${all(sql`float8send(days)`)} as days, ${all(seconds(sql`entered_at`))} as entered from stay where days > 0 group by 1, 2`)).rows;
};

/** Only of portions in which a lead changed is the log read anew, and of at most so many. @returns how many are left */
const readUnread = async (tx: WorkspaceTx, workspaceId: string, portions: readonly LeadColumns[], from: Date, most: number, asOf: AsOf): Promise<number> => {
  const unread = portions.filter((portion) => (kept.get(portion)?.from ?? Infinity) > from.getTime());
  const taken = unread.length > 0 ? await takenBack(tx, workspaceId, asOf) : [];
  await inBatches(unread.slice(0, most), async (wanted) => {
    const rows = await readStays(tx, workspaceId, wanted.map(({ portion }) => portion), { from, taken, asOf });
    for (const portion of wanted)
      kept.set(portion, { from: from.getTime(), stays: rows.filter((row) => row.portion === portion.portion).map(({ stageId, days, entered }) => ({ stageId, days: float64(days), entered: int32(entered) })) });
  });
  return Math.max(0, unread.length - most);
};

const staysSince = async (tx: WorkspaceTx, workspaceId: string, from: Date, asOf: AsOf): Promise<StageStays[][]> => {
  const { portions } = await leadsAt(tx, workspaceId, asOf);
  await readUnread(tx, workspaceId, portions, from, portions.length, asOf);
  return portions.map((portion) => kept.get(portion)?.stays ?? []);
};

/** Reads stays of a few portions for whoever asks next. @returns how many portions are left */
export const readStaysAhead = async (tx: WorkspaceTx, workspaceId: string, from: Date, most: number): Promise<number> =>
  readUnread(tx, workspaceId, (await leadsAt(tx, workspaceId, null)).portions, from, most, null);

/**
 * Stays that have ended, of leads that entered in the stretch: median days for each stage, and for all (stage null). Two entries at one
 * instant come from a record that tells where a lead stands but not since when, so a stay of no length is none.
 */
export const endedStays = (tx: WorkspaceTx, workspaceId: string, { from, until }: Stretch, asOf: AsOf): Promise<Stays[]> =>
  countedOnce(tx, workspaceId, `stays ${from.toISOString()} ${until.toISOString().slice(0, 16)}${asOfKey(asOf)}`, async () => medianStays(await staysSince(tx, workspaceId, from, asOf), secondsOf(from), secondsOf(until)));
