import { z } from 'zod';
import { api } from '../../lib/api';
import { SIDES } from '../../lib/vocabulary';
import { MAIL_RHYTHMS } from './domain/mail-days';
import { CASE_METRICS } from './domain/cases';
import { PERIOD_UNITS } from './domain/periods';
import { SPLITS } from './domain/splits';

const inWorkspace = z.object({ workspace: z.uuid() });
const one = inWorkspace.extend({ id: z.uuid() });
const count = z.number().int().nonnegative();
const instant = z.iso.datetime();
const day = z.iso.date();
const side = z.enum(SIDES);
const tags = ['goals'];
const unit = z.enum(PERIOD_UNITS);
const period = z.object({ unit, startsOn: day, endsOn: day });

const amount = z.number().positive().max(1e13);
export const goalTerms = z.object({
  amount,
  /** ISO 4217. */
  currency: z.string().trim().toUpperCase().regex(/^[A-Z]{3}$/),
  quota: amount.nullable().default(null),
  margin: z.number().gt(0).max(1).nullable().default(null),
  note: z.string().trim().max(2_000).default(''),
});

const signature = z.object({ side, name: z.string(), signedAt: instant });
export const versionView = goalTerms.extend({
  version: count, proposedSide: side.nullable(), proposedByName: z.string(), proposedAt: instant, signedAt: instant.nullable(), withdrawnAt: instant.nullable(), signatures: z.array(signature), waitsFor: z.array(side),
});
export const goalView = z.object({ id: z.uuid(), period, inForce: versionView.nullable(), waiting: versionView.nullable(), history: z.array(versionView) });

/** A figure, or why there is none. Shares from 0 to 1. */
const figure = z.object({ value: z.number().nullable(), n: count, low: z.number().nullable(), high: z.number().nullable(), reason: z.enum(['not_given', 'too_few', 'nothing_to_divide_by', 'undated']).nullable() });
/** A past day of the workspace's zone, as of whose end figures are asked for. */
const asOf = day.optional();
/** The past day as of whose end figures are; null: now. */
const asOfShown = day.nullable();

export const MISSING = ['leads', 'stages', 'wins', 'orders', 'marketing_spend', 'sales_spend', 'margin', 'target', 'activities', 'ended', 'profit', 'older_orders', 'satisfaction', 'wallet', 'forecast', 'territories', 'industries', 'older_wins', 'market_spend', 'kind_of_work', 'marketing_wins'] as const;
export const metricView = figure.extend({
  id: z.string(), formula: z.string(), owner: z.enum([...SIDES, 'both']), source: z.string(), cited: z.string().describe('`source` as a table cites it'), unit: z.enum(['share', 'money', 'days', 'count', 'ratio', 'score']), needs: z.array(z.string()),
  missing: z.array(z.enum(MISSING)),
  /** Leads of the period have not yet had the time that half of the won leads took: how many of them are still open. */
  young: z.object({ open: count, days: count }).nullable(),
  /** Stages the figure is about, with what each means here. */
  means: z.array(z.object({ stage: z.string(), criteria: z.string(), term: z.uuid().nullable() })),
  /** By stage, or by the split asked for; a null label is "not said". */
  parts: z.array(figure.extend({ label: z.string().nullable() })),
});

/** Money of a period: what was added up, and what was not. */
const money = z.object({ total: z.number(), n: count, orders: count, deals: count, otherCurrency: count, withoutValue: count, covered: count });

export const numberView = z.object({
  goal: z.uuid(), period, currency: z.string(), target: z.number(), signedAt: instant, toDate: money,
  expected: figure.extend({ openLeads: count, closeRate: figure, averageOrder: figure, closingInTime: z.number() }),
  pace: figure.extend({ dueByToday: z.number() }),
});

const dashboardContent = z.object({ name: z.string().trim().min(1).max(120), metrics: z.array(z.string().max(60)).min(1).max(40), unit, split: z.enum(SPLITS) });
export const dashboardView = dashboardContent.extend({
  id: z.uuid(), madeBy: z.string(), changedAt: instant, version: z.number().int(),
  /** How often the reader gets it by mail. */
  mail: z.enum(MAIL_RHYTHMS).nullable(),
});

/** What stands behind a metric that counts no leads: an order, a customer, an account, a deal. */
const caseView = z.object({
  /** The customer's page. */
  party: z.uuid().nullable(), name: z.string().nullable(), at: instant.nullable(),
  /** Money that came in, gross profit or a score. */
  amount: z.number().nullable(),
  /** What it is seen beside: yearly spend with everybody, or what was foretold. */
  of: z.number().nullable(),
  /** Bought again; null where that is not asked. */
  again: z.boolean().nullable(), system: z.string().nullable(),
});

export const goalsContract = {
  dashboards: api.route({ method: 'GET', path: '/workspaces/{workspace}/dashboards', tags, summary: 'Saved sets of metrics' }).input(inWorkspace).output(z.array(dashboardView)),
  addDashboard: api.route({ method: 'POST', path: '/workspaces/{workspace}/dashboards', tags, summary: 'Save a set of metrics' }).input(inWorkspace.extend(dashboardContent.shape)).output(dashboardView),
  changeDashboard: api
    .route({ method: 'PATCH', path: '/workspaces/{workspace}/dashboards/{id}', tags, summary: 'Change a saved set, remove it, or take its removal back' })
    .input(one.extend({ version: z.number().int().positive() }).extend(dashboardContent.partial().shape).extend({ removed: z.boolean().optional() }))
    .output(dashboardView),
  dashboardFile: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/dashboards/{id}/file', tags, summary: 'A dashboard as PDF, now or as of the end of a past day' })
    .input(one.extend({ later: z.coerce.number().int().min(-60).max(0).default(0), asOf }))
    .output(z.file()),
  subscribe: api
    .route({ method: 'PUT', path: '/workspaces/{workspace}/dashboards/{id}/mail', tags, summary: 'Get a dashboard by mail each week or month, or no longer' })
    .input(one.extend({ every: z.enum(MAIL_RHYTHMS).nullable() }))
    .output(z.object({ every: z.enum(MAIL_RHYTHMS).nullable() })),
  goals: api.route({ method: 'GET', path: '/workspaces/{workspace}/goals', tags, summary: 'Shared targets, with every version and who signed it' }).input(inWorkspace).output(z.array(goalView)),
  propose: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/goals', tags, summary: 'Propose the shared target of a period, or a change of it; a head who proposes has signed' })
    .input(inWorkspace.extend({ unit, startsOn: day }).extend(goalTerms.shape))
    .output(goalView),
  sign: api.route({ method: 'POST', path: '/workspaces/{workspace}/goals/{id}/sign', tags, summary: 'Sign a waiting version for the function one heads' }).input(one.extend({ version: z.number().int().positive() })).output(goalView),
  withdraw: api.route({ method: 'POST', path: '/workspaces/{workspace}/goals/{id}/withdraw', tags, summary: 'Take a waiting version back' }).input(one.extend({ version: z.number().int().positive() })).output(goalView),
  number: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/number', tags, summary: 'The number: to date, expected and target of each period that is under way and has a signed target, quarter first; now, or as of the end of a past day' })
    .input(inWorkspace.extend({ asOf }))
    .output(z.object({ asOf: asOfShown, numbers: z.array(numberView), waiting: z.array(z.object({ goal: z.uuid(), period, waitsFor: z.array(side) })) })),
  metricCases: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/metrics/{metric}/cases', tags, summary: 'The orders, customers, accounts or deals behind a metric that counts no leads' })
    .input(inWorkspace.extend({
      metric: z.enum(CASE_METRICS), asOf, from: instant, until: instant, currency: z.string().regex(/^[A-Z]{3}$/).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100), offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
    }))
    .output(z.object({ total: count, rows: z.array(caseView) })),
  metrics: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/metrics', tags, summary: 'Every metric of a period with formula, owner, source and what is missing for it; now, or as of the end of a past day, with the periods counted from it' })
    .input(inWorkspace.extend({ unit: unit.default('quarter'), later: z.coerce.number().int().min(-60).max(0).default(0), split: z.enum(SPLITS).default('none'), asOf }))
    .output(z.object({
      /** The instants the period begins and, as far as it has gone by, ends at. */
      within: z.object({ from: instant, until: instant }),
      period, currency: z.string().nullable(), at: instant, asOf: asOfShown, metrics: z.array(metricView), money,
      leads: z.object({ total: count, open: count, inProgress: count, qualified: count, unqualified: count, groups: z.array(z.object({ label: z.string().nullable(), /** Of a source: online or offline; null where its name does not say, or there is none. */ medium: z.enum(['online', 'offline']).nullable(), leads: count, won: count, lost: count, recycled: count, open: count })) }),
    })),
};
