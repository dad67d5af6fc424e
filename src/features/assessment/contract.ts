import { z } from 'zod';
import { api } from '../../lib/api';
import { FUNCTIONS, LEVELS, LOCALES } from '../../lib/vocabulary';
import { waveResultsSchema } from './results-contract';

const fn = z.enum(FUNCTIONS);
const locale = z.enum(LOCALES);
const instant = z.iso.datetime();
const inWorkspace = z.object({ workspace: z.uuid() });
const ofWave = inWorkspace.extend({ wave: z.uuid() });
const done = z.object({ done: z.literal(true) });
const name = z.string().trim().min(1).max(120);
const localized = z.object({ en: z.string(), de: z.string().optional(), nl: z.string().optional(), fr: z.string().optional(), es: z.string().optional() });
const perFunction = z.record(z.enum(FUNCTIONS), z.number());

const shape = z.enum(['level', 'territory']);
export const setupSchema = z.object({
  instrumentId: z.string().min(1).max(100),
  instrumentVersion: z.string().min(1).max(40),
  toolIds: z.array(z.string().max(100)).max(60),
  functions: z.array(fn).max(3),
  minimum: z.object({ general: z.number().int().min(3).max(50), leadership: z.number().int().min(3).max(50) }),
  shapes: z.object({ sales: shape.optional(), marketing: shape.optional(), leadership: shape.optional() }),
  merges: z.array(z.object({ function: fn, levels: z.array(z.enum(LEVELS)).optional(), territories: z.array(z.string().max(200)).optional() })).max(100),
  /** Groups whose people draw a slip from a hat instead of getting a personal link. */
  bySlip: z.array(z.object({ function: fn, levels: z.array(z.enum(LEVELS)).optional(), territories: z.array(z.string().max(200)).optional() })).max(50).default([]),
  expectedResponse: z.number().min(0.05).max(1),
  comments: z.boolean(),
  opensAt: instant.nullable(),
  closesAt: instant.nullable(),
  locales: z.array(locale).min(1).max(5),
  reminderDaysBefore: z.array(z.number().int().min(0).max(60)).max(10),
  smallestGap: z.number().positive().max(10).nullable(),
});

/** Without defaults: what is not named stays as it is. */
const setupChange = setupSchema.extend({ bySlip: setupSchema.shape.bySlip.unwrap() }).partial();

const waveView = z.object({
  id: z.uuid(), name: z.string(), state: z.enum(['draft', 'open', 'closing', 'closed']), version: z.number().int(), setup: setupSchema,
  opensAt: instant.nullable(), closesAt: instant.nullable(), launchedAt: instant.nullable(), closedAt: instant.nullable(), publishedAt: instant.nullable(),
  shared: z.boolean(), discarded: z.array(fn), previousWaveId: z.uuid().nullable(), invited: z.number().int(), createdAt: instant,
  /** When the next wave of the same questionnaires is due: nine months after closing. */
  nextProposedFor: instant.nullable(),
});

const groupPath = z.object({ function: fn, levels: z.array(z.enum(LEVELS)).optional(), territories: z.array(z.string().max(200)).optional() });
const node = z.object({ id: z.string(), label: z.string(), path: groupPath, leaf: z.boolean(), invited: z.number(), depth: z.number(), shown: z.number(), amongOthers: z.number() });
const suggestion = z.union([
  z.object({ kind: z.literal('count_by_activity'), function: fn, invited: z.number(), needed: z.number() }),
  z.object({ kind: z.literal('lower_leadership_minimum'), from: z.number(), to: z.number(), shown: z.number() }),
  z.object({ kind: z.literal('join_territories'), function: fn, territories: z.array(z.string()) }),
  z.object({ kind: z.literal('join_levels'), function: fn, levels: z.array(z.enum(LEVELS)) }),
  z.object({ kind: z.literal('other_shape'), function: fn, shape }),
]);

const planView = z.object({
  invited: perFunction,
  minutes: perFunction,
  statements: perFunction,
  /** People who cannot be asked yet, and why. */
  leftOut: z.object({ withoutFunction: z.number().int(), withoutLevel: z.number().int(), withoutTerritory: z.number().int() }),
  notAsked: z.array(fn),
  chosen: z.object({ sales: shape.optional(), marketing: shape.optional(), leadership: shape.optional() }),
  shapes: z.array(z.object({ shape, overall: z.number(), blocks: z.array(node) })),
  suggestions: z.array(suggestion),
  /** Where respondents will open the questionnaire; its scheme and host decide what the page must warn of. */
  address: z.string(),
  /** What still forbids the launch, in words. */
  problems: z.array(z.object({ code: z.string(), message: z.string() })),
});

const instrumentView = z.object({
  id: z.string(), version: z.string(), title: localized, source: z.string(), builtIn: z.boolean(), locales: z.array(locale),
  tools: z.array(z.object({ id: z.string(), step: z.enum(['currents', 'characteristics', 'consequences']), title: localized, purpose: localized, minutes: perFunction, statements: perFunction })),
});

const chartNames = z.enum(['tool', 'statements', 'distribution', 'spreads', 'heat', 'slope', 'worldview', 'relationship', 'overview']);

/** One question's wording and reading, in one language, for the results pages. */
const readableSection = z.object({
  id: z.string(), title: z.string(), neutral: z.boolean(), scoring: z.enum(['mean', 'sum']), audience: z.array(fn), stem: z.string().nullable(), gapReading: z.string().nullable(),
  statements: z.array(z.object({ id: z.string(), text: z.string() })),
  bands: z.array(z.object({ id: z.string(), label: z.string(), reading: z.string(), upTo: z.number().nullable() })),
});
const readableInstrument = z.object({
  id: z.string(), title: z.string(), scale: z.object({ min: z.number(), max: z.number(), low: z.string(), high: z.string() }),
  tools: z.array(z.object({ id: z.string(), step: z.enum(['currents', 'characteristics', 'consequences']), title: z.string(), purpose: z.string(), sections: z.array(readableSection) })),
});
const resultsAnswer = z.object({ workspaceName: z.string(), leftSide: z.enum(['sales', 'marketing']), results: waveResultsSchema, instrument: readableInstrument });
const drawing = z.object({ svg: z.string(), finding: z.string(), table: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))) }), regions: z.array(z.object({ id: z.string(), label: z.string(), x: z.number(), y: z.number(), width: z.number(), height: z.number() })), width: z.number(), height: z.number() });
const drawingInput = { chart: chartNames, tool: z.string().max(100).optional(), section: z.string().max(100).optional(), statement: z.string().max(100).optional(), locale: locale.default('en'), theme: z.enum(['light', 'dark', 'print']).default('light'), width: z.coerce.number().int().min(280).max(1600).default(760) };
const secret = z.string().min(10).max(200);

const call = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: `/${string}`, summary: string, successStatus = 200) => api.route({ method, path, summary, tags: ['assessment'], successStatus });
const W = '/workspaces/{workspace}';

export const assessmentContract = {
  instruments: call('GET', `${W}/instruments`, 'Questionnaires that can be asked').input(inWorkspace).output(z.array(instrumentView)),
  loadInstrument: call('POST', `${W}/instruments`, 'Load an instrument file', 201).input(inWorkspace.extend({ text: z.string().max(1_100_000) })).output(instrumentView),
  waves: call('GET', `${W}/waves`, 'Waves, newest first').input(inWorkspace).output(z.array(waveView)),
  createWave: call('POST', `${W}/waves`, 'Start a draft, or the next wave made from an earlier one', 201).input(inWorkspace.extend({ name: name.optional(), from: z.uuid().optional() })).output(waveView),
  wave: call('GET', `${W}/waves/{wave}`, 'One wave').input(ofWave).output(waveView),
  updateWave: call('PATCH', `${W}/waves/{wave}`, 'Change a draft').input(ofWave.extend({ version: z.int32(), name: name.optional(), setup: setupChange.optional() })).output(waveView),
  deleteWave: call('DELETE', `${W}/waves/{wave}`, 'Delete a draft').input(ofWave).output(done),
  plan: call('GET', `${W}/waves/{wave}/plan`, 'Which groups will be reportable, for both shapes of the tree, before launch').input(ofWave).output(planView),
  preview: call('GET', `${W}/waves/{wave}/preview`, 'The questionnaire as one audience reads it')
    .input(ofWave.extend({ function: fn, locale: locale.default('en') }))
    .output(z.object({ minutes: z.number(), scale: z.object({ min: z.number(), max: z.number(), low: z.string(), high: z.string() }), sections: z.array(z.object({ id: z.string(), toolTitle: z.string(), stem: z.string().nullable(), statements: z.array(z.object({ id: z.string(), text: z.string() })) })) })),
  launch: call('POST', `${W}/waves/{wave}/launch`, 'Freeze the wave and open it').input(ofWave.extend({ version: z.int32() })).output(waveView),
  extend: call('POST', `${W}/waves/{wave}/extend`, 'Move the closing later').input(ofWave.extend({ closesAt: instant })).output(waveView),
  close: call('POST', `${W}/waves/{wave}/close`, 'Close now; accepted ballots are counted after the grace time').input(ofWave).output(waveView),
  progress: call('GET', `${W}/waves/{wave}/progress`, 'Who is reached so far, in steps of the minimum')
    .input(ofWave)
    .output(z.object({ functions: z.array(z.object({ function: fn, invited: z.number(), atLeast: z.number(), minimum: z.number() })), groups: z.array(z.object({ id: z.string(), label: z.string(), function: fn, invited: z.number(), enough: z.boolean() })), words: z.array(z.string()), address: z.string(), acceptedUntil: instant.nullable() })),
  links: call('GET', `${W}/waves/{wave}/links`, 'Personal links and short codes, to hand over')
    .input(ofWave)
    .output(z.array(z.object({ name: z.string().nullable(), email: z.string().nullable(), function: fn, group: z.string(), link: z.string(), code: z.string() }))),
  sendInvitations: call('POST', `${W}/waves/{wave}/invitations`, 'Mail every personal link that was not mailed yet').input(ofWave).output(z.object({ queued: z.number().int() })),
  remind: call('POST', `${W}/waves/{wave}/remind`, 'Remind those outstanding; nobody is told who they are').input(ofWave).output(z.object({ queued: z.literal(true) })),
  letter: call('GET', `${W}/waves/{wave}/letter`, 'Letters to copy: at launch, as a reminder to all, as thanks').input(ofWave.extend({ kind: z.enum(['launch', 'reminder', 'thanks']).default('launch'), locale: locale.default('en') })).output(z.object({ subject: z.string(), body: z.string() })),
  importAnswers: call('POST', `${W}/waves/import`, 'Bring in answers collected elsewhere as a closed wave', 201)
    .input(inWorkspace.extend({ name, instrumentId: z.string(), text: z.string().max(30_000_000), closedOn: z.iso.date(), minimum: z.number().int().min(3).max(50).default(5), invited: z.object({ sales: z.number().int().positive().optional(), marketing: z.number().int().positive().optional(), leadership: z.number().int().positive().optional() }).default({}), dryRun: z.boolean().default(false) }))
    .output(z.object({ wave: z.uuid().nullable(), counts: z.object({ sales: z.number(), marketing: z.number(), leadership: z.number() }), problems: z.array(z.object({ line: z.number(), message: z.string() })) })),
  results: call('GET', `${W}/waves/{wave}/results`, 'Results as the disclosure gate lets them out').input(ofWave.extend({ locale: locale.default('en') })).output(resultsAnswer),
  drawing: call('GET', `${W}/waves/{wave}/drawing`, 'One chart as drawing, sentence and table').input(ofWave.extend(drawingInput)).output(drawing),
  publish: call('POST', `${W}/waves/{wave}/publish`, 'Open the results to every member').input(ofWave.extend({ published: z.boolean() })).output(waveView),
  share: call('POST', `${W}/waves/{wave}/share`, 'Make (or end) the public read-only summary link').input(ofWave.extend({ shared: z.boolean() })).output(z.object({ link: z.string().nullable() })),
  shared: call('POST', '/shared', 'A shared summary').input(z.object({ secret, locale: locale.default('en') })).output(resultsAnswer),
  sharedDrawing: call('POST', '/shared/drawing', 'One chart of a shared summary').input(z.object({ secret, ...drawingInput })).output(drawing),
  sample: call('GET', '/sample', "The demo company's report, open to everybody").input(z.object({ locale: locale.default('en') })).output(resultsAnswer),
  sampleDrawing: call('GET', '/sample/drawing', "One chart of the demo company's report").input(z.object(drawingInput)).output(drawing),
};
