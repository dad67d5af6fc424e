import { z } from 'zod';
import { api } from '../../lib/api';
import { SIDES } from '../../lib/vocabulary';
import { MISSING } from './domain/count-gaps';
import { DISPUTED_ROWS, LOSSES, PASSED_ON, RULE_NAMES, WORKED } from './domain/reconcile';

const inWorkspace = z.object({ workspace: z.uuid() });
const one = inWorkspace.extend({ id: z.uuid() });
const count = z.number().int().nonnegative();
const instant = z.iso.datetime();
const day = z.iso.date();
const tags = ['pipeline'];
const P = '/workspaces/{workspace}/two-counts';

/** Which leads, by whose rule: days of the workspace's zone, both included; without `rule` the agreed one, or marketing's until there is one. */
export const countFrame = z.object({ rule: z.enum(RULE_NAMES).optional(), from: day.optional(), to: day.optional(), dueDays: z.coerce.number().int().min(0).max(365).optional() });
/** The same on a past day: as of its end, in the workspace's zone. */
const pastFrame = countFrame.extend({ asOf: day.optional() });
export type CountFrameInput = z.infer<typeof pastFrame>;

const ruleView = z.object({ passedOn: z.enum(PASSED_ON), worked: z.enum(WORKED), dueDays: count });

export const twoCountsView = z.object({
  rule: z.enum(RULE_NAMES),
  counts: ruleView,
  /** Nobody signed how many days a first contact may take. */
  daysAssumed: z.boolean(),
  agreed: ruleView.extend({ agreedAt: instant }).nullable(),
  /** The day from which on a rule counts that is signed and does not count yet. */
  agreedFrom: day.nullable(),
  /** The past day as of whose end this is; null: now. */
  asOf: day.nullable(),
  /** Days that were asked for; null = open. `first` and `last`: the days on which leads were passed on. */
  period: z.object({ from: day.nullable(), to: day.nullable(), first: day.nullable(), last: day.nullable() }),
  passed: count,
  worked: count,
  rows: z.array(z.object({ row: z.enum([...LOSSES, 'own_find']), leads: count })),
  byChanger: z.object({ marketing: count, sales: count, both: count, time: count }),
  owned: count,
  due: count,
  gaps: z.array(z.object({ missing: z.enum(MISSING), rows: z.array(z.enum(DISPUTED_ROWS)), columns: z.array(z.object({ system: z.string(), heading: z.string() })) })),
  sources: z.array(z.object({ id: z.uuid(), name: z.string(), side: z.enum(SIDES), records: count, lastImportAt: instant.nullable() })),
  pairsToReview: count,
  /** Records of both sides are being compared; until then few of them are known to be one person. */
  matching: z.boolean(),
  /** Objections that nobody had answered by then, by row. */
  openDisputes: z.array(z.object({ row: z.enum(DISPUTED_ROWS), disputes: count })),
});

export type TwoCountsView = z.infer<typeof twoCountsView>;

export const countedLead = z.object({
  id: z.uuid(), name: z.string().nullable(), company: z.string().nullable(), channel: z.string().nullable(), owner: z.string().nullable(), reason: z.string().nullable(), optedOut: z.boolean(),
  /** How often marketing passed it on in the period. */
  passes: count,
  passedAt: instant.nullable(), arrivedAt: instant.nullable(), contactedAt: instant.nullable(), returnedAt: instant.nullable(),
});

export const disputeView = z.object({
  id: z.uuid(), row: z.enum(DISPUTED_ROWS), rule: z.enum(RULE_NAMES), from: day.nullable(), to: day.nullable(), figure: count, note: z.string(), madeBy: z.string(), madeAt: instant,
  settledAt: instant.nullable(), settledBy: z.string().nullable(), answer: z.string().nullable(),
});

const saidView = z.object({ waveId: z.uuid(), wave: z.string(), closedAt: instant, mean: z.number().nullable(), n: count, hidden: z.boolean() });

export const twoCountsContract = {
  twoCounts: api
    .route({ method: 'GET', path: P, tags, summary: 'From what marketing counts as passed on to what sales counts as worked, every lead in one row' })
    .input(inWorkspace.extend(pastFrame.shape))
    .output(twoCountsView),
  twoCountsRow: api
    .route({ method: 'GET', path: `${P}/rows/{row}`, tags, summary: 'The leads of one row, with reasons by count' })
    .input(inWorkspace.extend(pastFrame.shape).extend({ row: z.enum(DISPUTED_ROWS), limit: z.coerce.number().int().min(1).max(200).default(25), offset: z.coerce.number().int().min(0).max(1_000_000).default(0) }))
    .output(z.object({ total: count, by: z.enum(['reason', 'channel']), reasons: z.array(z.object({ reason: z.string().nullable(), leads: count })), leads: z.array(countedLead) })),
  twoCountsSaid: api
    .route({ method: 'GET', path: `${P}/said`, tags, summary: 'What each side said of the other in the latest closed survey, beside what is recorded' })
    .input(inWorkspace)
    .output(z.object({ salesOnMarketing: saidView.nullable(), marketingOnSales: saidView.nullable() })),
  twoCountsFile: api
    .route({ method: 'GET', path: `${P}/file`, tags, summary: 'One slide, or the rows as CSV' })
    .input(inWorkspace.extend(pastFrame.shape).extend({ format: z.enum(['pptx', 'csv']).default('pptx') }))
    .output(z.file()),
  disputeRow: api
    .route({ method: 'POST', path: `${P}/disputes`, tags, summary: 'Say that a row is wrong' })
    .input(inWorkspace.extend(countFrame.shape).extend({ row: z.enum(DISPUTED_ROWS), note: z.string().trim().min(1).max(2_000) }))
    .output(disputeView),
  disputes: api.route({ method: 'GET', path: `${P}/disputes`, tags, summary: 'Objections to rows, newest first; as of a past day those made by then, answered or open as they were' }).input(inWorkspace.extend({ asOf: day.optional() })).output(z.array(disputeView)),
  settleDispute: api
    .route({ method: 'POST', path: `${P}/disputes/{id}/settle`, tags, summary: 'Answer an objection; without an answer it is open again' })
    .input(one.extend({ answer: z.string().trim().min(1).max(2_000).nullable() }))
    .output(disputeView),
};
