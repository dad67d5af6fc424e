import { and, desc, eq, gte, ilike } from 'drizzle-orm';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { DAY, daysLater } from '../../../lib/moments';
import { instantOf, wallClock } from '../../../lib/zoned-time';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { workspaceFacts } from '../../workspace/public';
import type { improvementContract } from '../contract';
import { OWN_DONE_DAYS, type COURSES } from '../domain/plan';
import { canMove } from '../policy';
import { presentAction } from '../present';
import { actionById, ownActions } from '../repo';
import { improvementAction, improvementCheckIn, improvementProblem } from '../schema';

type Outputs = InferContractRouterOutputs<typeof improvementContract>;

/** The reader's own actions, with what was last said of each. */
export const readMine = async (scope: Scope): Promise<Outputs['mine']> => {
  const { timeZone } = await workspaceFacts(scope.tx);
  const dayOf = (at: Date): string => wallClock(at, timeZone).slice(0, 10);
  const today = dayOf(scope.now);
  const since = new Date(scope.now.getTime() - OWN_DONE_DAYS * DAY);
  const { rows, words } = await ownActions(scope.tx, scope.me.userId, since);
  const actions = rows.map(({ action, problemTitle }) => {
    const last = words.find(({ actionId }) => actionId === action.id);
    return {
      ...presentAction(action, scope, today), problemTitle, until: action.dueOn ? (instantOf(`${daysLater(action.dueOn, 1)}T00:00`, timeZone)?.toISOString() ?? null) : null,
      lastWord: last ? { course: last.course, at: last.at.toISOString(), today: dayOf(last.at) === today } : null,
    };
  });
  const open = actions.filter(({ state }) => state === 'open');
  return { today, timeZone, actions: [...open, ...actions.filter(({ state }) => state === 'done').toSorted((a, b) => (b.doneAt ?? '').localeCompare(a.doneAt ?? ''))] };
};

/** One word a day: what was said of the action earlier today gives way. @throws 403 for others than its owner, a head or a facilitator, 404, 409 for an action that is not open */
export const sayCourse = async (scope: Scope, id: string, course: (typeof COURSES)[number] | null): Promise<Outputs['mine']> => {
  const row = await actionById(scope.tx, id);
  allow(canMove(scope.me, row), 'say how this action goes', 'Its owner, a head or a facilitator may.');
  if (row.state !== 'open') throw refuse.conflict('This action is not open any more. Nothing was changed.', 'Load the page again.');
  const { timeZone } = await workspaceFacts(scope.tx);
  const midnight = instantOf(`${wallClock(scope.now, timeZone).slice(0, 10)}T00:00`, timeZone) ?? scope.now;
  await scope.tx.delete(improvementCheckIn).where(and(eq(improvementCheckIn.actionId, id), gte(improvementCheckIn.at, midnight)));
  if (course) await scope.tx.insert(improvementCheckIn).values({ workspaceId: scope.workspaceId, problemId: row.problemId, id: scope.newId(), actionId: id, course, note: '', name: scope.me.label, at: scope.now });
  await scope.audit({ action: 'improvement.course_said', subjectKind: 'problem', subjectId: row.problemId, details: { name: row.text, state: course ?? 'none' } });
  return readMine(scope);
};

/** So many of each are found at most. */
const MOST = 6;

/** Problems and actions whose words hold all that was asked for. */
export const findInProgramme = async (scope: Scope, asked: string): Promise<Outputs['find']> => {
  const words = asked.split(/\s+/u).map((word) => `%${word.replace(/[\\%_]/gu, '\\$&')}%`);
  const problems = await scope.tx.select({ id: improvementProblem.id, title: improvementProblem.title, state: improvementProblem.state }).from(improvementProblem)
    .where(and(...words.map((word) => ilike(improvementProblem.title, word)))).orderBy(improvementProblem.position, improvementProblem.id).limit(MOST);
  const actions = await scope.tx.select({ id: improvementAction.id, text: improvementAction.text, ownerName: improvementAction.ownerName, state: improvementAction.state, owner: improvementAction.ownerUserId }).from(improvementAction)
    .where(and(...words.map((word) => ilike(improvementAction.text, word)))).orderBy(desc(improvementAction.createdAt), improvementAction.id).limit(MOST);
  return { problems, actions: actions.map(({ owner, ...action }) => ({ ...action, mine: owner === scope.me.userId })) };
};
