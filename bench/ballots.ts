import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createServices } from '../src/app/services';
import { bulkBallots } from '../src/app/testing/bulk-ballots';
import { launchSurvey, type Crowd } from '../src/app/testing/survey';
import type { AnswerRequest } from '../src/features/assessment/answer-contract';
import { c3Toolkit } from '../src/features/assessment/domain/built-in';
import { readConfig } from '../src/platform/config/config';
import { generateBallotKey } from '../src/platform/crypto/blind-signature';
import { createSigningPool } from '../src/platform/crypto/signing-pool';
import { openDatabase } from '../src/platform/db/database';
import { startEngine } from '../src/platform/engine/engine';
import { createLog } from '../src/platform/log/log';

/** Blind ballots under load: a server in a process of its own, over HTTP, all requests from one address. */

const PORT = 4517;
const AT_ONCE = 5_000;
const STEADY_SECONDS = 10;
const STATEMENTS = 80;

const oneDecimal = (value: number): number => Math.round(value * 10) / 10;
const quantile = (values: number[], share: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Signatures a second: threads alone, and how long the main thread was kept from its work meanwhile. */
const signing = async (): Promise<Record<string, unknown>> => {
  const threads = Math.max(1, Math.min(4, cpus().length));
  const pool = createSigningPool(threads);
  const { privateDer } = await generateBallotKey();
  const blinded = () => Buffer.concat([Buffer.alloc(1), randomBytes(255)]);
  await Promise.all(Array.from({ length: threads * 4 }, () => pool.sign(privateDer, blinded())));
  const count = 3_000;
  let longest = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  const start = performance.now();
  await Promise.all(Array.from({ length: count }, () => pool.sign(privateDer, blinded())));
  const seconds = (performance.now() - start) / 1000;
  clearInterval(watch);
  await pool.stop();
  return { figure: 'ballots signed per second', value: Math.round(count / seconds), unit: '1/s', n: count, threads, mainThreadHeldMs: oneDecimal(longest) };
};

type Outcome = { status: number; ms: number };

/** One submit; `ms` counts from when it was meant to be sent, so that waiting for a free server shows. */
const submit = (agent: Agent, body: AnswerRequest, meant: number): Promise<Outcome> =>
  new Promise((resolve) => {
    const text = JSON.stringify(body);
    const done = (status: number) => resolve({ status, ms: performance.now() - meant });
    const sent = httpRequest({ port: PORT, host: '127.0.0.1', path: '/api/answer', method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } }, (response) => {
      response.resume();
      response.on('end', () => done(response.statusCode ?? 0));
    });
    sent.on('error', () => done(0));
    sent.end(text);
  });

const errorsIn = (outcomes: Outcome[]): number => outcomes.filter((outcome) => outcome.status !== 200).length;

const burst = async (ballots: AnswerRequest[]): Promise<Record<string, unknown>> => {
  const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
  const start = performance.now();
  const outcomes = await Promise.all(ballots.map((ballot) => submit(agent, ballot, start)));
  const times = outcomes.map((outcome) => outcome.ms);
  return {
    figure: `${ballots.length} signed ballots at once from one address`, value: Math.round(Math.max(...times)), unit: 'ms until the last', target: 6_000, errors: errorsIn(outcomes),
    medianMs: Math.round(quantile(times, 0.5)), n: outcomes.length, connections: ballots.length, statements: STATEMENTS,
  };
};

const steady = async (ballots: AnswerRequest[], perSecond: number, target: number): Promise<Record<string, unknown>> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const start = performance.now();
  const under: Promise<Outcome>[] = [];
  for (const [index, ballot] of ballots.entries()) {
    const meant = start + (index * 1000) / perSecond;
    const early = meant - performance.now();
    if (early > 1) await pause(early);
    under.push(submit(agent, ballot, Math.max(meant, start)));
  }
  const outcomes = await Promise.all(under);
  agent.destroy();
  const times = outcomes.map((outcome) => outcome.ms);
  return { figure: `submits at ${perSecond}/s, 95th percentile`, value: oneDecimal(quantile(times, 0.95)), unit: 'ms', target, errors: errorsIn(outcomes), medianMs: oneDecimal(quantile(times, 0.5)), n: outcomes.length };
};

const crowds: Crowd[] = [...['North', 'South', 'East', 'West', 'Centre'].map((territory): Crowd => ({ function: 'sales', level: 'front_line', territory, people: AT_ONCE / 5 }))];

const untilReady = async (): Promise<void> => {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const ok = await fetch(`http://127.0.0.1:${PORT}/readyz`).then((reply) => reply.ok, () => false);
    if (ok) return;
    await pause(100);
  }
  throw new Error('the server did not become ready');
};

const rowsOf = async (ownerUrl: string): Promise<number> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from ballot_box');
  await client.end();
  return rows[0]?.n ?? 0;
};

export async function run(): Promise<Record<string, unknown>[]> {
  const figures = [await signing()];
  const dataDir = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  chmodSync(dataDir, 0o700);
  const log = createLog('silent');
  const engine = await startEngine({ dataDir, log, doing: 'a bench' });
  const server = spawn(process.execPath, [join('dist', 'lockstep.mjs'), 'serve'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PORT: String(PORT), HOST: '127.0.0.1', DATA_DIR: dataDir, DATABASE_URL: engine.appUrl, DATABASE_OWNER_URL: engine.ownerUrl, LOG_LEVEL: 'error' },
  });
  try {
    await untilReady();
    const db = openDatabase(engine.appUrl, () => undefined, 4);
    const services = createServices({
      config: readConfig({ DATA_DIR: dataDir }, null), db, ownerUrl: engine.ownerUrl, log, mail: null, version: 'bench', jobs: { send: async () => undefined, stop: async () => undefined },
    });
    const toolIds = c3Toolkit.tools.map((tool) => tool.id);
    const survey = await launchSurvey(services, crowds, { id: c3Toolkit.id, version: c3Toolkit.version, toolIds });
    const ballots = async (count: number): Promise<AnswerRequest[]> => {
      const some = { ...survey, invited: survey.invited.slice(0, count) };
      return (await bulkBallots(services, some, STATEMENTS, 7)).map(({ invitationId: _, ...request }) => request);
    };
    await steady(await ballots(200), 100, 0);
    figures.push(await burst(await ballots(AT_ONCE)));
    figures.push(await steady(await ballots(200 * STEADY_SECONDS), 200, 50));
    figures.push(await steady(await ballots(400 * STEADY_SECONDS), 400, 250));
    const expected = 200 + AT_ONCE + 600 * STEADY_SECONDS;
    figures.push({ figure: 'acknowledged ballots found in the box', value: await rowsOf(engine.ownerUrl), unit: 'rows', target: expected });
    await db.close();
  } finally {
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('exit', resolve));
    await engine.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return figures;
}
