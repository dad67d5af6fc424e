import { and, eq, sql } from 'drizzle-orm';
import { refuse } from '../../../platform/http/refusal';
import type { Scope } from '../../../platform/rpc/with-workspace';
import type { Pair } from '../domain/parties';
import { lockRecords } from '../import-repo';
import { findLink, membersOf, neverBetween, partyOf } from '../links-repo';
import words from '../messages/link-acts.en.json';
import { regroup } from '../regroup';
import { openQueue } from '../queue-repo';
import { recordLink, type LinkState } from '../schema';
import { markParties, project, type Projection } from '../touched';

/** What was said of a pair before, so that an act can be taken back exactly. */
export type Before = Pair & { was: LinkState | null; byPerson: boolean };
export type Decision = 'linked' | 'never';

const ordered = ({ a, b }: Pair): Pair => (a < b ? { a, b } : { a: b, b: a });

const isPerson = (kind: string): boolean => kind === 'lead' || kind === 'contact';

/** Waits for whoever writes records just now, but not as long as a whole file takes. @throws 409 */
const lock = async (scope: Scope): Promise<void> => {
  await scope.tx.execute(sql`set local lock_timeout = '5s'`);
  try {
    await lockRecords(scope.tx, scope.workspaceId);
    await scope.tx.execute(sql`set local lock_timeout = 0`);
  } catch (error) {
    const code = error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? error.cause.code : undefined;
    if (code === '55P03') throw refuse.conflict(words.busy, words['busy.todo']);
    throw error;
  }
};

const bothOf = async ({ tx }: Scope, { a, b }: Pair) => {
  const [one, other] = [await partyOf(tx, a), await partyOf(tx, b)];
  if (!one || !other) throw refuse.notFound('record');
  if (a === b || isPerson(one.kind) !== isPerson(other.kind) || one.kind === 'deal' || other.kind === 'deal') throw refuse.invalid(words.unlike, words['unlike.todo']);
  return { one: one.party, other: other.party };
};

/** Writes a decision about one pair and lets the parties follow. @throws 409 when other links or decisions stand against it */
const decideOne = async (scope: Scope, pair: Pair, decision: Decision): Promise<Before> => {
  const { tx, workspaceId, now, me } = scope;
  const { one, other } = await bothOf(scope, pair);
  const there = await findLink(tx, pair);
  const before: Before = { ...pair, was: there?.state ?? null, byPerson: there !== undefined && there.decidedBy !== null };
  if (decision === 'linked' && one !== other) {
    const apart = (await neverBetween(tx, workspaceId, one, other)).filter((each) => each.a !== pair.a || each.b !== pair.b);
    if (apart.length > 0) throw refuse.conflict(words.apart, words['apart.todo']);
  }
  await tx
    .insert(recordLink)
    .values({ workspaceId, aId: pair.a, bId: pair.b, state: decision, decidedBy: me.userId, decidedAt: now })
    .onConflictDoUpdate({ target: [recordLink.workspaceId, recordLink.aId, recordLink.bId], set: { state: decision, decidedBy: me.userId, decidedAt: now } });
  await regroup(tx, workspaceId, [pair.a, pair.b]);
  if (decision === 'never' && (await partyOf(tx, pair.a))?.party === (await partyOf(tx, pair.b))?.party) throw refuse.conflict(words.joined, words['joined.todo']);
  return before;
};

const follow = async (scope: Scope, projections: readonly Projection[]): Promise<void> => {
  await markParties(scope.tx, sql`select null::uuid where false`);
  await project(scope.tx, { workspaceId: scope.workspaceId, now: scope.now }, projections);
};

/**
 * Says of pairs that they are, or never are, one customer. All or none.
 * @returns what was said before, for `undecideLinks`
 * @throws 404, 409 when other links or decisions stand against it, 422 for two things that cannot be one
 */
export const decideLinks = async (scope: Scope, pairs: readonly Pair[], decision: Decision, projections: readonly Projection[]): Promise<Before[]> => {
  await lock(scope);
  const before: Before[] = [];
  for (const pair of pairs) before.push(await decideOne(scope, ordered(pair), decision));
  await follow(scope, projections);
  await scope.audit({ action: decision === 'linked' ? 'customers.linked' : 'customers.kept-apart', subjectKind: 'record', subjectId: pairs[0]?.a ?? null, details: { pairs: pairs.length } });
  return before;
};

/** Links all pairs that wait and are at least so likely; those that somebody's decision stands against stay in the queue. */
export const acceptAbove = async (scope: Scope, { above, acrossSides }: { above: number; acrossSides: boolean }, most: number, projections: readonly Projection[]): Promise<{ before: Before[]; left: number }> => {
  await lock(scope);
  const rows = (await openQueue(scope.tx, scope.workspaceId, { above, acrossSides }, { limit: most, offset: 0 })).map((row): Pair => ({ a: row.a.id, b: row.b.id }));
  const before: Before[] = [];
  let left = 0;
  for (const pair of rows) {
    const { one, other } = await bothOf(scope, pair);
    if (one !== other && (await neverBetween(scope.tx, scope.workspaceId, one, other)).length > 0) left += 1;
    else before.push(await decideOne(scope, pair, 'linked'));
  }
  await follow(scope, projections);
  await scope.audit({ action: 'customers.linked', subjectKind: 'record', subjectId: null, details: { pairs: before.length } });
  return { before, left };
};

/** Takes decisions back: what the matching says of the pairs holds again, or what a person had said before. */
export const undecideLinks = async (scope: Scope, pairs: readonly Before[], projections: readonly Projection[]): Promise<void> => {
  const { tx, workspaceId, now, me } = scope;
  await lock(scope);
  for (const before of pairs) {
    const pair = ordered(before);
    const there = await findLink(tx, pair);
    if (!there) throw refuse.notFound('decision');
    const where = and(eq(recordLink.aId, pair.a), eq(recordLink.bId, pair.b));
    if (before.byPerson && before.was) await tx.update(recordLink).set({ state: before.was, decidedBy: me.userId, decidedAt: now }).where(where);
    else if (there.matched) await tx.update(recordLink).set({ state: there.matched, decidedBy: null, decidedAt: now }).where(where);
    else await tx.delete(recordLink).where(where);
  }
  await regroup(tx, workspaceId, pairs.flatMap(({ a, b }) => [a, b]));
  for (const { a } of pairs) await refuseConflict(scope, a);
  await follow(scope, projections);
  await scope.audit({ action: 'customers.undecided', subjectKind: 'record', subjectId: pairs[0]?.a ?? null, details: { pairs: pairs.length } });
};

/** Two records of one party that somebody said are never one. */
const refuseConflict = async ({ tx, workspaceId }: Scope, id: string): Promise<void> => {
  const { rows } = await tx.execute(sql`
    select 1 from record r join record a on a.workspace_id = r.workspace_id and a.party_id = r.party_id join record_link l on l.workspace_id = a.workspace_id and l.a_id = a.id and l.state = 'never'
      join record b on b.workspace_id = l.workspace_id and b.id = l.b_id and b.party_id = r.party_id where r.workspace_id = ${workspaceId}::uuid and r.id = ${id}::uuid limit 1`);
  if (rows.length > 0) throw refuse.conflict(words.apart, words['apart.todo']);
};

/** Parts one record from all others of its party, for good. @throws 404; 409 when it is linked with nothing */
export const partRecord = async (scope: Scope, id: string, projections: readonly Projection[]): Promise<Before[]> => {
  const { tx, workspaceId, now, me } = scope;
  await lock(scope);
  const at = await partyOf(tx, id);
  if (!at) throw refuse.notFound('record');
  const others = (await membersOf(tx, at.party)).filter((member) => member.id !== id);
  if (others.length === 0) throw refuse.conflict(words.alone, words['alone.todo']);
  const before: Before[] = [];
  for (const other of others) {
    const pair = ordered({ a: id, b: other.id });
    const there = await findLink(tx, pair);
    before.push({ ...pair, was: there?.state ?? null, byPerson: there !== undefined && there.decidedBy !== null });
    await tx
      .insert(recordLink)
      .values({ workspaceId, aId: pair.a, bId: pair.b, state: 'never', decidedBy: me.userId, decidedAt: now })
      .onConflictDoUpdate({ target: [recordLink.workspaceId, recordLink.aId, recordLink.bId], set: { state: 'never', decidedBy: me.userId, decidedAt: now } });
  }
  await regroup(tx, workspaceId, [id, ...others.map((other) => other.id)]);
  await follow(scope, projections);
  await scope.audit({ action: 'customers.parted', subjectKind: 'record', subjectId: id, details: { name: others[0]?.name ?? '', pairs: others.length } });
  return before;
};
