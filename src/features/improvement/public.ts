import { and, eq, ne, sql } from 'drizzle-orm';
import type { Cause, FunctionName } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import type { Scope } from '../../platform/rpc/with-workspace';
import { tendWorkspace } from '../workspace/public';
import { announceActions, announceProblems } from './announce';
import type { Area } from './domain/areas';
import type { By } from './domain/plan';
import { lockProgramme, problems } from './repo';
import { improvementAction, improvementProblem } from './schema';

/** What a workshop agreed on: a disconnect in one sentence, and its actions. An owner without an account has only a name. */
export type Agreed = {
  title: string; area: Area; cause: Cause | null;
  actions: readonly { text: string; by: By; ownerUserId: string | null; ownerName: string; dueOn: string | null; effect: string; easy: boolean; visible: boolean; direct: boolean }[];
};

export type OpenAction = { text: string; owner: string; side: FunctionName | null; dueOn: string | null; easy: boolean; visible: boolean; direct: boolean };

/** What is still to do of what a Huddle agreed on, or was added to its problems since; the soonest first. */
export const openFromHuddle = async (tx: WorkspaceTx, huddleId: string): Promise<OpenAction[]> => {
  const rows = await tx.select({ action: improvementAction }).from(improvementAction).innerJoin(improvementProblem, eq(improvementProblem.id, improvementAction.problemId))
    .where(and(eq(improvementProblem.huddleId, huddleId), ne(improvementProblem.state, 'dropped'), eq(improvementAction.state, 'open'))).orderBy(sql`${improvementAction.dueOn} asc nulls last`, improvementAction.id);
  return rows.map(({ action: { text, ownerName, by, dueOn, easy, visible, direct } }) => ({ text, owner: ownerName, side: by === 'both' ? null : by, dueOn, easy, visible, direct }));
};

/** Puts what a Huddle agreed on into the line: each disconnect waits as a problem with its actions. @returns the problems' ids, in the same order */
export const takeFromHuddle = async ({ tx, workspaceId, now, newId, me }: Pick<Scope, 'tx' | 'workspaceId' | 'now' | 'newId' | 'me'>, huddleId: string, agreed: readonly Agreed[]): Promise<string[]> => {
  await lockProgramme(tx, workspaceId);
  const last = Math.max(0, ...(await problems(tx)).map(({ position }) => position));
  const ids: string[] = [];
  for (const [order, { title, area, cause, actions }] of agreed.entries()) {
    const id = newId();
    await tx.insert(improvementProblem).values({ workspaceId, id, title, area, cause, state: 'waiting', position: last + 1 + order, huddleId, createdAt: now, createdByName: me.label });
    const rows = actions.map((action) => ({ ...action, workspaceId, problemId: id, id: newId(), state: 'open' as const, createdAt: now }));
    if (rows.length > 0) await tx.insert(improvementAction).values(rows);
    await announceProblems(tx, { workspaceId, now }, 'problem.added', me.label, [id]);
    await announceActions(tx, { workspaceId, now }, 'action.added', me.label, rows.map((row) => row.id));
    ids.push(id);
  }
  await tendWorkspace(tx, 'programme', workspaceId);
  return ids;
};
