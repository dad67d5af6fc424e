import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FunnelReport } from './commands/funnel-files';
import type { SurviveReport } from './commands/survive-file';
import { jsonOf } from './files.test-support';
import { siftColumns } from './domain/answers/leaks';
import type { AnswerLead } from './domain/answers/records';
import { runFunnel } from './funnel-cli';
import { readCsv } from '../../platform/files/read-csv';
import { TABLE_LIMITS } from '../../platform/files/limits';
import { runSurvive } from './survive-cli';

const folder = process.env.LOCKSTEP_REFERENCE_DATA ?? '';
const has = (...path: string[]) => folder !== '' && existsSync(join(folder, ...path));
const digits = (value: number | null | undefined, places: number) => Number((value ?? NaN).toFixed(places));

/** Published data sets, read by the commands. Skipped without the data. */
describe.runIf(has('olist'))('marketplace leads and closed deals', async () => {
  const files = ['olist_marketing_qualified_leads_dataset.csv', 'olist_closed_deals_dataset.csv'].map((name) => join(folder, 'olist', name));
  const report = has('olist') ? await jsonOf<FunnelReport>(runFunnel, files) : undefined;

  it('counts and rate', () => {
    expect(report).toMatchObject({ entrants: 8000, won: 842, lost: 0, open: 7158, winRate: null });
    expect([report?.rate, ...(report?.wilson95 ?? [])].map((share) => digits(100 * (share ?? NaN), 3))).toEqual([10.525, 9.871, 11.217]);
    expect(report?.columns).toMatchObject({ key: 'mql_id', dealKey: 'mql_id', entered: 'first_contact_date', source: 'origin', won: 'won_date', outcome: null });
  });
  it('by origin', () => {
    expect(report?.bySource.map(({ source, entrants, won, rate }) => [source, entrants, won, digits(100 * rate, 2)])).toEqual([
      ['organic_search', 2296, 271, 11.8],
      ['paid_search', 1586, 195, 12.3],
      ['social', 1350, 75, 5.56],
      ['unknown', 1099, 179, 16.29],
      ['direct_traffic', 499, 56, 11.22],
      ['email', 493, 15, 3.04],
      ['referral', 284, 24, 8.45],
      ['other', 150, 4, 2.67],
      ['display', 118, 6, 5.08],
      ['other_publicities', 65, 3, 4.62],
      ['', 60, 14, 23.33],
    ]);
    expect([digits(report?.sourceTest?.chiSquare, 2), report?.sourceTest?.df]).toEqual([140.69, 10]);
  });
  it('days to won, and the deal won before its first contact', () => {
    const { n, mean, median, meanWithFractions, beforeEntry } = report?.daysToWon ?? {};
    expect([n, median, digits(mean, 2), digits(meanWithFractions, 2), beforeEntry]).toEqual([842, 14, 48.44, 49.1, 1]);
    expect(report?.warnings.join()).toContain('1 lead was won before its first contact');
  });
  it('marks every cohort of 2017, and none of 2018', () => {
    expect(report?.cohorts.map(({ month, mark }) => [month, mark])).toEqual([
      ...['2017-06', '2017-07', '2017-08', '2017-09', '2017-10', '2017-11', '2017-12'].map((month) => [month, 'cut off at the left']),
      ...['2018-01', '2018-02', '2018-03', '2018-04', '2018-05'].map((month) => [month, null]),
    ]);
  });
});

describe.runIf(has('maven-crm'))('opportunities of a hardware seller', () => {
  const opportunities = join(folder, 'maven-crm', 'sales_pipeline.csv');

  it('counts, value, cycle and velocity', async () => {
    const report = await jsonOf<FunnelReport>(runFunnel, [opportunities]);
    expect(report).toMatchObject({ entrants: 8800, won: 4238, lost: 2473, open: 1589 + 500 });
    expect(digits(100 * (report.winRate ?? NaN), 3)).toBe(63.15);
    expect([report.value?.total, digits(report.value?.mean, 3), report.value?.median]).toEqual([10_005_534, 2360.909, 1117]);
    expect([digits(report.daysToWon.mean, 3), report.daysToWon.median]).toEqual([51.782, 57]);
    expect([report.velocity?.decided, digits(report.velocity?.meanDays, 6), digits(report.velocity?.perDay, 2)]).toEqual([6711, 47.985397, 208_512.06]);
  });
  it('a product spelled in two ways is said with what an exact join would lose', async () => {
    const { warnings } = await jsonOf<FunnelReport>(runFunnel, [opportunities, join(folder, 'maven-crm', 'products.csv'), '--source', 'series']);
    expect(warnings.join('\n')).toMatch(/“GTXPro” in “product” is “GTX Pro” in the second file: 1,480 rows, 1,147 of them won or lost/);
  });
  it('blank accounts are said', async () => {
    const { warnings, bySource } = await jsonOf<FunnelReport>(runFunnel, [opportunities, join(folder, 'maven-crm', 'accounts.csv'), '--source', 'sector']);
    expect(warnings.join('\n')).toContain('1,425 rows have no “account”');
    expect(bySource.find(({ source }) => source === '')?.entrants).toBe(1425);
  });
});

/** Rows of a file as leads whose columns are all attributes. */
const asLeads = (path: string, won: (row: Record<string, string>) => boolean): AnswerLead[] => {
  const { headings, rows } = readCsv(readFileSync(path), TABLE_LIMITS);
  return rows.map(({ cells }, at) => {
    const attributes = Object.fromEntries(headings.map((heading, column) => [heading, cells[column] || null]));
    return { id: String(at), origin: null, source: '', outcome: won(Object.fromEntries(headings.map((heading, column) => [heading, cells[column] ?? '']))) ? 'won' : 'open', entered: 0, decided: null, attributes };
  });
};

describe.runIf(has('olist') && has('maven-crm'))('columns that give real outcomes away', () => {
  const won = ({ outcome }: AnswerLead) => outcome === 'won';
  it('what is known of closed deals only explains nothing', () => {
    const deals = new Map(asLeads(join(folder, 'olist', 'olist_closed_deals_dataset.csv'), () => true).map((deal) => [deal.attributes.mql_id, deal.attributes]));
    const leads = asLeads(join(folder, 'olist', 'olist_marketing_qualified_leads_dataset.csv'), ({ mql_id }) => deals.has(mql_id ?? '')).map((lead) => ({
      ...lead,
      attributes: { ...lead.attributes, ...deals.get(lead.attributes.mql_id ?? '') },
    }));
    const { columns, leftOut } = siftColumns(leads, ['mql_id', 'landing_page_id', 'origin', 'business_segment', 'lead_type', 'lead_behaviour_profile', 'sr_id'], won);
    expect(columns).toEqual(['landing_page_id', 'origin']);
    expect(leftOut.map(({ column, reason }) => [column, reason])).toEqual([
      ['mql_id', 'nearly every lead differs'],
      ...['business_segment', 'lead_type', 'lead_behaviour_profile', 'sr_id'].map((column) => [column, 'filled only after the outcome']),
    ]);
  });
  it('accounts that only open deals leave blank, stage, close date and value', () => {
    const leads = asLeads(join(folder, 'maven-crm', 'sales_pipeline.csv'), ({ deal_stage }) => deal_stage === 'Won');
    const { columns, leftOut } = siftColumns(leads, ['sales_agent', 'product', 'account', 'deal_stage', 'close_date', 'close_value'], won);
    expect(columns).toEqual(['sales_agent', 'product']);
    expect(leftOut.map(({ column }) => column)).toEqual(['account', 'deal_stage', 'close_date', 'close_value']);
  });
});

describe.runIf(has('survival'))('lung cancer', () => {
  const call = [join(folder, 'survival', 'lung.csv'), '--time', 'time', '--event', 'status', '--event-value', '2'];

  it('median with its interval, and the share left after a year', async () => {
    const { groups, logRank } = await jsonOf<SurviveReport>(runSurvive, [...call, '--at', '365']);
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ by: null, n: 228, events: 165, median: 310, ci95: [285, 363] });
    expect(digits(groups[0]?.at[0]?.survival, 3)).toBe(0.409);
    expect(logRank).toBeNull();
  });
  it('by sex', async () => {
    const { groups, logRank } = await jsonOf<SurviveReport>(runSurvive, [...call, '--by', 'sex']);
    expect(groups.map(({ by, median }) => [by, median])).toEqual([['1', 270], ['2', 426]]);
    expect([digits(logRank?.chiSquare, 4), logRank?.df, digits(logRank?.p, 4)]).toEqual([10.3267, 1, 0.0013]);
  });
});
