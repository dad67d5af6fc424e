import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { jobs } from '../src/app/features';
import { computeAnswers, type Computed } from '../src/features/pipeline/answer-compute';
import { answerData, type AnswerData } from '../src/features/pipeline/answer-data';
import { openDatabase } from '../src/platform/db/database';
import { migrate } from '../src/platform/db/migrate';
import { APP_ROLE, startEngine } from '../src/platform/engine/engine';
import { freePort, startApp } from '../src/platform/testing/app-process';
import { bring, openDuck, type Duck } from './support/duckdb';
import { seedLeads, seedWorkspace, type Place } from './support/seed-pipeline';

/**
 * Pages and answers over a pipeline of LOCKSTEP_BENCH_PIPELINE leads (100000; several sizes by commas) with four steps of the log each and
 * LOCKSTEP_BENCH_TOUCHES touches each (2), beside DuckDB counting the same figures from the same rows. It fails where a figure differs.
 */
const SIZES = (process.env.LOCKSTEP_BENCH_PIPELINE ?? '100000').split(',').map(Number);
const TOUCHES = Number(process.env.LOCKSTEP_BENCH_TOUCHES ?? 2);
const BAR = { pageMs: 300, answersSeconds: 60 };
const ASKED = 40;
/** Looks that each follow a change of one lead. */
const CHANGES = 20;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const round = (value: number, places = 1): number => Number(value.toFixed(places));
const quantile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
const load = (): number => round(loadavg()[0] ?? 0);

const PAGES: readonly (readonly [name: string, path: string])[] = [
  ['two counts', 'two-counts?rule=sales'], ['an opened row of the two counts', 'two-counts/rows/worked?rule=sales'], ['pipelines with counts', 'pipelines'], ['metrics of a year', 'metrics?unit=year&later=0&split=channel'],
  ['what the answers say', 'answers'], ['what data carry', 'answers/carries'],
];

/** Each page many times; the first of them counts all leads, as does the first after all of them changed; after a change of one lead, its portion is counted. */
async function* pages(url: string, owner: pg.Client, { workspaceId, secret }: Place, of: string): AsyncGenerator<Record<string, unknown>> {
  const once = async (path: string): Promise<number> => {
    const began = performance.now();
    const response = await fetch(`${url}/api/workspaces/${workspaceId}/${path}`, { headers: { authorization: `Bearer ${secret}` } });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return performance.now() - began;
  };
  for (const [name, path] of PAGES) {
    const first = await once(path);
    const waits: number[] = [];
    for (let at = 0; at < ASKED; at++) waits.push(await once(path));
    const changed: number[] = [];
    for (let at = 0; at < CHANGES; at++) {
      await owner.query('update lead_revision set revision = gen_random_uuid() where workspace_id = $1 and portion in (-1, $2)', [workspaceId, at]);
      changed.push(await once(path));
    }
    await owner.query('update lead_revision set revision = gen_random_uuid() where workspace_id = $1', [workspaceId]);
    const afterAll = Math.round(await once(path));
    yield { figure: `${name}, ${of}`, value: round(quantile(waits, 0.95)), unit: 'ms p95', target: BAR.pageMs, p50: round(quantile(waits, 0.5)), firstMs: Math.round(first), afterOneLeadMsP95: round(quantile(changed, 0.95)), afterAllMs: afterAll, n: ASKED, nAfterOne: CHANGES, load: load() };
  }
}

type Check = { name: string; ours: unknown; sql: string; shape: (rows: Record<string, unknown>[]) => unknown };

const pairs = (rows: Record<string, unknown>[], ...columns: string[]): string[] => rows.map((row) => columns.map((column) => String(row[column] ?? '')).join('|')).toSorted();

const VISITS = `with moves as (select l.lead, l.moved, l.stage, l.position, l.outcome, l.reason, lead(l.moved) over w as next_moved, lead(l.outcome) over w as next_outcome, lead(l.position) over w as next_position, lead(l.reason) over w as next_reason
  from log l semi join looked k on k.id = l.lead window w as (partition by l.lead order by l.moved, l.position)), visit as (select * from moves where outcome = 'open')`;

const checksOf = (found: Computed): Check[] => {
  const months = found.usefulness.content.basis.leftOutCohorts.map((month) => `'${month}'`).join(',') || `''`;
  return [
    { name: 'funnel by cohort and source', ours: [...pairs(found.funnel.content.cohorts, 'month', 'entrants', 'won', 'lost'), ...pairs(found.funnel.content.splits.channel, 'value', 'entrants', 'won', 'lost')],
      sql: `select 1 as part, strftime(entered, '%Y-%m') as name, count(*) as entrants, count(*) filter (where outcome = 'won') as won, count(*) filter (where outcome = 'lost') as lost from leads group by 2
            union all select 2, channel, count(*), count(*) filter (where outcome = 'won'), count(*) filter (where outcome = 'lost') from leads group by 2`,
      shape: (rows) => ['1', '2'].flatMap((part) => pairs(rows.filter((row) => String(row.part) === part), 'name', 'entrants', 'won', 'lost')) },
    { name: 'usefulness by origin and source', ours: [...pairs(found.usefulness.content.byOrigin, 'name', 'entrants', 'won'), ...pairs(found.usefulness.content.bySource, 'name', 'entrants', 'won')],
      sql: `with fit as (select l.* from leads l semi join looked k on k.id = l.id where strftime(entered, '%Y-%m') not in (${months}))
            select 1 as part, origin as name, count(*) as entrants, count(*) filter (where outcome = 'won') as won from fit group by 2 union all select 2, channel, count(*), count(*) filter (where outcome = 'won') from fit group by 2`,
      shape: (rows) => ['1', '2'].flatMap((part) => pairs(rows.filter((row) => String(row.part) === part), 'name', 'entrants', 'won')) },
    { name: 'where leads slow: stays and medians (Kaplan-Meier)', ours: pairs(found.slow.content.stages.filter(({ stays }) => stays > 0).map(({ stage, stays, waiting, medianDays }) => ({ stage, stays, waiting, median: medianDays === null ? '' : medianDays.toFixed(6) })), 'stage', 'stays', 'waiting', 'median'),
      sql: `${VISITS}, stay as (select stage, (epoch_us(coalesce(next_moved, :now)) - epoch_us(moved)) / 86400000000.0 as days, next_moved is not null as ended from visit),
            risk as (select stage, days, count(*) filter (where ended) as d, sum(count(*)) over (partition by stage order by days desc) as n from stay group by 1, 2),
            curve as (select stage, days, exp(sum(case when d = n then -1e9 else ln(1 - d / n) end) over (partition by stage order by days)) as s from risk where d > 0)
            select v.stage, count(*) as stays, count(*) filter (where next_moved is null) as waiting, (select printf('%.6f', (min(days) filter (where s <= 0.5 + 1e-9) + min(days) filter (where s < 0.5 - 1e-9)) / 2) from curve c where c.stage = v.stage) as median from visit v group by 1`,
      shape: (rows) => pairs(rows, 'stage', 'stays', 'waiting', 'median') },
    { name: 'where leads drop out, with reasons', ours: found.dropout.content.stages.flatMap(({ stage, reasons }) => pairs(reasons.map((row) => ({ stage, ...row })), 'stage', 'reason', 'count')).toSorted(),
      sql: `${VISITS}, last as (select *, row_number() over (partition by lead order by moved desc, position desc) as back from visit)
            select stage, next_reason as reason, count(*) as count from last where back = 1 and next_outcome = 'lost' group by 1, 2`,
      shape: (rows) => pairs(rows, 'stage', 'reason', 'count') },
    { name: 'marks of converting leads', ours: pairs(found.converting.content.marks.map(({ column, value, n, rate }) => ({ column, value, n, won: Math.round(rate * n) })), 'column', 'value', 'n', 'won'),
      sql: `with fit as (select l.* from leads l semi join looked k on k.id = l.id where strftime(entered, '%Y-%m') not in (${months}))
            select * from (select 'source' as "column", channel as value, count(*) as n, count(*) filter (where outcome = 'won') as won from fit group by 2 union all
            select 'industry', industry, count(*), count(*) filter (where outcome = 'won') from fit group by 2 union all select 'territory', territory, count(*), count(*) filter (where outcome = 'won') from fit group by 2) where n >= 20`,
      shape: (rows) => pairs(rows, 'column', 'value', 'n', 'won') },
  ];
};

const beside = async (duck: Duck, ownerUrl: string, folder: string, { workspaceId }: Place, data: AnswerData, now: Date, found: Computed) => {
  const own = `workspace_id = '${workspaceId}'`;
  await bring(duck, ownerUrl, { table: 'leads', path: join(folder, 'leads.csv'), query: `select l.id, l.origin, l.channel, l."end" as outcome, l.entered_at at time zone 'UTC' as entered, r.data ->> 'industry' as industry, r.data ->> 'territory' as territory from lead l join record r on r.workspace_id = l.workspace_id and r.id = l.id where l.${own}` });
  await bring(duck, ownerUrl, { table: 'log', path: join(folder, 'log.csv'), query: `select e.lead_id as lead, e.at at time zone 'UTC' as moved, s.name as stage, s.position, case when s.role in ('won', 'lost', 'recycled') then s.role else 'open' end as outcome, e.reason from stage_event e join stage s on s.workspace_id = e.workspace_id and s.id = e.stage_id where e.${own}` });
  await duck.rows(`create table looked as select unnest([${data.leads.map(({ id }) => `'${id}'::uuid`).join(',')}]) as id`);
  const figures: { name: string; seconds: number; agrees: boolean }[] = [];
  for (const { name, ours, sql, shape } of checksOf(found)) {
    const began = performance.now();
    const rows = await duck.rows(sql.replaceAll(':now', `'${now.toISOString().slice(0, -1)}'::timestamp`));
    const seconds = (performance.now() - began) / 1000;
    const theirs = shape(rows);
    if (JSON.stringify(theirs) !== JSON.stringify(ours)) throw new Error(`DuckDB counts ${name} otherwise: ${JSON.stringify(theirs).slice(0, 600)} and not ${JSON.stringify(ours).slice(0, 600)}`);
    figures.push({ name, seconds, agrees: true });
  }
  return figures;
};

async function* ofSize(leads: number): AsyncGenerator<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-answers-'));
  chmodSync(folder, 0o700);
  const engine = await startEngine({ dataDir: folder, log: silent, doing: 'a bench' });
  const owner = new pg.Client({ connectionString: engine.ownerUrl });
  const db = openDatabase(engine.appUrl, () => undefined, 2);
  const of = `${leads.toLocaleString('en')} leads / ${(leads * 4).toLocaleString('en')} steps of the log`;
  try {
    await migrate(engine.ownerUrl, { appRole: APP_ROLE, queues: jobs.map((job) => job.name) });
    const place = await seedWorkspace(engine.appUrl);
    await seedLeads(engine.ownerUrl, place, leads, TOUCHES);
    const now = new Date('2026-01-15T00:00:00Z');
    const [began, before] = [performance.now(), load()];
    const data = await db.inWorkspace(place.workspaceId, (tx) => answerData(tx, place.workspaceId, now));
    const read = (performance.now() - began) / 1000;
    const found = computeAnswers(data);
    const whole = (performance.now() - began) / 1000;
    yield { figure: `all answers in the background, ${of}`, value: round(whole), unit: 's', target: BAR.answersSeconds, readSeconds: round(read), computeSeconds: round(whole - read), lookedAt: data.leads.length, n: 1, loadBefore: before, load: load() };
    const duck = await openDuck();
    if (typeof duck === 'string') yield { figure: `the answers beside DuckDB, ${of}`, skipped: duck };
    else {
      const beheld = await beside(duck, engine.ownerUrl, folder, place, data, now, found);
      duck.close();
      const total = beheld.reduce((sum, { seconds }) => sum + seconds, 0);
      yield { figure: `the answers beside DuckDB, ${of}`, value: round(whole / total), unit: 'times DuckDB', target: null, duckSeconds: round(total, 3), figures: beheld.map(({ name, seconds, agrees }) => ({ name, duckSeconds: round(seconds, 3), agrees })), load: load() };
    }
    await owner.connect();
    const app = await startApp({ dataDir: join(folder, 'app'), port: await freePort(), env: { DATABASE_URL: engine.appUrl, DATABASE_OWNER_URL: engine.ownerUrl, LOG_LEVEL: 'error' } });
    try {
      yield* pages(app.url, owner, place, of);
    } finally {
      await app.end('SIGTERM');
    }
  } finally {
    await owner.end().catch(() => undefined);
    await db.close();
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function* run(): AsyncGenerator<Record<string, unknown>> {
  for (const leads of SIZES) yield* ofSize(leads);
}
