import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wilson } from '../lib/statistics/wilson';
import { createTestApp, type Person, type TestApp } from './testing/test-app';
import { bringLines, twoSystems } from './testing/two-systems';

let app: TestApp;
let owner: Person;

beforeAll(async () => {
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
});
afterAll(() => app.close());

const OLIST = join(process.env.LOCKSTEP_REFERENCE_DATA ?? '', 'olist');
const hasOlist = (process.env.LOCKSTEP_REFERENCE_DATA ?? '') !== '' && existsSync(OLIST);

/** Published data of a marketplace, through the importer and the projection; what the commands count of the same files is tested beside them. Skipped without the data. */
test.runIf(hasOlist)('marketplace leads and closed deals: the published sums come out of the database', { timeout: 120_000 }, async () => {
  const at = await twoSystems(owner);
  const put = (name: string) => bringLines(app, owner, at, at.marketing, [readFileSync(join(OLIST, name), 'utf8')]);
  await put('olist_marketing_qualified_leads_dataset.csv');
  await put('olist_closed_deals_dataset.csv');
  const query = async <Row extends Record<string, unknown>>(asked: ReturnType<typeof sql>) => (await app.db.inWorkspace(at.workspace, (tx) => tx.execute<Row>(asked))).rows;
  const rows = await query<{ channel: string | null; leads: number; won: number; other: number }>(sql`
    select channel, count(*)::int as leads, count(*) filter (where "end" = 'won')::int as won, count(*) filter (where "end" not in ('won', 'open'))::int as other from lead group by 1 order by 2 desc`);
  expect(rows.map(({ channel, leads, won, other }) => [channel, leads, won, Math.round((10_000 * won) / leads) / 100, other])).toEqual([
    ['organic_search', 2296, 271, 11.8, 0], ['paid_search', 1586, 195, 12.3, 0], ['social', 1350, 75, 5.56, 0], ['unknown', 1099, 179, 16.29, 0], ['direct_traffic', 499, 56, 11.22, 0], ['email', 493, 15, 3.04, 0],
    ['referral', 284, 24, 8.45, 0], ['other', 150, 4, 2.67, 0], ['display', 118, 6, 5.08, 0], ['other_publicities', 65, 3, 4.62, 0], [null, 60, 14, 23.33, 0],
  ]);
  const [all, won] = [rows.reduce((sum, row) => sum + row.leads, 0), rows.reduce((sum, row) => sum + row.won, 0)];
  const { low, high } = wilson(won, all);
  expect([all, won, ...[won / all, low, high].map((share) => (100 * share).toFixed(3))]).toEqual([8000, 842, '10.525', '9.871', '11.217']);
  // Won and not won differ from what is expected by the same number.
  const chiSquare = rows.reduce((sum, row) => sum + (row.won - (row.leads * won) / all) ** 2 / ((row.leads * won * (all - won)) / all ** 2), 0);
  expect(chiSquare.toFixed(2)).toBe('140.69');
  const days = await query<{ n: number; median: number; whole: number; exact: number }>(sql`
    with took as (select extract(epoch from ended_at - entered_at)::float8 / 86400 as days from lead where "end" = 'won')
    select count(*)::int as n, percentile_cont(0.5) within group (order by floor(days)) as median, avg(floor(days))::float8 as whole, avg(days)::float8 as exact from took`);
  expect(days.map(({ n, median, whole, exact }) => [n, median, whole.toFixed(2), exact.toFixed(2)])).toEqual([[842, 14, '48.44', '49.10']]);
  // And as the pages ask for them.
  const total = async (filters: object) => (await owner.client.pipeline.leads({ workspace: at.workspace, limit: 1, ...filters })).total;
  expect([await total({ medium: 'online' }), await total({ medium: 'offline' }), await total({ medium: 'unknown' })]).toEqual([6342, 284, 1374]);
  expect([await total({}), await total({ end: 'won' }), await total({ channel: '' }), await total({ channel: 'unknown', end: 'won' })]).toEqual([8000, 842, 60, 179]);
});
