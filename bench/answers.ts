import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { jobs } from '../src/app/features';
import { computeAnswers, type Computed } from '../src/features/pipeline/answer-compute';
import { CONTENTS } from '../src/features/pipeline/answer-contract';
import { answerData } from '../src/features/pipeline/answer-data';
import { saveAnswers } from '../src/features/pipeline/answer-repo';
import { revisionOf } from '../src/features/pipeline/revision';
import { openDatabase } from '../src/platform/db/database';
import { migrate } from '../src/platform/db/migrate';
import { APP_ROLE, startEngine } from '../src/platform/engine/engine';
import { freePort, startApp } from '../src/platform/testing/app-process';
import { beside, metricsBeside, type Beside, type MetricsShown } from './support/answers-beside';
import { openDuck, type Duck } from './support/duckdb';
import { seedLeads, seedWorkspace, type Place } from './support/seed-pipeline';

/**
 * Pages and answers over a pipeline of LOCKSTEP_BENCH_PIPELINE leads (100000; several sizes by commas) with four steps of the log each and
 * LOCKSTEP_BENCH_TOUCHES touches each (2), beside DuckDB counting the same figures from the same rows. It fails where a figure differs.
 */
const SIZES = (process.env.LOCKSTEP_BENCH_PIPELINE ?? '100000').split(',').map(Number);
const TOUCHES = Number(process.env.LOCKSTEP_BENCH_TOUCHES ?? 2);
const BAR = { pageMs: 300, answersSeconds: 60 };
const ASKED = 40;
/** Looks that each follow a change of one lead; of a past day fewer, since each reads the whole log. */
const CHANGES = 20;
const CHANGES_OF_A_PAST_DAY = 3;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const round = (value: number, places = 1): number => Number(value.toFixed(places));
const quantile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
const load = (): number => round(loadavg()[0] ?? 0);

const METRICS_PATH = 'metrics?unit=year&later=-1&split=channel';
const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const PAGES: readonly (readonly [name: string, path: string])[] = [
  ['two counts', 'two-counts?rule=sales'], ['two counts of a past day', `two-counts?rule=sales&asOf=${YESTERDAY}`], ['an opened row of the two counts', 'two-counts/rows/worked?rule=sales'], ['pipelines with counts', 'pipelines'], ['metrics of a year', METRICS_PATH],
  ['the funnel of a past day', `answers/funnel?asOf=${YESTERDAY}`], ['metrics of a year as of a past day', `${METRICS_PATH}&asOf=${YESTERDAY}`],
  ['what the answers say', 'answers'], ['what data carry', 'answers/carries'],
];

const ANSWERS = ['usefulness', 'slow', 'dropout', 'fast', 'converting', 'funnel'] as const;

type Get = (path: string) => Promise<{ ms: number; body: unknown }>;

const getter = (url: string, { workspaceId, secret }: Place): Get => async (path) => {
  const began = performance.now();
  const response = await fetch(`${url}/api/workspaces/${workspaceId}/${path}`, { headers: { authorization: `Bearer ${secret}` } });
  const text = await response.text();
  const ms = performance.now() - began;
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return { ms, body: JSON.parse(text) as unknown };
};

const besideOf = (ms: number, duck: Beside | undefined) => (duck ? { duckMs: round(duck.seconds * 1000), timesDuck: round(ms / (duck.seconds * 1000), 2) } : {});

/** The page of each answer, as it was worked out in the background, beside DuckDB counting the figures of that answer alone. */
async function* answerPages(get: Get, found: Computed, ducks: readonly Beside[], of: string): AsyncGenerator<Record<string, unknown>> {
  for (const question of ANSWERS) {
    const waits: number[] = [];
    for (let at = 0; at < ASKED; at++) {
      const { ms, body } = await get(`answers/${question}`);
      waits.push(ms);
      const { rules: _, ...content } = CONTENTS[question].parse(found[question].content);
      if (at === 0 && !isDeepStrictEqual((body as { content: unknown }).content, JSON.parse(JSON.stringify(content)))) throw new Error(`the page of ${question} shows something else than was worked out`);
    }
    const p95 = quantile(waits, 0.95);
    yield { figure: `the page of “${question}”, ${of}`, value: round(p95), unit: 'ms p95', target: BAR.pageMs, p50: round(quantile(waits, 0.5)), ...besideOf(p95, ducks.find((duck) => duck.question === question)), n: ASKED, load: load() };
  }
}

/** Each page many times; the first of them counts all leads, as does the first after all of them changed; after a change of one lead, its portion is counted. */
async function* pages(get: Get, owner: pg.Client, workspaceId: string, ducks: readonly Beside[], of: string): AsyncGenerator<Record<string, unknown>> {
  const once = async (path: string): Promise<number> => (await get(path)).ms;
  for (const [name, path] of PAGES) {
    const first = await once(path);
    const waits: number[] = [];
    for (let at = 0; at < ASKED; at++) waits.push(await once(path));
    const changed: number[] = [];
    const changes = path.includes('asOf=') ? CHANGES_OF_A_PAST_DAY : CHANGES;
    for (let at = 0; at < changes; at++) {
      await owner.query('update lead_revision set revision = gen_random_uuid() where workspace_id = $1 and portion in (-1, $2)', [workspaceId, at]);
      changed.push(await once(path));
    }
    await owner.query('update lead_revision set revision = gen_random_uuid() where workspace_id = $1', [workspaceId]);
    const afterAll = Math.round(await once(path));
    yield { figure: `${name}, ${of}`, value: round(quantile(waits, 0.95)), unit: 'ms p95', target: BAR.pageMs, p50: round(quantile(waits, 0.5)), ...(path === METRICS_PATH ? besideOf(first, ducks.find(({ question }) => question === 'metrics')) : {}), firstMs: Math.round(first), afterOneLeadMsP95: round(quantile(changed, 0.95)), afterAllMs: afterAll, n: ASKED, nAfterOne: changes, load: load() };
  }
}

type Bench = { folder: string; engine: { appUrl: string; ownerUrl: string }; owner: pg.Client; place: Place; of: string };

/** Everything that is asked of a running server. */
async function* served({ folder, engine, owner, place, of }: Bench, found: Computed, duck: Duck | string, known: readonly Beside[]): AsyncGenerator<Record<string, unknown>> {
  const app = await startApp({ dataDir: join(folder, 'app'), port: await freePort(), env: { DATABASE_URL: engine.appUrl, DATABASE_OWNER_URL: engine.ownerUrl, LOG_LEVEL: 'error' } });
  try {
    const get = getter(app.url, place);
    yield* answerPages(get, found, known, of);
    const ducks = typeof duck === 'string' ? known : [...known, await metricsBeside(duck, (await get(METRICS_PATH)).body as MetricsShown)];
    yield* pages(get, owner, place.workspaceId, ducks, of);
  } finally {
    await app.end('SIGTERM');
  }
}

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
    const ducks = typeof duck === 'string' ? [] : await beside(duck, engine.ownerUrl, folder, place, data, now, found);
    const total = ducks.reduce((sum, { seconds }) => sum + seconds, 0);
    yield typeof duck === 'string'
      ? { figure: `the answers beside DuckDB, ${of}`, skipped: duck }
      : { figure: `the answers beside DuckDB, ${of}`, value: round(whole / total), unit: 'times DuckDB', target: null, duckSeconds: round(total, 3), figures: ducks.map(({ name, seconds }) => ({ name, duckSeconds: round(seconds, 3), agrees: true })), load: load() };
    await db.inWorkspace(place.workspaceId, async (tx) => saveAnswers(tx, place.workspaceId, found, new Date(), { dataAt: null, revision: await revisionOf(tx) }));
    await owner.connect();
    yield* served({ folder, engine, owner, place, of }, found, duck, ducks);
    if (typeof duck !== 'string') duck.close();
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
