import { z } from 'zod';
import { api } from '../../lib/api';
import { SIDES } from '../../lib/vocabulary';
import { CLOCK_STATES } from './domain/clock';
import { EACH, KINDS, REACHABLE, STARTS, UNITS, UNTILS } from './domain/commitment';
import { isPeriod, PERS } from './domain/periods';
import { VERSION_STATES } from './domain/signing';

const inWorkspace = z.object({ workspace: z.uuid() });
const one = inWorkspace.extend({ id: z.uuid() });
const count = z.number().int().nonnegative();
const instant = z.iso.datetime();
const side = z.enum(SIDES);
const day = z.iso.date();
const name = z.string().trim().min(1).max(120);
const note = z.string().trim().max(2_000).default('');
const period = z.string().max(8).refine(isPeriod, { error: 'name a quarter like 2026-Q4 or a month like 2026-11' });
const version = z.number().int().positive();
const tags = ['agreements'];
const done = z.object({ done: z.literal(true) });

export const commitmentShape = z.object({
  owes: side, kind: z.enum(KINDS), from: z.enum(STARTS), until: z.enum(UNTILS), stage: z.enum(REACHABLE).nullable(), limit: z.number().int().min(1).max(500), unit: z.enum(UNITS),
  atLeast: z.number().int().min(1).max(100_000), each: z.enum(EACH), per: z.enum(PERS), origins: z.array(side).max(2), channels: z.array(z.string().trim().min(1).max(300)).max(50), credible: z.boolean(),
  pauseReturned: z.boolean(), pauseStages: z.array(z.uuid()).max(20), warnAt: z.number().int().min(10).max(95), escalateAfter: z.number().int().min(0).max(60), startsOn: day,
});
export const termShape = z.object({ text: z.string().trim().min(1).max(4_000) });

const signature = z.object({ side, name: z.string(), signedAt: instant });
const versionHead = z.object({
  version, state: z.enum(VERSION_STATES), ends: z.boolean(), note: z.string(), proposedSide: side.nullable(), proposedBy: z.string(), proposedAt: instant, signedAt: instant.nullable(),
  signatures: z.array(signature), waitingFor: z.array(side),
});
const termVersion = versionHead.extend({ term: termShape });
const commitmentVersion = versionHead.extend({ commitment: commitmentShape });
const head = z.object({ id: z.uuid(), name: z.string(), endedAt: instant.nullable() });

export const termView = head.extend({ signed: termVersion.nullable(), waiting: termVersion.nullable(), versions: count });
const tally = z.object({ due: count, kept: count, notYetDue: count, early: count, paused: count });
const share = z.object({ share: z.number(), low: z.number(), high: z.number() });
export const attainmentView = tally.extend({ period: z.string(), rate: share.nullable() });
export const commitmentView = head.extend({ signed: commitmentVersion.nullable(), waiting: commitmentVersion.nullable(), versions: count, periods: z.array(attainmentView), /** When its clocks were last worked out. */ asOf: instant.nullable() });

/** A clock names the account and the territory, never a person. */
export const clockView = z.object({
  agreement: z.uuid(), lead: z.uuid(), account: z.string().nullable(), optedOut: z.boolean(), team: z.string().nullable(), state: z.enum(CLOCK_STATES), startedAt: instant, dueAt: instant.nullable(), metAt: instant.nullable(), version,
});
const hours = z.object({ from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/), to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/) }).refine(({ from, to }) => from < to, { error: 'hours end after they begin' });
export const calendarShape = z.object({
  zone: z.string().min(1).max(64), week: z.array(z.array(hours).max(4)).length(7),
  exceptions: z.array(z.object({ date: day, name: z.string().trim().max(120), hours: z.array(hours).max(4) })).max(400),
});
const calendarView = z.object({ territory: z.string(), calendar: calendarShape, changedAt: instant.nullable() });
export const actionView = z.object({ id: z.uuid(), period, text: z.string(), side: side.nullable(), owner: z.string(), dueOn: day.nullable(), doneAt: instant.nullable() });

export const agreementsContract = {
  terms: api.route({ method: 'GET', path: '/workspaces/{workspace}/terms', tags, summary: 'Words both functions mean the same by: what counts and what waits for a signature' }).input(inWorkspace).output(z.array(termView)),
  commitments: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/commitments', tags, summary: 'Who owes whom what, kept of due in the last six periods' })
    .input(inWorkspace)
    .output(z.object({ now: instant, timeZone: z.string(), commitments: z.array(commitmentView), /** The next review that has its day, or else the one held last; null where none ever had one. */ review: z.object({ period, heldOn: day, ahead: z.boolean() }).nullable() })),
  history: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/agreements/{id}', tags, summary: 'Every version of an agreement, with its wording and signatures' })
    .input(one)
    .output(head.extend({ kind: z.enum(['term', 'commitment']), versions: z.array(versionHead.extend({ term: termShape.nullable(), commitment: commitmentShape.nullable() })) })),
  proposeTerm: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/terms', tags, summary: 'Propose a definition; a head who proposes has signed for their side', successStatus: 201 })
    .input(inWorkspace.extend({ id: z.uuid().optional(), name, note, term: termShape }))
    .output(z.object({ id: z.uuid(), version })),
  proposeCommitment: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/commitments', tags, summary: 'Propose a commitment or a change of one; it counts once both heads have signed', successStatus: 201 })
    .input(inWorkspace.extend({ id: z.uuid().optional(), name, note, commitment: commitmentShape }))
    .output(z.object({ id: z.uuid(), version })),
  proposeEnd: api.route({ method: 'POST', path: '/workspaces/{workspace}/agreements/{id}/end', tags, summary: 'Propose that an agreement ends; both heads sign that too' }).input(one.extend({ note })).output(z.object({ id: z.uuid(), version })),
  sign: api.route({ method: 'POST', path: '/workspaces/{workspace}/agreements/{id}/sign', tags, summary: 'Sign a version for the side one heads' }).input(one.extend({ version })).output(z.object({ waitingFor: z.array(side) })),
  withdraw: api.route({ method: 'POST', path: '/workspaces/{workspace}/agreements/{id}/withdraw', tags, summary: 'Take back a version that waits' }).input(one.extend({ version })).output(done),
  live: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/clocks', tags, summary: 'Clocks that run, the nearest to being due first' })
    .input(inWorkspace.extend({ limit: z.coerce.number().int().min(1).max(100).default(20) }))
    .output(z.array(clockView)),
  clocks: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/commitments/{id}/clocks', tags, summary: 'The leads behind a figure' })
    .input(one.extend({ period: period.optional(), state: z.enum(CLOCK_STATES).optional(), limit: z.coerce.number().int().min(1).max(500).default(100), offset: z.coerce.number().int().min(0).max(1_000_000).default(0) }))
    .output(z.object({ total: count, rows: z.array(clockView) })),
  calendars: api.route({ method: 'GET', path: '/workspaces/{workspace}/working-hours', tags, summary: 'Working hours, by territory where they differ' }).input(inWorkspace).output(z.array(calendarView)),
  setCalendar: api.route({ method: 'PUT', path: '/workspaces/{workspace}/working-hours', tags, summary: 'Set the working hours of a territory, or of everybody' }).input(inWorkspace.extend({ territory: z.string().trim().max(120), calendar: calendarShape })).output(calendarView),
  review: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/reviews/{period}', tags, summary: 'The review of a period: what was kept, what was missed, why leads came back, what is proposed, what was decided' })
    .input(inWorkspace.extend({ period }))
    .output(
      z.object({
        period, heldOn: day.nullable(), from: instant, to: instant, asOf: instant.nullable(),
        commitments: z.array(z.object({ id: z.uuid(), name: z.string(), commitment: commitmentShape, attainment: attainmentView })),
        missed: z.array(clockView), missedTotal: count, reasons: z.array(z.object({ reason: z.string(), n: count })),
        proposals: z.array(z.object({ id: z.uuid(), kind: z.enum(['term', 'commitment']), name: z.string(), proposedSide: side.nullable(), waitingFor: z.array(side) })),
        actions: z.array(actionView),
      }),
    ),
  setReview: api.route({ method: 'PUT', path: '/workspaces/{workspace}/reviews/{period}', tags, summary: 'Set the day of a review' }).input(inWorkspace.extend({ period, heldOn: day.nullable() })).output(done),
  addAction: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/reviews/{period}/actions', tags, summary: 'Note what was decided: who does what by when', successStatus: 201 })
    .input(inWorkspace.extend({ period, text: z.string().trim().min(1).max(500), side: side.nullable(), owner: name, dueOn: day.nullable() }))
    .output(actionView),
  setAction: api.route({ method: 'PATCH', path: '/workspaces/{workspace}/review-actions/{id}', tags, summary: 'Mark an action as done, or not' }).input(one.extend({ done: z.boolean() })).output(actionView),
};
