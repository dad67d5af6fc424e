import { and, eq, gte, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import type { FunctionName } from '../../lib/vocabulary';
import type { OutsideTx, WorkspaceTx } from '../../platform/db/database';
import { lookup } from '../../platform/db/schema';
import { ballotIssue, instrumentFile, invitation, leaf, wave } from './schema';
import { builtInInstruments } from './domain/built-in';
import type { Instrument } from './domain/instrument';

export type WaveRow = typeof wave.$inferSelect;
export type LeafRow = typeof leaf.$inferSelect;

/** Which workspace a wave belongs to, for requests that carry nothing but the wave. */
export const workspaceOfWave = async (tx: OutsideTx, waveId: string): Promise<string | undefined> =>
  (await tx.select({ id: lookup.workspace }).from(lookup).where(and(eq(lookup.kind, 'wave'), eq(lookup.key, waveId))))[0]?.id;

export const findWave = async (tx: WorkspaceTx, waveId: string): Promise<WaveRow | undefined> =>
  (await tx.select().from(wave).where(eq(wave.id, waveId)))[0];

/** What a respondent's request has to know at once, without the frozen questionnaire. */
export const waveState = async (tx: WorkspaceTx, waveId: string) =>
  (
    await tx
      .select({ name: wave.name, state: wave.state, opensAt: wave.opensAt, closesAt: wave.closesAt, setup: wave.setup })
      .from(wave)
      .where(eq(wave.id, waveId))
  )[0];

export const stateOfWave = async (tx: WorkspaceTx, waveId: string): Promise<WaveRow['state'] | undefined> =>
  (await tx.select({ state: wave.state }).from(wave).where(eq(wave.id, waveId)))[0]?.state;

export const lockWave = async (tx: WorkspaceTx, waveId: string): Promise<WaveRow | undefined> =>
  (await tx.select().from(wave).where(eq(wave.id, waveId)).for('update'))[0];

export const leavesOfWave = (tx: WorkspaceTx, waveId: string): Promise<LeafRow[]> => tx.select().from(leaf).where(eq(leaf.waveId, waveId)).orderBy(leaf.id);

export const invitationsOf = (tx: WorkspaceTx, waveId: string) =>
  tx.select({ id: invitation.id, personId: invitation.personId, leafId: invitation.leafId }).from(invitation).where(eq(invitation.waveId, waveId));

/** Invitations whose ballot was not picked up. */
export const outstandingInvitations = (tx: WorkspaceTx, waveId: string) =>
  tx
    .select({ id: invitation.id, personId: invitation.personId, leafId: invitation.leafId })
    .from(invitation)
    .leftJoin(ballotIssue, and(eq(ballotIssue.workspaceId, invitation.workspaceId), eq(ballotIssue.waveId, invitation.waveId), eq(ballotIssue.invitationId, invitation.id)))
    .where(and(eq(invitation.waveId, waveId), sql`${ballotIssue.invitationId} is null`));

/**
 * Respondents hold this lock together, mixing and closing hold it alone. It lives in memory only: a row lock would leave
 * the order of transactions behind on disk.
 */
export const shareBallotLock = (tx: WorkspaceTx, waveId: string) => tx.execute(sql`select pg_advisory_xact_lock_shared(4400, hashtext(${waveId}))`);
export const takeBallotLock = (tx: WorkspaceTx, waveId: string) => tx.execute(sql`select pg_advisory_xact_lock(4400, hashtext(${waveId}))`);

/**
 * Other waves that ask, or within `since` asked, any of these people. Slips name nobody, so a wave with slips counts as having
 * asked everybody of their functions.
 */
export const recentWavesAsking = (tx: WorkspaceTx, waveId: string, people: string[], functions: FunctionName[], since: Date): Promise<{ name: string }[]> =>
  tx
    .selectDistinct({ name: wave.name })
    .from(wave)
    .innerJoin(invitation, and(eq(invitation.workspaceId, wave.workspaceId), eq(invitation.waveId, wave.id)))
    .innerJoin(leaf, and(eq(leaf.workspaceId, invitation.workspaceId), eq(leaf.waveId, invitation.waveId), eq(leaf.id, invitation.leafId)))
    .where(
      and(
        ne(wave.id, waveId),
        or(inArray(wave.state, ['open', 'closing']), gte(wave.closedAt, since)),
        or(sql`${invitation.personId} = any(${sql.param(people)}::uuid[])`, and(isNull(invitation.personId), inArray(leaf.function, functions))),
      ),
    );

/** The version a set-up names: shipped with the product or loaded by the customer. */
export const instrumentOf = async (tx: WorkspaceTx, instrumentId: string, version: string): Promise<Instrument | undefined> => {
  const shipped = builtInInstruments.find((each) => each.id === instrumentId && each.version === version);
  if (shipped) return shipped;
  const [loaded] = await tx
    .select({ definition: instrumentFile.definition })
    .from(instrumentFile)
    .where(and(eq(instrumentFile.instrumentId, instrumentId), eq(instrumentFile.version, version)));
  return loaded?.definition;
};
