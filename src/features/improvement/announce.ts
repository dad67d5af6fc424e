import { eq, inArray } from 'drizzle-orm';
import type { Scope } from '../../platform/rpc/with-workspace';
import type { WorkspaceTx } from '../../platform/db/database';
import { announce, hearsOf, wakeWebhooks, type ActionNews, type ProblemNews } from '../pipeline/public';
import type { ActionRow, ProblemRow } from './repo';
import type { ProblemState } from './domain/plan';
import { improvementAction, improvementProblem } from './schema';

type Of = { workspaceId: string; now: Date };

const told = ({ id, text, by, ownerName, dueOn, effect, state, doneAt, problemId }: ActionRow) =>
  ({ actionId: id, text, by, owner: ownerName, dueOn, effect, state, doneAt: doneAt?.toISOString() ?? null, problemId });

/**
 * Tells other programs what became of agreed actions, in the transaction of it, as they are now.
 * @param actor who did it; null for what came about by itself
 */
export const announceActions = async (tx: WorkspaceTx, of: Of, event: ActionNews, actor: string | null, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0 || !(await hearsOf(tx, event))) return;
  const rows = await tx.select({ action: improvementAction, problem: improvementProblem.title }).from(improvementAction).innerJoin(improvementProblem, eq(improvementProblem.id, improvementAction.problemId))
    .where(inArray(improvementAction.id, [...ids])).orderBy(improvementAction.dueOn, improvementAction.id);
  await announce(tx, of, rows.map(({ action, problem }) => ({ event, at: of.now, about: action.id, data: { ...told(action), problem, actor } })));
};

/** What it means to other programs that a problem comes from one state to another. */
export const problemNewsOf = (from: ProblemState, to: ProblemState): ProblemNews =>
  from === 'solved' || from === 'dropped' ? 'problem.reopened' : to === 'running' ? 'problem.begun' : to === 'waiting' ? 'problem.put_back' : `problem.${to}`;

const toldOf = ({ id, title, area, cause, state, huddleId, startedAt, endedAt, endedNote }: ProblemRow) =>
  ({ problemId: id, title, area, cause, state, huddleId, startedAt: startedAt?.toISOString() ?? null, endedAt: endedAt?.toISOString() ?? null, note: endedNote });

/** Tells other programs what became of problems, in the transaction of it, as they are now. */
export const announceProblems = async (tx: WorkspaceTx, of: Of, event: ProblemNews, actor: string, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0 || !(await hearsOf(tx, event))) return;
  const rows = await tx.select().from(improvementProblem).where(inArray(improvementProblem.id, [...ids])).orderBy(improvementProblem.position, improvementProblem.id);
  await announce(tx, of, rows.map((row) => ({ event, at: of.now, about: row.id, data: { ...toldOf(row), actor } })));
};

/** What somebody did with a problem; it is sent as soon as it is saved. */
export const problemNews = async (scope: Scope, event: ProblemNews, id: string): Promise<void> => {
  await announceProblems(scope.tx, scope, event, scope.me.label, [id]);
  await wakeWebhooks(scope);
};

/** What somebody did to an action; it is sent as soon as it is saved. */
export const actionNews = async (scope: Scope, event: ActionNews, ...ids: string[]): Promise<void> => {
  await announceActions(scope.tx, scope, event, scope.me.label, ids);
  await wakeWebhooks(scope);
};
