import { z } from 'zod';
import { api } from '../../lib/api';
import { SIDES } from '../../lib/vocabulary';
import { MODELS } from './domain/attribution/attribute';
import { CONFIDENCES } from './domain/answers/confidence';
import { SPLITS } from './domain/answers/cohorts';
import { NEEDS, QUESTIONS, SYSTEMS } from './domain/answers/ladder';
import { STAGE_SPLITS } from './domain/answers/stage-splits';
import { WAYS_OUT } from './domain/answers/time-in-stage';
import { PASSED_ON, RULE_NAMES, WORKED } from './domain/reconcile';
import { STAGE_ENDS } from './domain/stages';

const inWorkspace = z.object({ workspace: z.uuid() });
const count = z.number().int().nonnegative();
const tags = ['pipeline'];
const interval = z.tuple([z.number(), z.number()]);
const share = z.number();

const finding = z.object({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])), confidence: z.enum(CONFIDENCES) });
const recipe = z.object({ need: z.enum(NEEDS), sourceId: z.string().nullable(), source: z.string().nullable(), system: z.enum(SYSTEMS) });
const rung = z.object({ question: z.enum([...QUESTIONS, 'attribution']), answerable: z.boolean(), missing: z.array(z.enum(NEEDS)), recipes: z.array(recipe) });

const counted = z.object({ entrants: count, won: count, lost: count, open: count, recycled: count, rate: share, wilson95: interval });
const funnelContent = z.object({
  all: counted, comparable: counted,
  cohorts: z.array(counted.extend({ month: z.string(), mark: z.enum(['cut off at the left', 'too young']).nullable() })),
  splits: z.record(z.enum(SPLITS), z.array(counted.extend({ value: z.string() }))),
  asOf: z.string().nullable(), firstOutcome: z.string().nullable(), typicalDays: z.number().nullable(),
});

const countedRule = z.object({ passedOn: z.enum(PASSED_ON), worked: z.enum(WORKED), by: z.enum(['passes', 'entries']) });
/** The same by each rule; null where no rule is agreed. */
const ruled = <Content extends z.ZodType>(content: Content) => z.object({ rules: z.record(z.enum(RULE_NAMES), z.object({ counts: countedRule, content }).nullable()) });

/** Of how many leads an answer was made; fewer than all are drawn by lot. */
const basis = z.object({ looked: count, of: count, leftOutCohorts: z.array(z.string()) });
const usefulGroup = z.object({ key: z.string(), name: z.string(), entrants: count, won: count, open: count, rate: share.nullable(), wilson95: interval.nullable() });
const adjusted = z.union([
  z.object({ reference: z.string(), adjustedFor: z.array(z.string()), levels: z.array(z.object({ level: z.string(), oddsRatio: z.number(), ci95: interval, p: z.number() })) }),
  z.object({ reference: z.string(), reason: z.string() }),
]);
const usefulnessContent = z.object({
  finding, basis, byOrigin: z.array(usefulGroup), difference: z.object({ value: z.number(), ci95: interval }).nullable(), originAdjusted: adjusted, bySource: z.array(usefulGroup), sourceAdjusted: adjusted,
});
const byDay = z.array(z.object({ day: z.number(), share, ci95: interval }));
/** By split, then by stage in the order of `stages`; `apart` null: fewer than two groups are large enough to compare. */
const stageSplits = <Group extends z.ZodRawShape, More extends z.ZodRawShape>(group: Group, more: More) =>
  z.record(z.enum(STAGE_SPLITS), z.array(z.object({ stageId: z.uuid(), apart: z.boolean().nullable(), groups: z.array(z.object({ key: z.string(), value: z.string(), ...group })), ...more })));
const slowContent = z.object({
  finding, basis, splits: stageSplits({ stays: count, waiting: count, medianDays: z.number().nullable(), ci95: z.tuple([z.number().nullable(), z.number().nullable()]) }, {}),
  stages: z.array(z.object({ key: z.string(), stageId: z.uuid(), stage: z.string(), owner: z.enum(SIDES), stays: count, waiting: count, medianDays: z.number().nullable(), ci95: z.tuple([z.number().nullable(), z.number().nullable()]), outBy: z.record(z.enum(WAYS_OUT), byDay).nullable() })),
});
const dropReason = z.object({ key: z.string(), reason: z.string().nullable(), count, share });
const dropoutContent = z.object({
  finding, basis, splits: stageSplits({ leads: count, lost: count, still: count, share: share.nullable(), wilson95: interval.nullable() }, { difference: z.object({ first: z.string(), second: z.string(), value: z.number(), ci95: interval }).nullable() }),
  stages: z.array(z.object({ key: z.string(), stageId: z.uuid(), stage: z.string(), owner: z.enum(SIDES), leads: count, lost: count, share: share.nullable(), wilson95: interval.nullable(), reasons: z.array(dropReason), returnedKey: z.string(), returned: count, returnReasons: z.array(dropReason) })),
});
const mark = z.object({
  key: z.string(), column: z.string(), value: z.string(), n: count, rate: share, wilson95: interval, otherRate: share, lift: z.object({ value: z.number(), ci95: interval }).nullable(),
  adjusted: z.object({ oddsRatio: z.number(), ci95: interval, adjustedFor: z.array(z.string()) }).nullable(), pAdjusted: z.number(), stands: z.boolean(),
  byOrigin: z.array(z.object({ key: z.string(), origin: z.enum(SIDES), n: count, others: count, rate: share.nullable(), otherRate: share.nullable(), lift: z.object({ value: z.number(), ci95: interval }).nullable() })),
});
const marksContent = z.object({
  finding, basis, leads: count, outcome: count, looks: count, reason: z.string().nullable(), days: z.number().nullable(), marks: z.array(mark),
  leftOut: z.array(z.object({ column: z.string(), reason: z.string(), detail: z.string() })),
});
const modelShares = z.record(z.enum(MODELS), z.object({ share, low: share.nullable(), high: share.nullable() }).nullable());
const influence = z.object({ key: z.string(), orders: count, items: z.array(z.string()), met: count, notMet: count, shareOfOrders: share, lift: z.object({ value: z.number(), ci95: interval }).nullable(), adjustedP: z.number() });
const attributionContent = z.object({
  carries: z.string(), code: z.string(), conversions: count, nonConversions: count, reasons: z.record(z.string(), z.string()), intervals: z.boolean(),
  channels: z.array(z.object({ key: z.string(), orders: count, channel: z.string(), side: z.enum(SIDES).nullable(), models: modelShares })),
  bySide: z.record(z.enum([...SIDES, 'unassigned']), z.record(z.enum(MODELS), share.nullable())),
  disagreements: z.array(z.object({ channel: z.string(), lowModel: z.enum(MODELS), low: share, highModel: z.enum(MODELS), high: share })),
  orders: z.array(z.object({ first: z.string(), second: z.string(), firstAhead: z.array(z.enum(MODELS)), secondAhead: z.array(z.enum(MODELS)) })),
  influences: z.array(influence), combinations: z.array(influence),
  tied: z.object({ touches: count, activities: count, contacts: count, keyed: count, onPath: count, wonWithout: count, lostWithout: count, openTouches: count }), basis,
});

/** What each answer holds, as it is kept. */
export const CONTENTS = { funnel: funnelContent.extend(ruled(funnelContent).shape), usefulness: usefulnessContent.extend(ruled(usefulnessContent).shape), 
  slow: slowContent.extend(ruled(slowContent).shape), dropout: dropoutContent.extend(ruled(dropoutContent).shape), fast: marksContent.extend(ruled(marksContent).shape), converting: marksContent.extend(ruled(marksContent).shape), attribution: attributionContent };
export type Contents = { [Name in keyof typeof CONTENTS]: z.infer<(typeof CONTENTS)[Name]> };
export type Rung = z.infer<typeof rung>;

/** `computedAt` null: not worked out yet. `pending`: being worked out anew, because records changed since or it is old. */
const dated = z.object({ computedAt: z.iso.datetime().nullable(), dataAt: z.iso.datetime().nullable(), pending: z.boolean() });
/** `rule` null: of all leads. `agreed`: whether there is an agreed rule to ask for. */
const byRule = { rule: z.enum(RULE_NAMES).nullable(), counts: countedRule.nullable(), agreed: z.boolean() };
const route = (path: keyof typeof CONTENTS, summary: string) => api.route({ method: 'GET', path: `/workspaces/{workspace}/answers/${path}`, tags, summary });
const dashboard = (path: keyof typeof CONTENTS, summary: string) => route(path, summary).input(inWorkspace);
const ruledInput = inWorkspace.extend({ rule: z.enum(RULE_NAMES).optional() });
const ruledDashboard = (path: keyof typeof CONTENTS, summary: string) => route(path, `${summary}; of all leads, or of those that a side’s rule counts`).input(ruledInput);

export const answerContract = {
  carries: api.route({ method: 'GET', path: '/workspaces/{workspace}/answers/carries', tags, summary: 'Which questions the data carry, and what to add for the others' }).input(inWorkspace).output(z.object({ leads: count, rungs: z.array(rung) })),
  overview: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/answers', tags, summary: 'The five questions with their answers in a sentence each' })
    .input(inWorkspace)
    .output(dated.extend({ leads: count, rungs: z.array(rung), answers: z.array(z.object({ question: z.enum(QUESTIONS), finding, mini: z.array(z.object({ label: z.string(), side: z.enum(SIDES).nullable(), value: z.number(), low: z.number().nullable(), high: z.number().nullable() })) })) })),
  funnel: route('funnel', 'Distinct leads by month of entry and by group, with intervals; of all leads, or of those that a side’s rule counts; now, or as of the end of a past day')
    .input(ruledInput.extend({ asOf: z.iso.date().optional() }))
    .output(dated.extend({ content: funnelContent.nullable(), ...byRule, asOf: z.iso.date().nullable().describe('The past day as of whose end this is counted when asked; null: now') })),
  usefulness: ruledDashboard('usefulness', 'Which leads are more useful, by function and source').output(dated.extend({ content: usefulnessContent.nullable(), ...byRule })),
  slow: ruledDashboard('slow', 'Where leads slow down').output(dated.extend({ content: slowContent.nullable(), ...byRule })),
  dropout: ruledDashboard('dropout', 'Where leads drop out').output(dated.extend({ content: dropoutContent.nullable(), ...byRule })),
  fast: ruledDashboard('fast', 'What marks the leads that move fast').output(dated.extend({ content: marksContent.nullable(), ...byRule })),
  converting: ruledDashboard('converting', 'What marks the leads that convert').output(dated.extend({ content: marksContent.nullable(), ...byRule })),
  attribution: dashboard('attribution', 'Models of attribution side by side, with intervals').output(dated.extend({ content: attributionContent.nullable() })),
  leads: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/answers/{answer}/leads', tags, summary: 'Leads behind a figure of an answer, as many as a page shows' })
    .input(inWorkspace.extend({ answer: z.enum([...QUESTIONS, 'attribution']), key: z.string().min(1).max(2_000) }))
    .output(z.array(z.object({ id: z.uuid(), name: z.string().nullable(), company: z.string().nullable(), origin: z.enum(SIDES), channel: z.string().nullable(), end: z.enum(STAGE_ENDS), enteredAt: z.iso.datetime(), endedAt: z.iso.datetime().nullable(), reason: z.string().nullable(), optedOut: z.boolean() }))),
};
