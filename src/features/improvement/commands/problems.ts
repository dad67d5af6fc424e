import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import type { Cause } from '../../../lib/vocabulary';
import { functionOf } from '../../people/public';
import { isCause, isScored, type Area } from '../domain/areas';
import type { SolutionId } from '../domain/catalogue';
import { questionsFor, type Lens } from '../domain/lenses';
import { isReading, measureOf, saidKey, type Reading } from '../domain/measures';
import { isBetter } from '../domain/movement';
import { mayBecome, type COURSES, type ProblemState } from '../domain/plan';
import { problemNews, problemNewsOf } from '../announce';
import { can, canAnswer } from '../policy';
import { figuresOf, readSaid, type Figures } from '../readings';
import { changeProblemRow, lockProgramme, problemById, problems, putAnswer, type ProblemRow } from '../repo';
import { improvementCheckIn, improvementProblem, improvementSolution } from '../schema';
import { and, eq } from 'drizzle-orm';

const mayWrite = (scope: Scope): void => allow(can(scope.me, 'programme:write'), 'change the programme', 'Ask a head or a facilitator.');

export const addProblem = async (scope: Scope, { title, area, cause }: { title: string; area: Area; cause: Cause | null }): Promise<void> => {
  mayWrite(scope);
  await lockProgramme(scope.tx, scope.workspaceId);
  const line = await problems(scope.tx);
  const position = Math.max(0, ...line.map((row) => row.position)) + 1;
  const id = scope.newId();
  await scope.tx.insert(improvementProblem).values({ workspaceId: scope.workspaceId, id, title, area, cause: cause ?? (isCause(area) ? area : null), state: 'waiting', position, createdAt: scope.now, createdByName: scope.me.label });
  await problemNews(scope, 'problem.added', id);
  await scope.audit({ action: 'improvement.problem_added', subjectKind: 'problem', details: { name: title } });
};

type Words = { title?: string | undefined; area?: Area | undefined; cause?: Cause | null | undefined; leadershipPart?: string | undefined; first?: boolean | undefined };

/** @throws 404, 409 when somebody else changed it meanwhile */
export const changeProblem = async (scope: Scope, id: string, seen: number, { first, ...words }: Words): Promise<void> => {
  mayWrite(scope);
  const row = await problemById(scope.tx, id);
  const ahead = first ? { position: Math.min(...(await problems(scope.tx)).map(({ position }) => position)) - 1 } : {};
  const said = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
  await changeProblemRow(scope.tx, row, seen, { ...said, ...ahead });
  await scope.audit({ action: 'improvement.problem_changed', subjectKind: 'problem', subjectId: id, details: { name: words.title ?? row.title } });
};

/** What there is to compare with later, when a problem is called solved. */
const atTheEnd = async (row: ProblemRow, figures: Figures): Promise<Pick<ProblemRow, 'solvedReading' | 'solvedWaveId'>> => {
  const measure = measureOf(row.recordedMeasure);
  const reading = measure ? await figures.recorded(measure) : null;
  return { solvedReading: isReading(reading) ? reading : null, solvedWaveId: (await figures.waves()).at(-1)?.wave.id ?? null };
};

/** @throws 409 for a state it cannot come to from where it is, and while another one runs */
export const setState = async (scope: Scope, id: string, seen: number, to: ProblemState, note: string): Promise<void> => {
  mayWrite(scope);
  await lockProgramme(scope.tx, scope.workspaceId);
  const row = await problemById(scope.tx, id);
  if (!mayBecome(row.state, to)) throw refuse.conflict('This problem is no longer where you saw it. Nothing was changed.', 'Load the page again.');
  const running = (await problems(scope.tx)).find((each) => each.state === 'running' && each.id !== id);
  if (to === 'running' && running) throw refuse.conflict(`One problem at a time: “${running.title}” is worked on. Nothing was changed.`, 'Solve it or put it back into the line first.');
  const change: Partial<ProblemRow> =
    to === 'running' ? { startedAt: row.startedAt ?? scope.now, endedAt: null, endedNote: '' }
    : to === 'solved' ? { endedAt: scope.now, endedNote: note, ...(await atTheEnd(row, await figuresOf(scope))) }
    : to === 'dropped' ? { endedAt: scope.now, endedNote: note }
    : { endedAt: null, endedNote: '' };
  await changeProblemRow(scope.tx, row, seen, { state: to, ...change });
  await problemNews(scope, problemNewsOf(row.state, to), id);
  await scope.audit({ action: 'improvement.problem_moved', subjectKind: 'problem', subjectId: id, details: { name: row.title, state: to } });
};

const noFigure = (todo: string) => refuse.conflict('There is no figure to begin with. Nothing was saved.', todo);

/** The newest published survey that tells the measure. @throws 409 when there is none */
const saidNow = async (figures: Figures, key: string): Promise<{ waveId: string; reading: Reading }> => {
  const measure = measureOf(key);
  for (const wave of measure?.kind === 'said' ? [...(await figures.waves())].reverse() : []) {
    const reading = measure?.kind === 'said' ? readSaid(wave, measure) : null;
    if (isReading(reading)) return { waveId: wave.wave.id, reading };
  }
  throw noFigure('Publish a survey that asked for it, or choose another measure.');
};

const recordedNow = async (figures: Figures, key: string): Promise<Reading> => {
  const measure = measureOf(key);
  const reading = measure ? await figures.recorded(measure) : null;
  if (!isReading(reading)) throw noFigure('Its last whole quarter cannot be told yet. Choose another measure.');
  return reading;
};

type Wanted = { measure: string; target: number; dueOn: string; beside: string | null };

/** A baseline once set stays while its measure does: a new target is judged from the same start. */
const startsOf = async (row: ProblemRow, figures: Figures, { measure, beside }: Wanted) => {
  const isSaid = (key: string): boolean => measureOf(key)?.kind === 'said';
  if (beside !== null && isSaid(beside) === isSaid(measure)) throw refuse.invalid('The second measure has to be of the other kind: one said, one recorded. Nothing was saved.', 'Choose another one, or none.', [{ path: 'beside', message: 'of the same kind' }]);
  const [own, recorded] = [isSaid(measure) ? measure : beside, isSaid(measure) ? beside : measure];
  const waves = await figures.waves();
  const usual = own === null && isScored(row.area) ? saidKey('gap', row.area) : own;
  const told = (key: string) => waves.some((wave) => { const of = measureOf(key); return of?.kind === 'said' && isReading(readSaid(wave, of)); });
  const said = own ?? (usual !== null && told(usual) ? usual : null);
  return {
    saidMeasure: said, saidWaveId: said === null ? null : said === row.saidMeasure && row.saidWaveId ? row.saidWaveId : (await saidNow(figures, said)).waveId,
    recordedMeasure: recorded, recordedBaseline: recorded === null ? null : recorded === row.recordedMeasure && row.recordedBaseline ? row.recordedBaseline : await recordedNow(figures, recorded),
  };
};

/** @throws 409 without a figure to begin with, 422 for a target that is no better than it or a day that is past */
export const setObjective = async (scope: Scope, id: string, seen: number, wanted: Wanted): Promise<void> => {
  mayWrite(scope);
  const row = await problemById(scope.tx, id);
  const figures = await figuresOf(scope);
  const measure = measureOf(wanted.measure);
  const starts = await startsOf(row, figures, wanted);
  const wave = (await figures.waves()).find((each) => each.wave.id === starts.saidWaveId);
  const baseline = measure?.kind === 'said' ? (wave ? readSaid(wave, measure) : null) : starts.recordedBaseline;
  if (!measure || !isReading(baseline)) throw noFigure('Choose another measure.');
  if (!isBetter(measure.better, wanted.target, baseline.value))
    throw refuse.invalid('The target is no better than where it stands. Nothing was saved.', measure.better === 'up' ? 'Choose a higher one.' : 'Choose a lower one.', [{ path: 'target', message: 'no better than the baseline' }]);
  if (wanted.dueOn <= figures.today) throw refuse.invalid('The day has to lie ahead. Nothing was saved.', 'Choose a later one.', [{ path: 'dueOn', message: 'not ahead' }]);
  await changeProblemRow(scope.tx, row, seen, { measure: wanted.measure, target: wanted.target, dueOn: wanted.dueOn, ...starts });
  await scope.audit({ action: 'improvement.objective_set', subjectKind: 'problem', subjectId: id, details: { name: row.title } });
};

/** @throws 403 for people of another function, 404 for a question that this area does not put to the lens, 409 */
export const answerQuestion = async (scope: Scope, id: string, { lens, question, version, text }: { lens: Lens; question: string; version: number; text: string }): Promise<void> => {
  allow(canAnswer({ ...scope.me, function: await functionOf(scope.tx, scope.me.personId) }, lens), `answer for ${lens}`, 'People of that function answer, or a facilitator for them.');
  const row = await problemById(scope.tx, id);
  if (!questionsFor(row.area as Area, lens).includes(question)) throw refuse.notFound('question');
  if (version === 0 && text === '') throw refuse.invalid('There is nothing to save.', 'Write an answer first.', [{ path: 'text', message: 'empty' }]);
  await putAnswer(scope.tx, { workspaceId: scope.workspaceId, problemId: id, lens, question, text, name: scope.me.label, at: scope.now }, version);
  await scope.audit({ action: 'improvement.answered', subjectKind: 'problem', subjectId: id, details: { name: row.title } });
};

/** @throws 422 for a solution without a reason */
export const choose = async (scope: Scope, id: string, solution: SolutionId, chosen: boolean, why: string): Promise<void> => {
  mayWrite(scope);
  const row = await problemById(scope.tx, id);
  if (chosen && why === '') throw refuse.invalid('A solution is taken with a reason. Nothing was saved.', 'Say in a sentence why it fits here.', [{ path: 'why', message: 'empty' }]);
  const said = { why, name: scope.me.label, at: scope.now };
  if (chosen) await scope.tx.insert(improvementSolution).values({ workspaceId: scope.workspaceId, problemId: id, solution, ...said }).onConflictDoUpdate({ target: [improvementSolution.workspaceId, improvementSolution.problemId, improvementSolution.solution], set: said });
  else await scope.tx.delete(improvementSolution).where(and(eq(improvementSolution.problemId, id), eq(improvementSolution.solution, solution)));
  await scope.audit({ action: chosen ? 'improvement.solution_chosen' : 'improvement.solution_put_back', subjectKind: 'problem', subjectId: id, details: { name: row.title } });
};

export const checkIn = async (scope: Scope, id: string, course: (typeof COURSES)[number], note: string): Promise<void> => {
  mayWrite(scope);
  const row = await problemById(scope.tx, id);
  await scope.tx.insert(improvementCheckIn).values({ workspaceId: scope.workspaceId, problemId: id, id: scope.newId(), course, note, name: scope.me.label, at: scope.now });
  await scope.audit({ action: 'improvement.checked_in', subjectKind: 'problem', subjectId: id, details: { name: row.title } });
};
