import { z } from 'zod';
import { api } from '../../lib/api';
import { CAUSES, FUNCTIONS } from '../../lib/vocabulary';
import { ANONYMITY } from './domain/operation';
import { STEP_KINDS } from './domain/agenda';

const inWorkspace = z.object({ workspace: z.uuid() });
const one = inWorkspace.extend({ id: z.uuid() });
const instant = z.iso.datetime();
const count = z.number().int().nonnegative();
const tags = ['huddle'];

const listed = z.object({
  id: z.uuid(), name: z.string(), phase: z.enum(['planned', 'running', 'finished']), rehearsal: z.boolean(), parent: z.uuid().nullable(), startsAt: instant.nullable(), createdAt: instant, steps: count, minutes: count,
});

/** Whether everything a Huddle rests on is there. */
const readiness = z.object({
  /** `published`: whether everybody may read its results already; else whoever is in the Huddle is the first. */
  survey: z.object({ name: z.string(), closedAt: instant, published: z.boolean() }).nullable(),
  /** By tool of the assessment: whether both functions' figures may be shown. */
  tools: z.array(z.object({ tool: z.string(), shown: z.array(z.enum(FUNCTIONS)) })),
});

/** `original`: what was written, where whoever leads put it right. */
const told = z.object({ id: z.uuid(), text: z.string(), original: z.string().nullable() });
const recordNote = told.extend({ channel: z.string(), room: z.enum(FUNCTIONS).nullable(), team: z.string(), author: z.string(), top: z.boolean(), votes: count,
  /** What was laid under it. */
  under: z.array(told) });
const remark = z.object({ id: z.uuid(), text: z.string() });
const record = z.object({
  id: z.uuid(), name: z.string(), phase: z.enum(['planned', 'running', 'finished']), rehearsal: z.boolean(), joined: count, mayEdit: z.boolean(), mayHandOver: z.boolean(), handedOver: z.boolean(), remarks: z.array(remark),
  steps: z.array(z.object({ id: z.uuid(), kind: z.enum(STEP_KINDS), title: z.string(), minutes: count, entered: z.boolean(), notes: z.array(recordNote), withheld: count, remarks: z.array(remark),
    /** Tools of the assessment whose results were shown, with their survey; the figures stand with the results. */
    shown: z.array(z.object({ tool: z.string(), wave: z.string() })), ready: count, teams: count })),
  disconnects: z.array(z.object({ id: z.uuid(), text: z.string(), from: count })),
  actions: z.array(z.object({
    id: z.uuid(), disconnect: z.uuid().nullable(), text: z.string(), activities: z.string(), owner: z.string(), side: z.enum(FUNCTIONS).nullable(), dueOn: z.string().nullable(), carried: z.boolean(), easy: z.boolean(), visible: z.boolean(), direct: z.boolean(),
  })),
});

const next = z.object({
  on: z.iso.date(), from: z.iso.date(), to: z.iso.date(), because: z.enum(['survey', 'reassessment', 'late']), last: z.object({ id: z.uuid(), name: z.string() }),
  /** Of the last one: people who are still here, and actions that are still open. */
  people: count, actions: count,
});

const together = z.object({
  id: z.uuid(), name: z.string(),
  regions: z.array(z.object({
    id: z.uuid(), name: z.string(), phase: z.enum(['planned', 'running', 'finished']), startsAt: instant.nullable(), step: z.object({ kind: z.enum(STEP_KINDS), title: z.string() }).nullable(), place: count, steps: count,
    ready: z.object({ ready: count, teams: count }).nullable(),
    /** Null where a group is too small to be told beside the others. */
    people: z.array(z.object({ function: z.enum(FUNCTIONS), joined: count.nullable() })),
    /** Whether the region has opened its disconnects to all of its own; before, nothing of them is here. */
    open: z.boolean(),
    disconnects: z.array(z.object({ id: z.uuid(), text: z.string(), votes: count.nullable() })),
    actions: z.array(z.object({ id: z.uuid(), disconnect: z.uuid().nullable(), text: z.string(), owner: z.string(), side: z.enum(FUNCTIONS).nullable(), dueOn: z.string().nullable() })),
  })),
});
export type Together = z.infer<typeof together>;

const path = (rest: string) => `/workspaces/{workspace}/huddles${rest}` as const;

export const huddleContract = {
  list: api.route({ method: 'GET', path: path(''), tags, summary: 'Huddles, the latest first' }).input(inWorkspace).output(z.object({ mayRun: z.boolean(), huddles: z.array(listed) })),
  create: api.route({ method: 'POST', path: path(''), tags, summary: 'Plan a Huddle from the template of nine steps, or shortened to fit into some minutes' })
    .input(inWorkspace.extend({ name: z.string().trim().min(1).max(200), minutes: z.number().int().min(60).max(1_200).nullable().default(null), startsAt: instant.nullable().default(null), anonymity: z.enum(ANONYMITY).default('nobody'), rehearsal: z.boolean().default(false), parent: z.uuid().nullable().default(null) }))
    .output(z.object({ id: z.uuid() })),
  enter: api.route({ method: 'POST', path: path('/{id}/pass'), tags, summary: 'A pass to lead the Huddle, to project it, or to type a team’s sheets in; it is the key to the live calls' })
    .input(one.extend({ as: z.enum(['facilitator', 'screen', 'typist']), team: z.string().max(40).nullable().default(null) })).output(z.object({ pass: z.string(), seat: z.uuid() })),
  scribe: api.route({ method: 'POST', path: path('/{id}/teams/{team}/link'), tags, summary: 'A link for a team’s one device; the first that opens it writes for the team' })
    .input(one.extend({ team: z.string().max(40) })).output(z.object({ seat: z.uuid(), link: z.string() })),
  links: api.route({ method: 'POST', path: path('/{id}/links'), tags, summary: 'A way in for everybody who is invited by name' })
    .input(one).output(z.array(z.object({ seat: z.uuid(), name: z.string(), link: z.string() }))),
  check: api.route({ method: 'GET', path: path('/{id}/check'), tags, summary: 'Whether results are in and what of them may be shown' }).input(one).output(readiness),
  record: api.route({ method: 'GET', path: path('/{id}/record'), tags, summary: 'What was revealed, found and agreed' }).input(one).output(record),
  handOver: api.route({ method: 'POST', path: path('/{id}/programme'), tags, summary: 'Put the disconnects and actions of an ended Huddle into the improvement programme, once' })
    .input(one.extend({ disconnects: z.array(z.object({ disconnect: z.string().max(40), cause: z.enum(CAUSES) })).min(1).max(6) })).output(z.object({ problems: count })),
  next: api.route({ method: 'GET', path: path('/next'), tags, summary: 'The next Huddle as it is proposed after the last one; null before there was one, and once it is planned' }).input(inWorkspace).output(next.nullable()),
  planNext: api.route({ method: 'POST', path: path('/{id}/next'), tags, summary: 'Plan a Huddle from one that has ended: its agenda, its people, what is still to do' })
    .input(one.extend({ name: z.string().trim().min(1).max(200), startsAt: instant.nullable().default(null) })).output(z.object({ id: z.uuid() })),
  together: api.route({ method: 'GET', path: path('/{id}/regions'), tags, summary: 'Regional Huddles side by side: what each has opened to all, and no note' }).input(one).output(together),
  remove: api.route({ method: 'DELETE', path: path('/{id}'), tags, summary: 'Remove a Huddle with everything written in it' }).input(one).output(z.object({ removed: z.literal(true) })),
};
export type HuddleRecord = z.infer<typeof record>;
