import { z } from 'zod';
import { api } from '../../lib/api';
import { SIDES } from '../../lib/vocabulary';
import { HANDOFF_STATES } from './domain/handoffs';

const inWorkspace = z.object({ workspace: z.uuid() });
const count = z.number().int().nonnegative();
const instant = z.iso.datetime();
const tags = ['pipeline'];
const ids = z.array(z.uuid()).min(1).max(1_000);
const words = z.string().trim().max(300);
const note = z.string().trim().max(1_000).nullable().default(null);
const offers = ids.describe('Offers, by their ids');

export const decisionShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accept') }),
  z.object({ kind: z.literal('reject'), reason: words }),
  z.object({ kind: z.literal('recycle'), reason: words.nullable().default(null), nurtureUntil: instant }),
]);

export const handoffView = z.object({
  id: z.uuid(), leadId: z.uuid(), lead: z.string().nullable(), company: z.string().nullable(), channel: z.string().nullable(), amount: z.number().nullable(), optedOut: z.boolean().describe('A record of either side says so'), stageId: z.uuid().nullable(), state: z.enum(HANDOFF_STATES),
  to: z.string().nullable(), toPersonId: z.uuid().nullable(), offeredBy: z.string(), offeredAt: instant, offerNote: z.string().nullable(), dueAt: instant.nullable(), decidedAt: instant.nullable(), decidedBy: z.string().nullable(),
  reason: z.string().nullable(), note: z.string().nullable(), nurtureUntil: instant.nullable(), disputedAt: instant.nullable(), disputedBy: z.string().nullable(), disputeNote: z.string().nullable(),
  settledAt: instant.nullable(), settledBy: z.string().nullable(), settleNote: z.string().nullable(),
});

const share = z.object({ n: count, of: count, low: z.number(), high: z.number() });

export const boardShape = z.object({
  asOf: instant.nullable(), total: count,
  stages: z.array(z.object({ stageId: z.uuid(), pipelineId: z.uuid(), leads: count, amount: z.number(), oldest: instant.nullable() })),
});

/** Moving leads, handing them over, and what became of it. */
export const workContract = {
  move: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/leads/move', tags, summary: 'Move leads to a stage; backward and out of the process with a reason' })
    .input(inWorkspace.extend({ ids, stageId: z.uuid(), reason: words.nullable().default(null), version: z.number().int().positive().optional().describe('Of a single lead: refused when it changed since') }))
    .output(z.object({ act: z.uuid(), moved: count })),
  undo: api.route({ method: 'POST', path: '/workspaces/{workspace}/leads/undo', tags, summary: 'Take a move, an offer or an answer back within a minute' }).input(inWorkspace.extend({ act: z.uuid() })).output(z.object({ leads: count })),
  board: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/board', tags, summary: 'How many leads stand at each stage, now, as of a past instant or as of the end of a past day of the workspace’s zone, replayed from the log' })
    .input(inWorkspace.extend({ asOf: instant.or(z.iso.date()).optional(), origin: z.enum(SIDES).optional(), channel: z.string().max(300).optional() }))
    .output(boardShape),
  offer: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/handoffs', tags, summary: 'Offer leads to sales: to a person, who gets a mail with links, or to whoever takes them' })
    .input(inWorkspace.extend({ ids, toPersonId: z.uuid().nullable().default(null), note, dueAt: instant.nullable().default(null) }))
    .output(z.object({ act: z.uuid(), offered: count })),
  decide: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/handoffs/decide', tags, summary: 'Take offered leads on, return them with a reason, or send them back until a date' })
    .input(inWorkspace.extend({ ids: offers, decision: decisionShape, note }))
    .output(z.object({ act: z.uuid(), decided: count })),
  handOn: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/handoffs/hand-on', tags, summary: 'Hand offered leads on to somebody else of sales' })
    .input(inWorkspace.extend({ ids: offers, toPersonId: z.uuid(), note }))
    .output(z.object({ act: z.uuid(), decided: count })),
  dispute: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/handoffs/{id}/dispute', tags, summary: 'Say that an answer to an offer is wrong, and why' })
    .input(inWorkspace.extend({ id: z.uuid(), note: words.min(1) })).output(handoffView),
  settle: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/handoffs/{id}/settle', tags, summary: 'Say how a dispute was settled' })
    .input(inWorkspace.extend({ id: z.uuid(), note: words.min(1) })).output(handoffView),
  handoffs: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/handoffs', tags, summary: 'What became of the leads that were passed on, newest first' })
    .input(inWorkspace.extend({
      state: z.enum(HANDOFF_STATES).optional(), lead: z.uuid().optional(), mine: z.stringbool().or(z.boolean()).optional(), disputed: z.stringbool().or(z.boolean()).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50), offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
    }))
    .output(z.object({ total: count, linked: z.boolean(), rows: z.array(handoffView) })),
  outcomes: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/handoffs/outcomes', tags, summary: 'How offers ended by source and reason, with Wilson intervals; by person only where the workspace allows it' })
    .input(inWorkspace.extend({ by: z.enum(['source', 'person']).default('source'), since: instant.optional() }))
    .output(z.object({
      personViews: z.boolean(), reasons: z.array(z.string()),
      rows: z.array(z.object({ group: z.string().nullable(), offered: count, accepted: count, returned: share, byReason: z.array(z.object({ reason: z.string(), share })) })),
    })),
  salesPeople: api.route({ method: 'GET', path: '/workspaces/{workspace}/sales-people', tags, summary: 'To whom leads can be offered' }).input(inWorkspace).output(z.array(z.object({ id: z.uuid(), name: z.string() }))),
};

