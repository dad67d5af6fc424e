import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import type { WaveRow } from './ballots-repo';
import { answerComment, answerSet, instrumentFile, invitation, wave, waveResult } from './schema';
import type { WaveResults } from './domain/results-view';

export const listWaves = (tx: WorkspaceTx) => tx.select().from(wave).orderBy(desc(wave.createdAt)).limit(200);

/** How many people each wave asks; drafts have none yet. */
export const invitedPerWave = async (tx: WorkspaceTx): Promise<Map<string, number>> =>
  new Map((await tx.select({ waveId: invitation.waveId, n: sql<number>`count(*)::int` }).from(invitation).groupBy(invitation.waveId)).map((row) => [row.waveId, row.n]));

export const insertWave = (tx: WorkspaceTx, row: typeof wave.$inferInsert) => tx.insert(wave).values(row).returning();

/** Changes a wave somebody saw as `version`; none is returned when it has changed since. */
export const changeWave = async (tx: WorkspaceTx, seen: { id: string; version: number }, change: Partial<WaveRow>): Promise<WaveRow | undefined> =>
  (await tx.update(wave).set({ ...change, version: seen.version + 1 }).where(and(eq(wave.id, seen.id), eq(wave.version, seen.version))).returning())[0];

export const setWave = async (tx: WorkspaceTx, id: string, change: Partial<WaveRow>): Promise<WaveRow | undefined> =>
  (await tx.update(wave).set({ ...change, version: sql`${wave.version} + 1` }).where(eq(wave.id, id)).returning())[0];

export const deleteWave = (tx: WorkspaceTx, id: string) => tx.delete(wave).where(and(eq(wave.id, id), eq(wave.state, 'draft'))).returning({ id: wave.id });

export const answersOf = (tx: WorkspaceTx, waveId: string) =>
  tx.select({ function: answerSet.function, blockId: answerSet.blockId, ratings: answerSet.answers }).from(answerSet).where(eq(answerSet.waveId, waveId));

export const commentsOf = (tx: WorkspaceTx, waveId: string) =>
  tx.select({ function: answerComment.function, text: answerComment.text }).from(answerComment).where(eq(answerComment.waveId, waveId)).orderBy(answerComment.id);

/** People a wave asked by name; slips have none. */
export const peopleAsked = async (tx: WorkspaceTx, waveId: string): Promise<string[]> =>
  (await tx.select({ id: invitation.personId }).from(invitation).where(eq(invitation.waveId, waveId))).flatMap((row) => row.id ?? []);

export const keptResults = async (tx: WorkspaceTx, waveId: string, rules: string): Promise<WaveResults | undefined> =>
  (await tx.select({ results: waveResult.results }).from(waveResult).where(and(eq(waveResult.waveId, waveId), eq(waveResult.rules, rules))))[0]?.results;

export const areKept = async (tx: WorkspaceTx, waveId: string, rules: string): Promise<boolean> =>
  (await tx.select({ rules: waveResult.rules }).from(waveResult).where(and(eq(waveResult.waveId, waveId), eq(waveResult.rules, rules)))).length > 0;

export const keepResults = (tx: WorkspaceTx, row: typeof waveResult.$inferInsert) =>
  tx.insert(waveResult).values(row).onConflictDoUpdate({ target: [waveResult.workspaceId, waveResult.waveId], set: { rules: row.rules, results: row.results } });

export const loadedInstruments = (tx: WorkspaceTx) => tx.select({ definition: instrumentFile.definition }).from(instrumentFile).orderBy(instrumentFile.instrumentId, instrumentFile.loadedAt);

export const waveByShare = async (tx: WorkspaceTx, shareHash: string): Promise<WaveRow | undefined> => (await tx.select().from(wave).where(eq(wave.shareHash, shareHash)))[0];

export const latestClosed = async (tx: WorkspaceTx): Promise<WaveRow | undefined> =>
  (await tx.select().from(wave).where(eq(wave.state, 'closed')).orderBy(desc(wave.closedAt)).limit(1))[0];

export const latestPublished = (tx: WorkspaceTx, many: number): Promise<WaveRow[]> =>
  tx.select().from(wave).where(and(eq(wave.state, 'closed'), isNotNull(wave.publishedAt))).orderBy(desc(wave.closedAt)).limit(many);
