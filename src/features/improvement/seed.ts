import { and, eq, isNotNull } from 'drizzle-orm';
import type { Side } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import { resultsPublished } from '../assessment/public';
import { tendWorkspace } from '../workspace/public';
import type { SolutionId } from './domain/catalogue';
import { isReading, measureOf, saidKey, type Reading } from './domain/measures';
import type { By } from './domain/plan';
import { quarterOfDay } from './domain/quarter';
import seeds from './messages/demo.en.json';
import { figuresOf, readSaid } from './readings';
import { improvementAction, improvementAnswer, improvementCheckIn, improvementProblem, improvementSolution, type Carried } from './schema';

type Heads = Readonly<Record<Side, { personId: string; name: string; userId: string }>>;
type At = { workspaceId: string; now: Date; newId: () => string; heads: Heads; leader: string; /** Who loads it gets actions to own. */ visitor: { userId: string; name: string } | null };
type Text = keyof typeof seeds;

const DAY = 86_400_000;
/** More than a quarter apart, so that each begins with another whole quarter, and after the first survey of the demo. */
const RUNNING_SINCE = 130;
const SOLVED = { from: 230, to: 135 };
/** How far a gap is meant to close. */
const AIM = 0.5;

const ago = ({ now }: Pick<At, 'now'>, days: number): Date => new Date(now.getTime() - days * DAY);
const dayAgo = (at: Pick<At, 'now'>, days: number): string => ago(at, days).toISOString().slice(0, 10);
const index = (quarter: string): number => Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(-1));
/** How many quarters back the last whole one was, seen from a day. */
const wholeBefore = (at: At, days: number): number => index(quarterOfDay(dayAgo(at, 0))) - index(quarterOfDay(dayAgo(at, days))) + 1;

const recordedThen = async (tx: WorkspaceTx, at: At, key: string, days: number): Promise<Reading | null> => {
  const measure = measureOf(key);
  const reading = measure ? await (await figuresOf({ ...at, tx })).recorded(measure, wholeBefore(at, days)) : null;
  return isReading(reading) ? reading : null;
};

type Act = { text: Text; effect: Text; by: By; added: number; due: number; done: number | null; solution: SolutionId | null; criteria?: boolean; carried?: Text; /** Owned by whoever loads the company, if somebody does. */ visitors?: boolean };

const ownerOf = (at: Pick<At, 'heads' | 'leader'>, by: By): string => (by === 'leadership' ? at.leader : at.heads[by === 'both' ? 'marketing' : by].name);

/** A problem that the Huddle put in the line becomes this. @returns its id */
const turn = async (tx: WorkspaceTx, title: string, into: Partial<typeof improvementProblem.$inferInsert>): Promise<string> => {
  const [found] = await tx.update(improvementProblem).set(into).where(and(eq(improvementProblem.title, title), isNotNull(improvementProblem.huddleId))).returning({ id: improvementProblem.id });
  if (!found) throw new Error('the demo company has no Huddle to begin from');
  return found.id;
};

/** What was agreed in the Huddle stays, and gets what became of it; the rest was added later. */
const putActions = async (tx: WorkspaceTx, at: At, problemId: string, acts: readonly Act[]): Promise<void> => {
  const carried = ({ carried: why, due, by }: Act): Carried[] => (why ? [{ from: dayAgo(at, due + 30), to: dayAgo(at, due), on: dayAgo(at, due + 28), why: seeds[why], name: ownerOf(at, by) }] : []);
  const owned = ({ visitors, by }: Act) => ({ ownerUserId: (visitors && at.visitor?.userId) || null, ownerName: (visitors && at.visitor?.name) || ownerOf(at, by) });
  const became = (act: Act) => ({ ...owned(act), solution: act.solution, state: act.done === null ? ('open' as const) : ('done' as const), doneAt: act.done === null ? null : ago(at, act.done), carried: carried(act) });
  for (const act of acts) {
    const { rowCount } = await tx.update(improvementAction).set(became(act)).where(and(eq(improvementAction.problemId, problemId), eq(improvementAction.text, seeds[act.text])));
    if (rowCount === 0) await tx.insert(improvementAction).values({
      ...became(act), workspaceId: at.workspaceId, problemId, id: at.newId(), text: seeds[act.text], by: act.by, dueOn: dayAgo(at, act.due), effect: seeds[act.effect],
      easy: true, visible: true, direct: act.criteria ?? true, createdAt: ago(at, act.added),
    });
  }
};

const putWords = async (tx: WorkspaceTx, at: At, problemId: string, said: { solutions: readonly [SolutionId, Text][]; checks: readonly [days: number, course: 'on_course' | 'slow', Text][]; since: number }): Promise<void> => {
  const common = { workspaceId: at.workspaceId, problemId };
  await tx.insert(improvementSolution).values(said.solutions.map(([solution, why], order) => ({ ...common, solution, why: seeds[why], name: at.heads[order % 2 === 0 ? 'sales' : 'marketing'].name, at: ago(at, said.since - 5) })));
  await tx.insert(improvementCheckIn).values(said.checks.map(([days, course, note], order) => ({ ...common, id: at.newId(), course, note: seeds[note], name: at.heads[order % 2 === 0 ? 'marketing' : 'sales'].name, at: ago(at, days) })));
};

const SOLVED_ACTS: readonly Act[] = [
  { text: 'solved.a1', effect: 'solved.a1.effect', by: 'both', added: 228, due: 200, done: 204, solution: 'one_process' },
  { text: 'solved.a2', effect: 'solved.a2.effect', by: 'both', added: 228, due: 170, done: 165, solution: 'one_process' },
];

/** A problem that was solved a while ago and stays watched: it rested on what the work recorded. */
const seedSolved = async (tx: WorkspaceTx, at: At): Promise<void> => {
  const key = 'metric:time_in_stage';
  const [then, ended] = [await recordedThen(tx, at, key, SOLVED.from), await recordedThen(tx, at, key, SOLVED.to)];
  const id = await turn(tx, seeds['solved.title'], {
    state: 'solved', position: 1, leadershipPart: seeds['solved.leadership'],
    ...(then ? { measure: key, target: Math.floor(then.value * 9.7) / 10, dueOn: dayAgo(at, SOLVED.to - 20), recordedMeasure: key, recordedBaseline: then } : {}),
    startedAt: ago(at, SOLVED.from), endedAt: ago(at, SOLVED.to), endedNote: seeds['solved.note'], solvedReading: ended,
  });
  await putActions(tx, at, id, SOLVED_ACTS);
  await putWords(tx, at, id, { solutions: [['one_process', 'solved.why']], checks: [[190, 'slow', 'solved.c1'], [150, 'on_course', 'solved.c2']], since: SOLVED.from });
};

const ACTS: readonly Act[] = [
  { text: 'running.a1', effect: 'running.a1.effect', by: 'both', added: 126, due: 100, done: 103, solution: 'communication' },
  { text: 'running.a2', effect: 'running.a2.effect', by: 'marketing', added: 126, due: 70, done: 62, solution: 'positions' },
  { text: 'running.a3', effect: 'running.a3.effect', by: 'marketing', added: 126, due: 40, done: 44, solution: 'communication', visitors: true },
  { text: 'running.a4', effect: 'running.a4.effect', by: 'sales', added: 80, due: -6, done: null, solution: 'communication' },
  { text: 'running.a5', effect: 'running.a5.effect', by: 'sales', added: 80, due: 4, done: null, solution: null, carried: 'running.a5.why', visitors: true },
  { text: 'running.a6', effect: 'running.a6.effect', by: 'both', added: 30, due: -11, done: null, solution: 'communication', criteria: false, visitors: true },
  { text: 'running.a7', effect: 'running.a7.effect', by: 'leadership', added: 30, due: -25, done: null, solution: 'top_management' },
];

const ANSWERS = [
  ['sales', 'both.1', 'running.q.both1'], ['sales', 'sales.1', 'running.q.sales1'], ['marketing', 'both.1', 'running.q.both1.marketing'], ['marketing', 'marketing.1', 'running.q.marketing1'],
  ['leadership', 'leadership.1', 'running.q.leadership1'], ['leadership', 'leadership.3', 'running.q.leadership3'],
] as const;

/** The problem that is worked on: it began with the first survey and the second has told it again. */
const seedRunning = async (tx: WorkspaceTx, at: At): Promise<void> => {
  const key = saidKey('gap', '3');
  const measure = measureOf(key);
  const [first] = await resultsPublished(tx);
  const gap = first && measure?.kind === 'said' ? readSaid(first, measure) : null;
  const recorded = 'metric:mql_to_sql';
  const id = await turn(tx, seeds['running.title'], {
    area: '3', state: 'running', position: 2, leadershipPart: seeds['running.leadership'], startedAt: ago(at, RUNNING_SINCE),
    ...(first && isReading(gap) ? { measure: key, target: Math.max(0.1, Math.round((gap.value - AIM) * 10) / 10), dueOn: dayAgo(at, -40), saidMeasure: key, saidWaveId: first.wave.id } : {}),
    recordedMeasure: recorded, recordedBaseline: await recordedThen(tx, at, recorded, RUNNING_SINCE),
  });
  await putActions(tx, at, id, ACTS);
  await putWords(tx, at, id, {
    since: RUNNING_SINCE, solutions: [['communication', 'running.why.communication'], ['positions', 'running.why.positions'], ['top_management', 'running.why.top_management']],
    checks: [[90, 'slow', 'running.c1'], [55, 'slow', 'running.c2'], [17, 'on_course', 'running.c3']],
  });
  const nameOf = (lens: (typeof ANSWERS)[number][0]): string => (lens === 'leadership' ? at.leader : at.heads[lens].name);
  await tx.insert(improvementAnswer).values(ANSWERS.map(([lens, question, text]) => ({ workspaceId: at.workspaceId, problemId: id, lens, question, text: seeds[text], name: nameOf(lens), at: ago(at, RUNNING_SINCE - 3), version: 1 })));
};

/** What the demo company's Huddle came to, in the order of the line. */
export const demoAgreed = (at: Pick<At, 'now' | 'heads' | 'leader'>) => {
  const of = ({ text, effect, by, due }: Pick<Act, 'text' | 'effect' | 'by' | 'due'>) => ({ text: seeds[text], effect: seeds[effect], side: by === 'both' ? null : by, owner: ownerOf(at, by), dueOn: dayAgo(at, due) });
  return [
    { title: seeds['solved.title'], cause: 'systems' as const, actions: SOLVED_ACTS.map(of) },
    { title: seeds['running.title'], cause: 'structure' as const, actions: ACTS.filter(({ added }) => added > 100).map(of) },
    { title: seeds['waiting.title'], cause: 'systems' as const, actions: [of({ text: 'waiting.a1', effect: 'waiting.a1.effect', by: 'leadership', due: -60 }), of({ text: 'waiting.a2', effect: 'waiting.a2.effect', by: 'sales', due: -75 })] },
    { title: seeds['waiting3.title'], cause: 'joint_activity' as const, actions: [of({ text: 'waiting3.a1', effect: 'waiting3.a1.effect', by: 'marketing', due: -50 }), of({ text: 'waiting3.a2', effect: 'waiting3.a2.effect', by: 'sales', due: -50 })] },
    { title: seeds['waiting4.title'], cause: 'systems' as const, actions: [of({ text: 'waiting4.a1', effect: 'waiting4.a1.effect', by: 'both', due: -90 })] },
  ];
};

/** The demo company's programme: of what its Huddle put there one problem is solved and watched, one worked on; the others wait, and one more. To be called after its surveys, records, terms and Huddle. */
export const seedImprovement = async (tx: WorkspaceTx, at: At): Promise<void> => {
  await seedSolved(tx, at);
  await seedRunning(tx, at);
  await turn(tx, seeds['waiting.title'], { area: '7b' });
  await tx.insert(improvementProblem).values({ workspaceId: at.workspaceId, state: 'waiting', id: at.newId(), title: seeds['waiting2.title'], area: 'subcultures', cause: 'subcultures', position: 6, createdAt: ago(at, 5), createdByName: at.heads.marketing.name });
  await tendWorkspace(tx, 'programme', at.workspaceId);
};
