import { wallClock } from '../../../lib/zoned-time';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { membersHere, tendWorkspace, workspaceFacts } from '../../workspace/public';
import type { SolutionId } from '../domain/catalogue';
import { mayBePutOffTo, type ActionState, type By } from '../domain/plan';
import { actionNews } from '../announce';
import { can, canMove } from '../policy';
import { actionById, changeActionRow, problemById } from '../repo';
import { improvementAction } from '../schema';

export type ActionWords = {
  text: string; by: By; ownerUserId: string | null; ownerName: string; dueOn: string; effect: string; easy: boolean; visible: boolean; direct: boolean; solution: SolutionId | null;
};

const mayWrite = (scope: Scope): void => allow(can(scope.me, 'programme:write'), 'change the programme', 'Ask a head or a facilitator.');

/** An owner is a member, or somebody named who has no account. @throws 404 for an account that is no member, 422 for nobody */
const ownerOf = async (scope: Scope, { ownerUserId, ownerName }: ActionWords): Promise<Pick<ActionWords, 'ownerUserId' | 'ownerName'>> => {
  if (ownerUserId === null) {
    if (ownerName === '') throw refuse.invalid('An action needs an owner. Nothing was saved.', 'Choose a member, or write a name.', [{ path: 'ownerName', message: 'empty' }]);
    return { ownerUserId, ownerName };
  }
  const member = (await membersHere(scope.tx)).find(({ userId }) => userId === ownerUserId);
  if (!member) throw refuse.notFound('member');
  return { ownerUserId, ownerName: member.name };
};

export const addAction = async (scope: Scope, problem: string, words: ActionWords): Promise<void> => {
  mayWrite(scope);
  const row = await problemById(scope.tx, problem);
  const id = scope.newId();
  await scope.tx.insert(improvementAction).values({ ...words, ...(await ownerOf(scope, words)), workspaceId: scope.workspaceId, problemId: problem, id, state: 'open', createdAt: scope.now });
  await tendWorkspace(scope.tx, 'programme', scope.workspaceId);
  await actionNews(scope, 'action.added', id);
  await scope.audit({ action: 'improvement.action_added', subjectKind: 'problem', subjectId: row.id, details: { name: words.text } });
};

/** @throws 404, 409 when somebody else changed it meanwhile */
export const changeAction = async (scope: Scope, id: string, seen: number, words: ActionWords): Promise<void> => {
  mayWrite(scope);
  const row = await actionById(scope.tx, id);
  await changeActionRow(scope.tx, row, seen, { ...words, ...(await ownerOf(scope, words)) });
  await actionNews(scope, 'action.changed', id);
  await scope.audit({ action: 'improvement.action_changed', subjectKind: 'problem', subjectId: row.problemId, details: { name: words.text } });
};

const mayMove = (scope: Scope, row: { ownerUserId: string | null }): void => allow(canMove(scope.me, row), 'move this action', 'Its owner, a head or a facilitator may.');

export const moveAction = async (scope: Scope, id: string, seen: number, to: ActionState): Promise<void> => {
  const row = await actionById(scope.tx, id);
  mayMove(scope, row);
  if (to === 'dropped') mayWrite(scope);
  await changeActionRow(scope.tx, row, seen, { state: to, doneAt: to === 'done' ? scope.now : null });
  if (to !== row.state) await actionNews(scope, `action.${to === 'open' ? 'reopened' : to}`, id);
  await scope.audit({ action: 'improvement.action_moved', subjectKind: 'problem', subjectId: row.problemId, details: { name: row.text, state: to } });
};

/** @throws 409 for an action that is not open, 422 for a day that is not later */
export const carryAction = async (scope: Scope, id: string, seen: number, dueOn: string, why: string): Promise<void> => {
  const row = await actionById(scope.tx, id);
  mayMove(scope, row);
  if (row.state !== 'open') throw refuse.conflict('This action is not open any more. Nothing was changed.', 'Load the page again.');
  const today = wallClock(scope.now, (await workspaceFacts(scope.tx)).timeZone).slice(0, 10);
  if (!mayBePutOffTo(dueOn, row, today)) throw refuse.invalid('It can only be put off to a later day. Nothing was changed.', 'Choose a day ahead, after the one it has.', [{ path: 'dueOn', message: 'not later' }]);
  await changeActionRow(scope.tx, row, seen, { dueOn, remindedOn: null, carried: [...row.carried, { from: row.dueOn, to: dueOn, on: today, why, name: scope.me.label }] });
  await actionNews(scope, 'action.changed', id);
  await scope.audit({ action: 'improvement.action_carried', subjectKind: 'problem', subjectId: row.problemId, details: { name: row.text } });
};
