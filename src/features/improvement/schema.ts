import { boolean, date, doublePrecision, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { CAUSES, FUNCTIONS } from '../../lib/vocabulary';
import { id, instant, workspaceId } from '../../platform/db/columns';
import { CHALLENGES } from './domain/challenges';
import type { Reading } from './domain/measures';
import { ACTION_STATES, COURSES, PROBLEM_STATES } from './domain/plan';

/** A problem between the functions that is worked on, waits in line, is solved and watched, or was dropped. */
export const improvementProblem = pgTable(
  'improvement_problem',
  {
    workspaceId: workspaceId(),
    id: id(),
    title: text('title').notNull(),
    /** A section of the toolkit or a root cause. */
    area: text('area').notNull(),
    cause: text('cause', { enum: CAUSES }),
    state: text('state', { enum: PROBLEM_STATES }).notNull(),
    /** Place in the line of those that wait. */
    position: integer('position').notNull(),
    /** What leadership does itself. */
    leadershipPart: text('leadership_part').notNull().default(''),
    measure: text('measure'),
    target: doublePrecision('target'),
    dueOn: date('due_on', { mode: 'string' }),
    /** What was said when the objective was set: the survey alone is kept, its figure is read through the gate each time. */
    saidMeasure: text('said_measure'),
    saidWaveId: uuid('said_wave_id'),
    recordedMeasure: text('recorded_measure'),
    recordedBaseline: jsonb('recorded_baseline').$type<Reading>(),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
    endedNote: text('ended_note').notNull().default(''),
    /** What was recorded when it was called solved, and the survey that was the newest then. */
    solvedReading: jsonb('solved_reading').$type<Reading>(),
    solvedWaveId: uuid('solved_wave_id'),
    /** The workshop it came from, if it did. */
    huddleId: uuid('huddle_id'),
    createdAt: instant('created_at').notNull(),
    createdByName: text('created_by_name').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] }), uniqueIndex('improvement_one_runs').on(t.workspaceId).where(sql`state = 'running'`)],
);

const ofProblem = { workspaceId: workspaceId(), problemId: uuid('problem_id').notNull() };

/** What somebody answered to a question of a lens; it carries a name. */
export const improvementAnswer = pgTable(
  'improvement_answer',
  { ...ofProblem, lens: text('lens', { enum: FUNCTIONS }).notNull(), question: text('question').notNull(), text: text('text').notNull(), name: text('name').notNull(), at: instant('at').notNull(), version: integer('version').notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.problemId, t.lens, t.question] }), foreignKey({ columns: [t.workspaceId, t.problemId], foreignColumns: [improvementProblem.workspaceId, improvementProblem.id] })],
);

export const improvementSolution = pgTable(
  'improvement_solution',
  { ...ofProblem, solution: text('solution').notNull(), why: text('why').notNull(), name: text('name').notNull(), at: instant('at').notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.problemId, t.solution] }), foreignKey({ columns: [t.workspaceId, t.problemId], foreignColumns: [improvementProblem.workspaceId, improvementProblem.id] })],
);

export type Carried = { from: string | null; to: string; on: string; why: string; name: string };

export const improvementAction = pgTable(
  'improvement_action',
  {
    ...ofProblem,
    id: id(),
    text: text('text').notNull(),
    by: text('by', { enum: [...FUNCTIONS, 'both'] }).notNull(),
    /** The member who owns it, or only a name for somebody without an account. */
    ownerUserId: uuid('owner_user_id'),
    ownerName: text('owner_name').notNull(),
    dueOn: date('due_on', { mode: 'string' }),
    effect: text('effect').notNull().default(''),
    easy: boolean('easy').notNull(),
    visible: boolean('visible').notNull(),
    direct: boolean('direct').notNull(),
    solution: text('solution'),
    state: text('state', { enum: ACTION_STATES }).notNull(),
    doneAt: instant('done_at'),
    /** Each time it was put off. */
    carried: jsonb('carried').$type<Carried[]>().notNull().default([]),
    remindedOn: date('reminded_on', { mode: 'string' }),
    /** The due day other programs were told had passed. */
    overdueTold: date('overdue_told', { mode: 'string' }),
    createdAt: instant('created_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    index('improvement_action_problem').on(t.workspaceId, t.problemId),
    foreignKey({ columns: [t.workspaceId, t.problemId], foreignColumns: [improvementProblem.workspaceId, improvementProblem.id] }),
  ],
);

export const improvementCheckIn = pgTable(
  'improvement_check_in',
  { ...ofProblem, id: id(), /** The action it is about; of the whole problem without. */ actionId: uuid('action_id'), course: text('course', { enum: COURSES }).notNull(), note: text('note').notNull(), name: text('name').notNull(), at: instant('at').notNull() },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    index('improvement_check_in_problem').on(t.workspaceId, t.problemId, t.at),
    index('improvement_check_in_action').on(t.workspaceId, t.actionId),
    foreignKey({ columns: [t.workspaceId, t.actionId], foreignColumns: [improvementAction.workspaceId, improvementAction.id] }),
    foreignKey({ columns: [t.workspaceId, t.problemId], foreignColumns: [improvementProblem.workspaceId, improvementProblem.id] }),
  ],
);

/** A challenge that a person sees coming where the data cannot show it. */
export const improvementRaised = pgTable(
  'improvement_raised',
  { workspaceId: workspaceId(), challenge: text('challenge', { enum: CHALLENGES }).notNull(), note: text('note').notNull(), name: text('name').notNull(), at: instant('at').notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.challenge] })],
);
