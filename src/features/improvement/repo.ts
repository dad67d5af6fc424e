import { and, asc, desc, eq, gte, inArray, ne, or, sql } from 'drizzle-orm';
import { refuse } from '../../platform/http/refusal';
import type { WorkspaceTx } from '../../platform/db/database';
import { improvementAction, improvementAnswer, improvementCheckIn, improvementProblem, improvementRaised, improvementSolution } from './schema';

export type ProblemRow = typeof improvementProblem.$inferSelect;
export type ActionRow = typeof improvementAction.$inferSelect;
export type AnswerRow = typeof improvementAnswer.$inferSelect;
export type SolutionRow = typeof improvementSolution.$inferSelect;
export type CheckInRow = typeof improvementCheckIn.$inferSelect;
export type Whole = ProblemRow & { answers: AnswerRow[]; solutions: SolutionRow[]; actions: ActionRow[]; checkIns: CheckInRow[] };

/** Problems in the order of the line, then by when they were put in; with everything that belongs to them. */
export const problems = async (tx: WorkspaceTx): Promise<Whole[]> => {
  const rows = await tx.select().from(improvementProblem).orderBy(asc(improvementProblem.position), asc(improvementProblem.createdAt), asc(improvementProblem.id));
  const answers = await tx.select().from(improvementAnswer);
  const solutions = await tx.select().from(improvementSolution).orderBy(asc(improvementSolution.at), asc(improvementSolution.solution));
  const all = await actions(tx);
  const checkIns = await tx.select().from(improvementCheckIn).orderBy(desc(improvementCheckIn.at), desc(improvementCheckIn.id));
  const own = <T extends { problemId: string }>(list: readonly T[], id: string): T[] => list.filter((each) => each.problemId === id);
  return rows.map((row) => ({ ...row, answers: own(answers, row.id), solutions: own(solutions, row.id), actions: own(all, row.id), checkIns: own(checkIns, row.id) }));
};

export const actions = (tx: WorkspaceTx): Promise<ActionRow[]> => tx.select().from(improvementAction).orderBy(sql`${improvementAction.dueOn} asc nulls last`, asc(improvementAction.createdAt), asc(improvementAction.id));

/** Somebody's open actions by day and those done since, of problems that were not dropped; what was said of them, newest first. */
export const ownActions = async (tx: WorkspaceTx, userId: string, doneSince: Date) => {
  const rows = await tx.select({ action: improvementAction, problemTitle: improvementProblem.title }).from(improvementAction).innerJoin(improvementProblem, eq(improvementProblem.id, improvementAction.problemId))
    .where(and(eq(improvementAction.ownerUserId, userId), ne(improvementProblem.state, 'dropped'), or(eq(improvementAction.state, 'open'), and(eq(improvementAction.state, 'done'), gte(improvementAction.doneAt, doneSince)))))
    .orderBy(sql`${improvementAction.dueOn} asc nulls last`, asc(improvementAction.createdAt), asc(improvementAction.id));
  const ids = rows.map(({ action }) => action.id);
  const words = ids.length === 0 ? [] : await tx.select().from(improvementCheckIn).where(inArray(improvementCheckIn.actionId, ids)).orderBy(desc(improvementCheckIn.at), desc(improvementCheckIn.id));
  return { rows, words };
};

export const lockProgramme = (tx: WorkspaceTx, workspaceId: string) => tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`programme ${workspaceId}`}, 0))`);

/** @throws 404 */
export const problemById = async (tx: WorkspaceTx, id: string): Promise<ProblemRow> => {
  const [row] = await tx.select().from(improvementProblem).where(eq(improvementProblem.id, id)).for('update');
  if (!row) throw refuse.notFound('problem');
  return row;
};

/** @throws 404 */
export const actionById = async (tx: WorkspaceTx, id: string): Promise<ActionRow> => {
  const [row] = await tx.select().from(improvementAction).where(eq(improvementAction.id, id)).for('update');
  if (!row) throw refuse.notFound('action');
  return row;
};

const changedMeanwhile = () => refuse.conflict('Somebody else changed this meanwhile. Nothing was saved.', 'Load the page again and repeat your change.');

/** Writes over the version that was seen. @throws 409 */
export const changeProblemRow = async (tx: WorkspaceTx, row: ProblemRow, seen: number, change: Partial<ProblemRow>): Promise<void> => {
  if (row.version !== seen) throw changedMeanwhile();
  await tx.update(improvementProblem).set({ ...change, version: seen + 1 }).where(eq(improvementProblem.id, row.id));
};

/** @throws 409 */
export const changeActionRow = async (tx: WorkspaceTx, row: ActionRow, seen: number, change: Partial<ActionRow>): Promise<void> => {
  if (row.version !== seen) throw changedMeanwhile();
  await tx.update(improvementAction).set({ ...change, version: seen + 1 }).where(eq(improvementAction.id, row.id));
};

/** Puts an answer over the version that was seen; an empty one takes it away. @throws 409 */
export const putAnswer = async (tx: WorkspaceTx, row: Omit<AnswerRow, 'version'>, seen: number): Promise<void> => {
  const where = and(eq(improvementAnswer.problemId, row.problemId), eq(improvementAnswer.lens, row.lens), eq(improvementAnswer.question, row.question));
  const same = and(where, eq(improvementAnswer.version, seen));
  const { rowCount } =
    seen === 0 ? await tx.insert(improvementAnswer).values({ ...row, version: 1 }).onConflictDoNothing()
    : row.text === '' ? await tx.delete(improvementAnswer).where(same)
    : await tx.update(improvementAnswer).set({ text: row.text, name: row.name, at: row.at, version: seen + 1 }).where(same);
  if (rowCount !== 1) throw changedMeanwhile();
};

export const raisedByHand = (tx: WorkspaceTx) => tx.select().from(improvementRaised).orderBy(asc(improvementRaised.at));
