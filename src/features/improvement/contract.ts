import { z } from 'zod';
import { api } from '../../lib/api';
import { CAUSES, FUNCTIONS, SIDES } from '../../lib/vocabulary';
import { AREAS, type Area } from './domain/areas';
import { SOLUTIONS } from './domain/catalogue';
import { CHALLENGES, SIGNS, type SignId } from './domain/challenges';
import { isMeasure } from './domain/measures';
import { ACTION_STATES, ACTORS, COURSES, PROBLEM_STATES } from './domain/plan';

const inWorkspace = z.object({ workspace: z.uuid() });
const one = inWorkspace.extend({ id: z.uuid() });
const instant = z.iso.datetime();
const day = z.iso.date();
const count = z.number().int().nonnegative();
const version = count.max(1_000_000_000);
const note = z.string().trim().max(2_000);
const tags = ['improvement'];

const area = z.enum(AREAS as readonly [Area, ...Area[]]);
const cause = z.enum(CAUSES);
const lens = z.enum(FUNCTIONS);
const measure = z.string().max(60).refine(isMeasure, { error: 'no such measure' });
const solution = z.enum(SOLUTIONS);

export const readingView = z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable(), n: count, label: z.string(), at: instant, currency: z.string().nullable() });
/** A figure, or why there is none. */
const told = z.union([readingView, z.object({ none: z.enum(['hidden', 'not_asked', 'too_few', 'nothing_yet']) })]);
const change = z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() });
/** A measure then and now: `now` only from what was told later than `then`. */
const track = z.object({ measure: z.string(), then: told, now: readingView.nullable(), change: change.nullable() });

const objective = z.object({
  measure: z.string(), target: z.number(), dueOn: day, baseline: told, now: readingView.nullable(), planned: z.number().nullable(), observed: change.nullable(),
  verdict: z.enum(['not_yet', 'reached', 'toward', 'unclear', 'away', 'no_interval']),
});
const answer = z.object({ lens, question: z.string(), text: z.string(), name: z.string(), at: instant, version });
const chosen = z.object({ solution, why: z.string(), name: z.string(), at: instant });
export const actionView = z.object({
  id: z.uuid(), problem: z.uuid(), text: z.string(), by: z.enum(ACTORS), ownerUserId: z.uuid().nullable(), ownerName: z.string(), mine: z.boolean(), dueOn: day.nullable(), effect: z.string(),
  easy: z.boolean(), visible: z.boolean(), direct: z.boolean(), solution: solution.nullable(), state: z.enum(ACTION_STATES), doneAt: instant.nullable(),
  due: z.enum(['overdue', 'soon', 'later', 'none']), carried: z.array(z.object({ from: day.nullable(), to: day, on: day, why: z.string(), name: z.string() })), addedAt: instant, mayMove: z.boolean(), version,
});
/** One of the reader's own: `until` is the instant at which its day ends where the workspace is; `lastWord` is what was last said of it. */
const ownAction = actionView.extend({ problemTitle: z.string(), until: instant.nullable(), lastWord: z.object({ course: z.enum(COURSES), at: instant, today: z.boolean() }).nullable() });
const own = z.object({ today: day, timeZone: z.string(), /** By day; open ones first, then those done in the last 90 days, newest first. */ actions: z.array(ownAction) });
const balance = z.object({ sales: count, marketing: count, leadership: count, heavy: z.enum(SIDES).nullable(), leadershipNamed: z.boolean() });

export const problemView = z.object({
  id: z.uuid(), title: z.string(), area, cause: cause.nullable(), state: z.enum(PROBLEM_STATES), fromHuddle: z.boolean(), leadershipPart: z.string(), startedAt: instant.nullable(), endedAt: instant.nullable(), endedNote: z.string(),
  createdAt: instant, createdByName: z.string(), version,
  objective: objective.nullable(), said: track.nullable(), recorded: track.nullable(),
  /** What is proposed for the cause, as a diagnosis weighs it now, and a person's judgement of it. */
  causeNow: z.object({ standing: z.enum(['likely', 'possible', 'unlikely', 'cannot_tell']), verdict: z.enum(['confirmed', 'doubted', 'overruled']).nullable() }).nullable(),
  answers: z.array(answer), solutions: z.array(chosen), actions: z.array(actionView), balance,
  checkIns: z.array(z.object({ id: z.uuid(), course: z.enum(COURSES), note: z.string(), /** The words of the action it is about; null where it is about the whole problem. */ action: z.string().nullable(), name: z.string(), at: instant })),
  silentDays: count.nullable(), watch: z.enum(['holds', 'slipping', 'no_reading']).nullable(),
});

export const programmeView = z.object({ today: day, mayWrite: z.boolean(), lenses: z.array(lens), problems: z.array(problemView), /** The newest published survey. */ survey: z.object({ id: z.uuid(), name: z.string(), closedAt: instant }).nullable() });

const nowAt = z.object({ measure: z.string(), reading: told });
const evidence = z.object({ id: z.string(), kind: z.enum(['said', 'recorded']), signal: z.number(), figure: z.object({ share: z.number(), of: count }).nullable() });
const signView = z.object({ id: z.enum(Object.keys(SIGNS) as [SignId, ...SignId[]]), state: z.enum(['raised', 'calm', 'cannot_tell']), part: z.number(), of: z.number(), detail: z.string() });

const newAction = z.object({
  text: z.string().trim().min(1).max(500), by: z.enum(ACTORS), ownerUserId: z.uuid().nullable().default(null), ownerName: z.string().trim().max(120).default(''), dueOn: day, effect: note.min(1),
  easy: z.boolean().default(false), visible: z.boolean().default(false), direct: z.boolean().default(false), solution: solution.nullable().default(null),
});
const path = (rest: string) => `/workspaces/{workspace}/programme${rest}` as const;

export const improvementContract = {
  read: api.route({ method: 'GET', path: path(''), tags, summary: 'The programme: the problem that is worked on, those that wait, those that were solved' }).input(inWorkspace).output(programmeView),
  agenda: api.route({ method: 'GET', path: path('/agenda'), tags, summary: 'What is agreed and due this fortnight, the reader’s own first' }).input(inWorkspace)
    .output(z.object({ problem: z.object({ id: z.uuid(), title: z.string() }).nullable(), waiting: count, balance, overdue: count, soon: count, done: count, actions: z.array(actionView) })),
  mine: api.route({ method: 'GET', path: path('/mine'), tags, summary: 'The reader’s own actions: overdue, due, put off, and done in the last 90 days' }).input(inWorkspace).output(own),
  find: api.route({ method: 'GET', path: path('/find'), tags, summary: 'Problems and actions by their words' }).input(inWorkspace.extend({ words: z.string().trim().min(2).max(120) }))
    .output(z.object({ problems: z.array(z.object({ id: z.uuid(), title: z.string(), state: z.enum(PROBLEM_STATES) })), actions: z.array(z.object({ id: z.uuid(), text: z.string(), ownerName: z.string(), state: z.enum(ACTION_STATES), mine: z.boolean() })) })),
  measures: api.route({ method: 'GET', path: path('/measures'), tags, summary: 'Everything an objective can rest on, with what it says now' }).input(inWorkspace).output(z.array(nowAt)),
  solutions: api.route({ method: 'GET', path: path('/problems/{id}/solutions'), tags, summary: 'What the evidence behind a problem’s cause says, for proposing solutions' }).input(one)
    .output(z.object({ cause: cause.nullable(), standing: z.enum(['likely', 'possible', 'unlikely', 'cannot_tell']).nullable(), evidence: z.array(evidence) })),
  addProblem: api.route({ method: 'POST', path: path('/problems'), tags, summary: 'Put a problem into the line' }).input(inWorkspace.extend({ title: z.string().trim().min(1).max(240), area, cause: cause.nullable().default(null) })).output(programmeView),
  changeProblem: api.route({ method: 'PATCH', path: path('/problems/{id}'), tags, summary: 'Change a problem’s words, its cause or leadership’s part; put it first in line' })
    .input(one.extend({ version, title: z.string().trim().min(1).max(240).optional(), area: area.optional(), cause: cause.nullable().optional(), leadershipPart: note.optional(), first: z.boolean().optional() })).output(programmeView),
  setState: api.route({ method: 'POST', path: path('/problems/{id}/state'), tags, summary: 'Begin, solve, drop or take up a problem; one runs at a time' }).input(one.extend({ version, to: z.enum(PROBLEM_STATES), note: note.default('') })).output(programmeView),
  setObjective: api.route({ method: 'PUT', path: path('/problems/{id}/objective'), tags, summary: 'Set what is to move, to where and by when; the baseline is what the measure says now' })
    .input(one.extend({ version, measure, target: z.number().min(-1e12).max(1e12), dueOn: day, beside: measure.nullable().default(null) })).output(programmeView),
  answer: api.route({ method: 'PUT', path: path('/problems/{id}/answers'), tags, summary: 'Answer a question of one lens' }).input(one.extend({ lens, question: z.string().max(40), version, text: note })).output(programmeView),
  choose: api.route({ method: 'PUT', path: path('/problems/{id}/solutions'), tags, summary: 'Take a solution from the catalogue, saying why it fits here, or put it back' })
    .input(one.extend({ solution, chosen: z.boolean(), why: note.default('') })).output(programmeView),
  addAction: api.route({ method: 'POST', path: path('/problems/{id}/actions'), tags, summary: 'Agree on an action' }).input(one.extend(newAction.shape)).output(programmeView),
  changeAction: api.route({ method: 'PATCH', path: path('/actions/{id}'), tags, summary: 'Change an action' }).input(one.extend({ version }).extend(newAction.shape)).output(programmeView),
  moveAction: api.route({ method: 'POST', path: path('/actions/{id}/state'), tags, summary: 'Say that an action is done, dropped or open again' }).input(one.extend({ version, to: z.enum(ACTION_STATES) })).output(programmeView),
  carryAction: api.route({ method: 'POST', path: path('/actions/{id}/carry'), tags, summary: 'Put an action off to a later day, saying why' }).input(one.extend({ version, dueOn: day, why: note.min(1) })).output(programmeView),
  sayCourse: api.route({ method: 'PUT', path: path('/actions/{id}/course'), tags, summary: 'Say how an action goes, once a day; the last word of a day counts, and null takes it back' }).input(one.extend({ course: z.enum(COURSES).nullable() })).output(own),
  checkIn: api.route({ method: 'POST', path: path('/problems/{id}/check-ins'), tags, summary: 'Note how it goes' }).input(one.extend({ course: z.enum(COURSES), note })).output(programmeView),
  board: api.route({ method: 'GET', path: path('/board'), tags, summary: 'One page or slide for the board: relationship, our word, the number, one ask' }).input(inWorkspace.extend({ format: z.enum(['pdf', 'pptx']) })).output(z.file()),
  challenges: api.route({ method: 'GET', path: path('/challenges'), tags, summary: 'Seven challenges, their signs in the data, and those a person raised' }).input(inWorkspace)
    .output(z.object({ mayWrite: z.boolean(), signs: z.array(signView), raised: z.array(z.object({ challenge: z.enum(CHALLENGES), note: z.string(), name: z.string(), at: instant })) })),
  raise: api.route({ method: 'PUT', path: path('/challenges/{challenge}'), tags, summary: 'Raise a challenge by hand with a note, or lower it' }).input(inWorkspace.extend({ challenge: z.enum(CHALLENGES), note: note.nullable() })).output(z.object({ done: z.literal(true) })),
};
