import { and, asc, desc, eq, getTableColumns, gt, inArray, isNotNull, sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { LIVE_CHANNEL } from '../../platform/live/changes';
import type { Saved } from './domain/operation';
import { beginning, type State } from './domain/state';
import { huddle, huddleOperation } from './schema';

export type HuddleRow = typeof huddle.$inferSelect;
export type Entry = Saved & { id: string };

export const huddles = (tx: WorkspaceTx): Promise<HuddleRow[]> => tx.select().from(huddle).orderBy(desc(huddle.createdAt), huddle.id).limit(500);
export const huddleById = async (tx: WorkspaceTx, id: string): Promise<HuddleRow | undefined> => (await tx.select().from(huddle).where(eq(huddle.id, id)))[0];
export const huddleByCode = async (tx: WorkspaceTx, code: string): Promise<HuddleRow | undefined> => (await tx.select().from(huddle).where(eq(huddle.code, code)))[0];

/** Holds the Huddle's place in its sequence until the transaction ends. */
export const lockHuddle = async (tx: WorkspaceTx, id: string): Promise<HuddleRow | undefined> => (await tx.select().from(huddle).where(eq(huddle.id, id)).for('update'))[0];

export const startOf = ({ name, code, rehearsal, anonymity, steps, startsAt }: HuddleRow): State => beginning({ name, code, rehearsal, anonymity, steps, startsAt: startsAt?.toISOString() ?? null });

/** Operations after a place in the sequence, in order. */
export const operationsAfter = async (tx: WorkspaceTx, huddleId: string, seq: number): Promise<Entry[]> =>
  (await tx.select().from(huddleOperation).where(and(eq(huddleOperation.huddleId, huddleId), gt(huddleOperation.seq, seq))).orderBy(asc(huddleOperation.seq)))
    .map((row) => ({ id: row.operationId, seq: row.seq, at: row.at, by: { seat: row.seatId, role: row.role, room: row.room, team: row.teamId, key: row.key }, operation: row.operation }));

/** Of these operation ids, the ones that are saved already, with their place. */
export const savedAmong = async (tx: WorkspaceTx, huddleId: string, ids: readonly string[]): Promise<Map<string, number>> =>
  new Map((await tx.select({ id: huddleOperation.operationId, seq: huddleOperation.seq }).from(huddleOperation).where(and(eq(huddleOperation.huddleId, huddleId), inArray(huddleOperation.operationId, [...ids])))).map((row) => [row.id, row.seq]));

/**
 * Takes the Huddle's place, and with it tells which of these operation ids were saved before, with their place: one turn to the database and back. What
 * another process saved while this one waited is not among them, but after the place that is known.
 */
export const lockKnowing = async (tx: WorkspaceTx, huddleId: string, ids: readonly string[]): Promise<{ row: HuddleRow; saved: Map<string, number> } | undefined> => {
  const known = tx.select({ of: sql`json_agg(json_build_array(${huddleOperation.operationId}, ${huddleOperation.seq}))` }).from(huddleOperation).where(and(eq(huddleOperation.huddleId, huddleId), inArray(huddleOperation.operationId, [...ids])));
  const [found] = await tx.select({ row: getTableColumns(huddle), saved: sql<[string, number][] | null>`(${known})` }).from(huddle).where(eq(huddle.id, huddleId)).for('update');
  return found && { row: found.row, saved: new Map(found.saved ?? []) };
};

/** What an operation was kept under; undefined when it is not saved. */
export const keyOf = async (tx: WorkspaceTx, huddleId: string, operationId: string): Promise<string | undefined> =>
  (await tx.select({ key: huddleOperation.key }).from(huddleOperation).where(and(eq(huddleOperation.huddleId, huddleId), eq(huddleOperation.operationId, operationId))))[0]?.key;

/** A word in which there is no more than how far a Huddle is. */
export const seqWord = (seq: number): string => `#${seq}`;

const telling = (huddleId: string, word: string) => sql`select pg_notify(${LIVE_CHANNEL}, ${`${huddleId} ${word}`})`;

/** Tells every server process once the transaction is in: how far a Huddle is by now. */
export const tell = (tx: WorkspaceTx, huddleId: string, seq: number) => tx.execute(telling(huddleId, seqWord(seq)));

/** Adds to the log, and tells every server process once the transaction is in, by a word that may hold what was added. One statement: whoever writes holds the Huddle's place meanwhile, and each turn to the database and back keeps the other processes waiting. */
export const append = async (tx: WorkspaceTx, workspaceId: string, huddleId: string, entries: readonly Entry[], changed: Partial<Pick<HuddleRow, 'name' | 'phase' | 'sealedSecret' | 'anonymity' | 'concluded'>> = {}, word?: string): Promise<void> => {
  const last = entries.at(-1);
  if (!last) return;
  const added = tx.insert(huddleOperation).values(entries.map(({ id, seq, at, by, operation }) => ({ workspaceId, huddleId, seq, operationId: id, at, seatId: by.seat, role: by.role, room: by.room, teamId: by.team, key: by.key, operation })));
  const counted = tx.update(huddle).set({ seq: last.seq, ...changed }).where(eq(huddle.id, huddleId));
  await tx.execute(sql`with added as ${added}, counted as ${counted} ${telling(huddleId, word ?? seqWord(last.seq))}`);
};

/** Once anonymity is tightened, names are no longer in the log either; whoever leads stays named. */
export const forgetNames = (tx: WorkspaceTx, huddleId: string) =>
  tx.update(huddleOperation).set({ seatId: null, at: null }).where(and(eq(huddleOperation.huddleId, huddleId), inArray(huddleOperation.role, ['participant', 'scribe', 'typist']), isNotNull(huddleOperation.seatId)));
