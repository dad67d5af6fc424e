import { z } from 'zod';
import { api } from '../../lib/api';
import { SIDES } from '../../lib/vocabulary';
import { RELATIONSHIPS } from './domain/alignment';
import { CAUSES, EVIDENCE, VERDICTS } from './domain/causes';
import { COLUMNS, ITEMS, ITEM_STATES } from './domain/checklist';
import { CONFIGURATIONS, FACTS, type Fact } from './domain/configuration';
import { PARTS, type ChainPart } from './domain/over-waves';
import { LOOKS, TOPICS } from './domain/views';

const inWorkspace = z.object({ workspace: z.uuid() });
const instant = z.iso.datetime();
const count = z.number().int().nonnegative();
const note = z.string().trim().max(2_000);
/** The version that was seen; 0 before anything was stated. */
const version = count.max(1_000_000_000);
const tags = ['diagnosis'];

const configuration = z.enum(CONFIGURATIONS);
const names = Object.keys(FACTS) as Fact[];
const facts = z.strictObject(Object.fromEntries(names.map((fact) => [fact, z.enum(FACTS[fact] as readonly [string, ...string[]]).optional()])));
const nearness = z.object({ hidden: z.number(), sales_driven: z.number(), living_apart: z.number(), aligned: z.number() });

const placing = z.object({
  nearness, place: z.number(), nearest: configuration, asNear: z.array(configuration),
  because: z.array(z.object({ fact: z.string(), answer: z.string(), weight: z.number(), fit: nearness })), unanswered: z.array(z.string()),
});

/** -1 speaks against a cause, 1 for it; or why nothing can be told. */
const reading = z.union([z.object({ signal: z.number() }), z.object({ untold: z.enum(['not_asked', 'hidden', 'nothing_yet', 'not_yours']) })]);
const verdict = z.object({ id: z.uuid(), verdict: z.enum(VERDICTS), note: z.string(), name: z.string(), at: instant, mine: z.boolean() });
const cause = z.object({
  cause: z.enum(CAUSES), standing: z.enum(['likely', 'possible', 'unlikely', 'cannot_tell']), balance: z.number().nullable(), told: z.number(),
  /** How commonly it is felt where the company stands, and where it would stand next: 0 not yet, 1 may be, 2 commonly. */
  usual: z.object({ today: z.number().nullable(), next: z.number().nullable() }),
  items: z.array(z.object({
    id: z.enum(EVIDENCE.map(({ id }) => id)), kind: z.enum(['said', 'recorded']), weight: z.number(), reading,
    /** Recorded: the share that was read and what it is of. */
    figure: z.object({ share: z.number(), of: count }).nullable(),
  })),
  verdict: verdict.nullable(),
});

const part = z.enum(PARTS as [ChainPart, ...ChainPart[]]);
const link = z.object({ sectionId: z.string(), side: z.enum(SIDES), mean: z.number(), band: z.string() });
const item = z.object({
  item: z.enum(ITEMS), column: z.enum(COLUMNS), state: z.enum(ITEM_STATES), by: z.enum(['person', 'evidence', 'nobody']), evidence: z.enum(ITEM_STATES).nullable(),
  owner: z.string(), dueOn: z.iso.date().nullable(), note: z.string(), version,
});

export const diagnosisView = z.object({
  /** Null where there is no closed survey this reader may see. */
  survey: z.object({ id: z.uuid(), name: z.string(), closedAt: instant, instrumentId: z.string() }).nullable(),
  mayWrite: z.boolean(),
  version, changedAt: instant.nullable(), changedByName: z.string(),
  configuration: z.object({ facts, placing: placing.nullable(), corrected: configuration.nullable(), correctedNote: z.string(), today: configuration.nullable(), next: configuration.nullable() }),
  causes: z.array(cause),
  /** Currents (tools 1-3), characteristics (4-6), consequences (7-8): both functions' figures as the gate lets them out. */
  chain: z.object({
    currents: z.array(link), characteristics: z.array(link), consequences: z.array(link),
    /** Whether groups that score higher on one link score higher on the next; empty where fewer than five groups are shown. `agreement`: rank correlation. */
    across: z.array(z.object({ from: part, to: part, groups: count, agreement: z.number(), found: z.enum(['up', 'down', 'unclear']) })),
  }).nullable(),
  /** The same sections in two published surveys or more, oldest first; null for fewer. `change` is since the survey before, with a 95 % interval; null where it is hidden or was not compared. */
  overWaves: z.object({
    waves: z.array(z.object({ id: z.uuid(), name: z.string(), closedAt: instant })),
    rows: z.array(z.object({ part, sectionId: z.string(), side: z.enum(SIDES), means: z.array(z.number().nullable()), change: z.object({ value: z.number(), low: z.number(), high: z.number(), way: z.enum(['up', 'down', 'unclear']) }).nullable() })),
    moved: z.array(z.object({ side: z.enum(SIDES), part, up: count, down: count, of: count })),
    /** What the answers alone said of each cause, survey by survey. */
    causes: z.array(z.object({ cause: z.enum(CAUSES), standings: z.array(z.enum(['likely', 'possible', 'unlikely', 'cannot_tell'])) })),
  }).nullable(),
  alignment: z.object({
    relationship: z.enum(RELATIONSHIPS).nullable(), reasons: z.record(z.string(), z.boolean()), lean: z.enum(['leave', 'tighten', 'open']), leave: z.array(z.string()), tighten: z.array(z.string()),
    notSaid: z.array(z.string()), next: z.enum(RELATIONSHIPS).nullable(), steps: z.array(z.string()), bothLists: z.object({ leave: z.array(z.string()), tighten: z.array(z.string()) }),
  }),
  checklist: z.object({ items: z.array(item), done: z.record(z.enum(COLUMNS), z.number()) }),
  views: z.partialRecord(z.enum(TOPICS), z.object({ look: z.enum(LOOKS), note: z.string() })),
});

const path = (rest: string) => `/workspaces/{workspace}/diagnosis${rest}` as const;

export const diagnosisContract = {
  read: api.route({ method: 'GET', path: path(''), tags, summary: 'What may be behind the results, with the evidence for and against it' }).input(inWorkspace).output(diagnosisView),
  file: api.route({ method: 'GET', path: path('/file'), tags, summary: 'The diagnosis on one page, or on slides, as this reader sees it' }).input(inWorkspace.extend({ format: z.enum(['pdf', 'pptx']) })).output(z.file()),
  stateFacts: api.route({ method: 'PUT', path: path('/facts'), tags, summary: 'State how the two functions are organised' }).input(inWorkspace.extend({ version, facts })).output(diagnosisView),
  correct: api.route({ method: 'PUT', path: path('/correction'), tags, summary: 'Place the company elsewhere than the facts do, with a note; null follows the facts again' })
    .input(inWorkspace.extend({ version, configuration: configuration.nullable(), note: note.default('') })).output(diagnosisView),
  judge: api.route({ method: 'POST', path: path('/verdicts'), tags, summary: 'Confirm, doubt or overrule a proposed cause, with a note' })
    .input(inWorkspace.extend({ cause: z.enum(CAUSES), verdict: z.enum(VERDICTS), note: note.min(1) })).output(diagnosisView),
  takeBack: api.route({ method: 'DELETE', path: path('/verdicts/{id}'), tags, summary: 'Take a judgement back; the one before it counts again' }).input(inWorkspace.extend({ id: z.uuid() })).output(diagnosisView),
  align: api.route({ method: 'PUT', path: path('/alignment'), tags, summary: 'Say what the relationship is now and which reasons hold' })
    .input(inWorkspace.extend({ version, relationship: z.enum(RELATIONSHIPS).nullable(), reasons: z.record(z.string().max(60), z.boolean()) })).output(diagnosisView),
  look: api.route({ method: 'PUT', path: path('/views'), tags, summary: 'Say where the two functions look at things differently, and whether that helps or harms' })
    .input(inWorkspace.extend({ version, topic: z.enum(TOPICS), look: z.enum(LOOKS).nullable(), note: note.default('') })).output(diagnosisView),
  tick: api.route({ method: 'PUT', path: path('/checklist/{item}'), tags, summary: 'Say how far an item of the checklist is in place; null leaves it to the evidence' })
    .input(inWorkspace.extend({ item: z.enum(ITEMS), version, state: z.enum(ITEM_STATES).nullable(), owner: z.string().trim().max(120).default(''), dueOn: z.iso.date().nullable().default(null), note: note.default('') }))
    .output(diagnosisView),
};
