import type { InferContractRouterOutputs } from '@orpc/contract';
import type { z } from 'zod';
import { wallClock } from '../../../lib/zoned-time';
import { spendBySide } from '../../customers/public';
import { customerSums, endedStays, forecastSums, leadCycles, leadSums, marketSums, mediumOf, metrics, metricStages, moneySums, ratesByActivity, satisfactionScores, usualCurrency, workSums, type LeadSums, type Metric, type MetricId, type Stays } from '../../pipeline/public';
import { workspaceFacts } from '../../workspace/public';
import type { goalsContract, MISSING, metricView } from '../contract';
import { periodOf, type PeriodUnit } from '../domain/periods';
import type { MetricSplit } from '../domain/splits';
import { inForce } from '../domain/signing';
import { listGoals } from '../repo';
import { stillYoung } from '../domain/young';
import { dayOf, elapsed, figureOf, leadsExpectation, orderAverage, stretchOf, type At } from './figures';
import { presentMoney } from './read-number';

type Answer = InferContractRouterOutputs<typeof goalsContract>['metrics'];
type MetricView = z.infer<typeof metricView>;
type Missing = (typeof MISSING)[number];
type Asked = { unit: PeriodUnit; later: number; split: MetricSplit };

const facts = async (scope: At, { unit, later, split }: Asked) => {
  const { tx, workspaceId, now, asOf } = scope;
  const { timeZone } = await workspaceFacts(tx);
  const period = periodOf(unit, wallClock(now, timeZone).slice(0, 10), later);
  const whole = stretchOf(period, timeZone);
  const within = elapsed(whole, now);
  const goal = (await listGoals(tx, { asOf })).find((row) => row.unit === unit && row.startsOn === period.startsOn);
  const target = goal ? (inForce(goal.versions) ?? null) : null;
  const said = target?.currency ?? (await usualCurrency(tx, workspaceId, asOf));
  const currency = said ?? 'XXX';
  const [total] = await leadSums(tx, workspaceId, within, 'none', asOf);
  return {
    timeZone, period, whole, within, target, said, total: total ?? { part: null, leads: 0, qualified: 0, salesQualified: 0, won: 0, lost: 0, recycled: 0, open: 0, untouched: 0 },
    money: await moneySums(tx, workspaceId, within, currency, asOf), spend: await spendBySide(tx, workspaceId, { ...within, currency, asOf }),
    leads: await leadsExpectation(scope, await orderAverage(scope, currency)), stays: await endedStays(tx, workspaceId, within, asOf), stages: await metricStages(tx),
    customers: await customerSums(tx, workspaceId, within, currency, asOf), scores: await satisfactionScores(tx, workspaceId), forecasts: await forecastSums(tx, workspaceId, within, asOf), activities: await ratesByActivity(tx, workspaceId, within, asOf),
    cycles: await leadCycles(tx, workspaceId, within, split, asOf), markets: await marketSums(tx, workspaceId, within, currency, asOf), work: await workSums(tx, workspaceId, within, currency, asOf),
  };
};
type Facts = Awaited<ReturnType<typeof facts>>;

const youngOf = (id: MetricId, { total, within, leads }: Facts, now: Date): MetricView['young'] => (id === 'lead_to_order' ? stillYoung(total.open, within.until, leads.fates.won, now) : null);

const conversions: Partial<Record<MetricId, (row: LeadSums, known: Facts['leads']['standing']) => Metric>> = {
  lead_to_mql: (row, known) => metrics.conversionRate(known.anyQualified ? row.qualified : null, row.leads),
  mql_to_sql: (row, known) => metrics.conversionRate(known.anySalesQualified ? row.salesQualified : null, row.qualified),
  lead_to_order: (row, known) => metrics.conversionRate(known.anyWon ? row.won : null, row.leads),
};

const staysOf = (row: Stays | undefined): Metric => metrics.timeInStage(row ? { median: row.median, n: row.n } : null);

const rateOf = (row: { won: number; ended: number } | undefined): Metric => metrics.conversionRate(row?.won ?? 0, row?.ended ?? 0);

const perWin = (row: { spent: number; won: number } | null): Metric => metrics.spendPerWin(row?.spent ?? null, row?.won ?? 0);

const retentionOf = ({ customers }: Facts): Metric => metrics.conversionRate(customers.earlier === null ? null : customers.kept, customers.earlier);

/** Metrics of customers and of what was foretold; each of them rests on columns that many exports lack. */
const ofCustomers: Partial<Record<MetricId, (all: Facts) => Metric>> = {
  close_rate_by_activity: ({ activities }) => (activities === null ? metrics.conversionRate(null, null) : rateOf(activities.find(({ type }) => type === null))),
  margin_per_customer: ({ customers }) => metrics.marginPerCustomer(customers.profit, customers.profitCustomers),
  customer_retention: retentionOf,
  customer_lifetime_value: (all) => metrics.lifetimeValue(all.money.given ? { total: all.customers.revenue, customers: all.customers.customers } : null, all.target?.margin ?? null, retentionOf(all)),
  customer_satisfaction: ({ scores }) => metrics.meanScore(scores[0] ?? null),
  share_of_wallet: ({ customers, money }) => metrics.shareOfWallet(money.given ? customers.wallets : null),
  forecast_accuracy: ({ forecasts }) => metrics.forecastAccuracy(forecasts),
  closings: ({ money }) => metrics.counted(money.closings > 0 || money.given ? money.closings : null),
  sales_cycle: ({ cycles, leads }) => metrics.timeInStage(leads.standing.anyWon ? (cycles.all ?? { median: 0, n: 0 }) : null),
  market_entry_cost: ({ markets }) => metrics.marketEntryCost(markets.territories && markets.spendByTerritory && markets.wonBefore ? markets.spent : null, markets.markets),
  new_segments: ({ markets }) => metrics.counted(markets.industries && markets.wonBefore ? markets.segments : null),
  spend_by_work: ({ work }) => perWin(work?.find(({ kind }) => kind === null) ?? null),
};

const metricOf = (id: MetricId, all: Facts, now: Date): Metric => {
  const { money, spend, target, leads, total, whole } = all;
  const revenue = money.given ? money.total : null;
  const quota = target ? (target.quota ?? target.amount) : null;
  const spent = (side: 'sales' | 'marketing') => (spend[side].given ? spend[side].total : null);
  switch (id) {
    case 'expected_lead_revenue': return leads.expected;
    case 'expected_share_of_quota': return metrics.expectedShareOfQuota(leads.expected, quota);
    case 'average_order_size': return metrics.averageOrderSize(money.given ? money : null);
    case 'time_in_stage': return staysOf(all.stays.find((row) => row.stageId === null));
    case 'acquisition_cost': return metrics.acquisitionCost(spent('marketing'), spent('sales'), money.given ? money.newCustomers : null);
    case 'return_on_marketing': return metrics.returnOnMarketing(revenue === null || !target?.margin ? null : money.marketing * target.margin, spent('marketing'), money.marketingN);
    case 'revenue_against_target': return metrics.revenueAgainstTarget(revenue, target && { amount: target.amount, from: whole.from.getTime(), until: whole.until.getTime() }, now.getTime(), money.n);
    case 'share_of_quota': return metrics.shareOfQuota(revenue, quota, money.n);
    case 'new_customers': return metrics.newCustomers(money.given ? money.newCustomers : null);
    case 'sales_expense_ratio': return metrics.salesExpenseRatio(spent('sales'), revenue, money.n);
    default: return ofCustomers[id]?.(all) ?? conversions[id]?.(total, leads.standing) ?? metrics.conversionRate(null, null);
  }
};

/** What a metric rests on; what of it this workspace does not have yet is said. */
const RESTS_ON: Readonly<Record<MetricId, readonly Missing[]>> = {
  lead_to_mql: ['leads', 'stages'], mql_to_sql: ['leads', 'stages'], lead_to_order: ['leads', 'wins'], expected_lead_revenue: ['leads', 'wins', 'orders'], expected_share_of_quota: ['leads', 'wins', 'orders', 'target'],
  average_order_size: ['orders'], time_in_stage: ['stages'], acquisition_cost: ['marketing_spend', 'sales_spend', 'orders'], return_on_marketing: ['marketing_spend', 'orders', 'margin'],
  revenue_against_target: ['orders', 'target'], share_of_quota: ['orders', 'target'], new_customers: ['orders'], sales_expense_ratio: ['sales_spend', 'orders'],
  close_rate_by_activity: ['activities', 'ended'], margin_per_customer: ['profit'], customer_retention: ['older_orders'], customer_lifetime_value: ['older_orders', 'margin'], customer_satisfaction: ['satisfaction'],
  share_of_wallet: ['orders', 'wallet'], forecast_accuracy: ['forecast'], closings: ['orders'], sales_cycle: ['leads', 'wins'], market_entry_cost: ['territories', 'market_spend', 'older_wins'], new_segments: ['industries', 'older_wins'],
  spend_by_work: ['kind_of_work', 'marketing_wins'],
};

const lacking = (id: MetricId, all: Facts): Missing[] => {
  const { standing } = all.leads;
  const has: Record<Missing, boolean> = {
    leads: standing.leads > 0, wins: standing.anyWon, orders: all.money.given, target: all.target !== null, margin: all.target?.margin != null, marketing_spend: all.spend.marketing.given, sales_spend: all.spend.sales.given,
    activities: all.activities !== null, ended: standing.anyEnded, profit: all.customers.profit !== null, older_orders: all.customers.earlier !== null, satisfaction: all.scores.length > 0,
    wallet: all.customers.wallets !== null, forecast: all.forecasts !== null,
    territories: all.markets.territories, industries: all.markets.industries, older_wins: all.markets.wonBefore, market_spend: all.markets.spendByTerritory, kind_of_work: all.work !== null,
    marketing_wins: all.work === null || all.work.some(({ won }) => won > 0),
    stages: id === 'time_in_stage' ? all.stays.length > 0 : id === 'mql_to_sql' ? standing.anySalesQualified : standing.anyQualified,
  };
  return RESTS_ON[id].filter((need) => !has[need]);
};

const ROLES_OF: Partial<Record<MetricId, readonly string[]>> = { lead_to_mql: ['qualified'], mql_to_sql: ['qualified', 'sales_qualified'], lead_to_order: ['won'] };

/** Several pipelines may have a stage of one name that means the same: it is told once. */
const meansOf = (id: MetricId, all: Facts): MetricView['means'] => {
  const means = all.stages.filter(({ role }) => role && ROLES_OF[id]?.includes(role)).map(({ name, criteria, termId }) => ({ stage: name, criteria, term: termId }));
  return [...new Map(means.map((each) => [JSON.stringify(each), each])).values()];
};

const partsOf = (id: MetricId, all: Facts, groups: readonly LeadSums[]): MetricView['parts'] => {
  if (id === 'time_in_stage') return all.stages.flatMap((stage) => all.stays.filter((row) => row.stageId === stage.id).map((row) => ({ label: stage.name, ...figureOf(staysOf(row)) })));
  if (id === 'close_rate_by_activity') return (all.activities ?? []).flatMap((row) => (row.type === null ? [] : [{ label: row.type, ...figureOf(rateOf(row)) }]));
  if (id === 'customer_satisfaction') return all.scores.map(({ system, ...score }) => ({ label: system, ...figureOf(metrics.meanScore(score)) }));
  if (id === 'spend_by_work') return (all.work ?? []).flatMap((row) => (row.kind === null ? [] : [{ label: row.kind, ...figureOf(perWin(row)) }]));
  if (id === 'sales_cycle') return groups.length === 0 ? [] : all.cycles.parts.map(({ part, ...row }) => ({ label: part, ...figureOf(metrics.timeInStage(row)) }));
  const each = conversions[id];
  return each ? groups.map((row) => ({ label: row.part, ...figureOf(each(row, all.leads.standing)) })) : [];
};

/** Every metric of the period, whether it can be told or not. */
export const readMetrics = async (scope: At, asked: Asked): Promise<Answer> => {
  const all = await facts(scope, asked);
  const groups = await leadSums(scope.tx, scope.workspaceId, all.within, asked.split === 'none' ? 'origin' : asked.split, scope.asOf);
  const { total } = all;
  return {
    within: { from: all.within.from.toISOString(), until: all.within.until.toISOString() }, period: all.period, currency: all.said, at: scope.now.toISOString(), asOf: dayOf(scope, all.timeZone), money: presentMoney(all.money),
    metrics: metrics.METRICS.map((definition): MetricView => {
      const told = { ...definition, missing: lacking(definition.id, all), young: youngOf(definition.id, all, scope.now), means: meansOf(definition.id, all) };
      if (scope.asOf && metrics.UNDATED.includes(definition.id)) return { ...told, ...figureOf(metrics.undated), parts: [] };
      return { ...told, ...figureOf(metricOf(definition.id, all, scope.now)), parts: partsOf(definition.id, all, asked.split === 'none' ? [] : groups) };
    }),
    leads: {
      total: total.leads, open: total.untouched, inProgress: Math.max(0, total.open - total.untouched), qualified: total.won, unqualified: total.lost + total.recycled,
      groups: groups.map(({ part, leads, won, lost, recycled, open }) => ({ label: part, medium: asked.split === 'channel' && part !== null ? mediumOf(part) : null, leads, won, lost, recycled, open })),
    },
  };
};
