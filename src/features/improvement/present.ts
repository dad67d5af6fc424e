import type { z } from 'zod';
import type { Cause } from '../../lib/vocabulary';
import type { Scope } from '../../platform/rpc/with-workspace';
import { causesNow, type CauseNow } from '../diagnosis/public';
import { functionOf } from '../people/public';
import type { actionView, problemView, programmeView } from './contract';
import type { Area } from './domain/areas';
import type { SolutionId } from './domain/catalogue';
import { LENSES, type Lens } from './domain/lenses';
import { isReading, measureOf, type Measure } from './domain/measures';
import { movementOf, watchOf } from './domain/movement';
import { balanceOf, dueOf, silentFor } from './domain/plan';
import { can, canAnswer, canMove } from './policy';
import { figuresOf, readSaid, trackRecorded, trackSaid, type Figures, type Tracked } from './readings';
import { problems, type ActionRow, type Whole } from './repo';

type ProblemView = z.infer<typeof problemView>;
export type ActionView = z.infer<typeof actionView>;
export type Programme = z.infer<typeof programmeView>;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export const presentAction = (row: ActionRow, { me }: Pick<Scope, 'me'>, today: string): ActionView => ({
  id: row.id, problem: row.problemId, text: row.text, by: row.by, ownerUserId: row.ownerUserId, ownerName: row.ownerName, mine: row.ownerUserId === me.userId, dueOn: row.dueOn, effect: row.effect,
  easy: row.easy, visible: row.visible, direct: row.direct, solution: row.solution as SolutionId | null, state: row.state, doneAt: iso(row.doneAt), due: dueOf(row, today), carried: row.carried,
  addedAt: row.createdAt.toISOString(), mayMove: canMove(me, row), version: row.version,
});

const objectiveOf = (row: Whole, measure: Measure | null, track: Tracked | null): ProblemView['objective'] => {
  if (!measure || !track || row.measure === null || row.target === null || row.dueOn === null) return null;
  const base = { measure: row.measure, target: row.target, dueOn: row.dueOn, baseline: track.then };
  if (!isReading(track.then)) return { ...base, now: null, planned: null, observed: null, verdict: 'not_yet' };
  const { planned, observed, verdict } = movementOf(track.then, row.target, track.now, measure.better, track.change ?? undefined);
  return { ...base, now: track.now, planned, observed, verdict };
};

/** A solved problem's measure when it was called solved, and now. */
const watched = async (row: Whole, figures: Figures, measure: Measure | null, track: Tracked | null): Promise<ProblemView['watch']> => {
  if (row.state !== 'solved') return null;
  if (!measure || !track) return 'no_reading';
  const solvedWave = measure.kind === 'said' ? (await figures.waves()).find((wave) => wave.wave.id === row.solvedWaveId) : undefined;
  const solved = measure.kind === 'said' ? (solvedWave ? readSaid(solvedWave, measure) : null) : row.solvedReading;
  const latest = track.now ?? (isReading(track.then) ? track.then : null);
  const later = isReading(solved) && latest && latest.at > solved.at ? latest.value : null;
  return watchOf(isReading(track.then) ? track.then.value : null, isReading(solved) ? solved.value : null, later, measure.better);
};

const presentProblem = async (row: Whole, scope: Scope, figures: Figures, causes: ReadonlyMap<Cause, CauseNow>): Promise<ProblemView> => {
  const saidMeasure = measureOf(row.saidMeasure);
  const recordedMeasure = measureOf(row.recordedMeasure);
  const said = saidMeasure?.kind === 'said' ? await trackSaid(figures, row.saidMeasure ?? '', saidMeasure, row.saidWaveId) : null;
  const recorded = recordedMeasure ? await trackRecorded(figures, row.recordedMeasure ?? '', recordedMeasure, row.recordedBaseline) : null;
  const measure = measureOf(row.measure);
  const track = measure?.kind === 'said' ? said : recorded;
  const cause = row.cause ? causes.get(row.cause) : undefined;
  const lastWord = row.checkIns[0]?.at ?? row.startedAt;
  return {
    id: row.id, title: row.title, area: row.area as Area, cause: row.cause, state: row.state, fromHuddle: row.huddleId !== null, leadershipPart: row.leadershipPart, startedAt: iso(row.startedAt), endedAt: iso(row.endedAt),
    endedNote: row.endedNote, createdAt: row.createdAt.toISOString(), createdByName: row.createdByName, version: row.version,
    objective: objectiveOf(row, measure, track), said, recorded, causeNow: cause ? { standing: cause.standing, verdict: cause.verdict } : null,
    answers: row.answers.map(({ lens, question, text, name, at, version }) => ({ lens, question, text, name, at: at.toISOString(), version })),
    solutions: row.solutions.map(({ solution, why, name, at }) => ({ solution: solution as SolutionId, why, name, at: at.toISOString() })),
    actions: row.actions.map((each) => presentAction(each, scope, figures.today)), balance: balanceOf(row.actions, row.leadershipPart),
    checkIns: row.checkIns.map(({ id, actionId, course, note, name, at }) => ({ id, course, note, action: row.actions.find((each) => each.id === actionId)?.text ?? null, name, at: at.toISOString() })),
    silentDays: row.state === 'running' && lastWord ? silentFor(lastWord.toISOString().slice(0, 10), figures.today) : null,
    watch: await watched(row, figures, measure, track),
  };
};

const ORDER: Readonly<Record<Whole['state'], number>> = { running: 0, waiting: 1, solved: 2, dropped: 3 };

/** The lenses this reader may answer. */
const lensesOf = async (scope: Scope): Promise<Lens[]> => {
  const does = await functionOf(scope.tx, scope.me.personId);
  return LENSES.filter((lens) => canAnswer({ ...scope.me, function: does }, lens));
};

/** The whole programme: the running problem first, then the line, then what was solved and dropped. */
export const readProgramme = async (scope: Scope): Promise<Programme> => {
  const figures = await figuresOf(scope);
  const rows = (await problems(scope.tx)).toSorted((a, b) => ORDER[a.state] - ORDER[b.state]);
  const causes = new Map((rows.some(({ cause }) => cause !== null) ? await causesNow(scope) : []).map((each) => [each.cause, each]));
  const shown: ProblemView[] = [];
  for (const row of rows) shown.push(await presentProblem(row, scope, figures, causes));
  const newest = (await figures.waves()).at(-1);
  return {
    today: figures.today, mayWrite: can(scope.me, 'programme:write'), lenses: await lensesOf(scope), problems: shown,
    survey: newest ? { id: newest.wave.id, name: newest.wave.name, closedAt: newest.wave.closedAt } : null,
  };
};
