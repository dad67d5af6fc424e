import { randomUUID } from 'node:crypto';
import { chmodSync, createReadStream, createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { jobs } from '../src/app/features';
import { source } from '../src/features/customers/schema';
import { apiToken, member, workspace } from '../src/features/workspace/schema';
import { hashSecret, newSecret } from '../src/platform/crypto/secrets';
import { openDatabase } from '../src/platform/db/database';
import { migrate } from '../src/platform/db/migrate';
import { lookup } from '../src/platform/db/schema';
import { APP_ROLE, startEngine } from '../src/platform/engine/engine';
import { freePort, startApp, type AppProcess } from '../src/platform/testing/app-process';

/**
 * An export of a whole system through the real upload, check and apply, beside a bare COPY of the same file by the owner into a table without
 * indexes. LOCKSTEP_BENCH_LEADS and LOCKSTEP_BENCH_EVENTS (1,000,000 and four a lead) are the rows of the two files. The matching that
 * follows the leads is held until both are in, and measured by itself.
 */
const LEADS = Number(process.env.LOCKSTEP_BENCH_LEADS ?? 1_000_000);
const EVENTS = Number(process.env.LOCKSTEP_BENCH_EVENTS ?? LEADS * 4);
const BAR = { seconds: 120, memoryMb: 256, pageMs: 300 };
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const CHANNELS = ['Organic Search', 'Paid Search', 'Trade Show', 'Referral', 'Email', 'Webinar', 'Direct', 'Partner'];
const STATUSES = ['New', 'Working', 'Qualified', 'Nurture', 'Unqualified'];
const STAGES = ['Lead', 'Marketing Qualified Lead', 'Sales Qualified Lead', 'Opportunity'];
const two = (value: number): string => String(value).padStart(2, '0');
const dayOf = (at: number): string => `${2024 + (at % 2)}-${two(1 + (at % 12))}-${two(1 + (at % 28))} ${two(at % 24)}:${two(at % 60)}`;

const LEAD_HEADINGS = ['Lead ID', 'First Name', 'Last Name', 'Email', 'Phone', 'Company', 'Title', 'Lead Source', 'Status', 'OwnerId', 'Create Date', 'Shoe size'];
const leadLine = (at: number): string =>
  [`L${at}`, `Ann${at % 977}`, `Lee${at % 7919}`, `ann.lee${at}@company${at % 50_000}.example`, `+49 30 ${1_000_000 + at}`, `Company ${at % 50_000} Ltd`, 'Buyer', CHANNELS[at % 8], STATUSES[at % 5], `owner${at % 40}`, dayOf(at), at % 3 === 0 ? String(36 + (at % 10)) : ''].join(',');
const EVENT_HEADINGS = ['Lead ID', 'To Stage', 'Change Date'];
const eventLine = (at: number): string => [`L${Math.floor(at / 4) % LEADS}`, STAGES[at % 4], dayOf(at)].join(',');

const writeFile = (path: string, headings: readonly string[], rows: number, line: (at: number) => string): Promise<void> =>
  pipeline(
    Readable.from(
      (function* () {
        yield `${headings.join(',')}\n`;
        for (let at = 0; at < rows; at += 2_000) yield `${Array.from({ length: Math.min(2_000, rows - at) }, (_, more) => line(at + more)).join('\n')}\n`;
      })(),
    ),
    createWriteStream(path),
  );

/** Seconds of a COPY into a table of text columns without an index. */
const bareCopy = async (ownerUrl: string, path: string, headings: readonly string[]): Promise<number> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const columns = headings.map((_, at) => `c${at}`);
  await client.query(`create table bare_copy (${columns.map((name) => `${name} text`).join(', ')})`);
  const began = performance.now();
  await pipeline(createReadStream(path), client.query(copyFrom(`copy bare_copy from stdin (format csv, header)`)));
  const seconds = (performance.now() - began) / 1000;
  await client.query('drop table bare_copy');
  await client.end();
  return seconds;
};

type Place = { workspaceId: string; sourceId: string; secret: string };

const seed = async (appUrl: string): Promise<Place> => {
  const db = openDatabase(appUrl, () => undefined, 1);
  const [workspaceId, sourceId, userId, secret] = [randomUUID(), randomUUID(), randomUUID(), newSecret('lst')];
  const now = new Date();
  await db.inWorkspace(workspaceId, async (tx) => {
    await tx.insert(workspace).values({ workspaceId, name: 'Large', timeZone: 'UTC', leftSide: 'sales', createdAt: now });
    await tx.insert(member).values({ workspaceId, userId, name: 'Bench', email: 'bench@example.com', role: 'facilitator', joinedAt: now });
    await tx.insert(apiToken).values({ workspaceId, id: randomUUID(), name: 'bench', tokenHash: hashSecret(secret), scopes: ['customers:read', 'customers:write', 'pipeline:read'], createdBy: userId, createdAt: now });
    await tx.insert(lookup).values({ kind: 'token', key: hashSecret(secret), workspace: workspaceId });
    await tx.insert(source).values({ workspaceId, id: sourceId, name: 'CRM', side: 'sales', timeZone: 'Europe/Berlin', createdAt: now });
  });
  await db.close();
  return { workspaceId, sourceId, secret };
};

/** Resident memory of a process in MB, where the system tells. */
const residentMb = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

/** Processor time of a process in seconds (proc_pid_stat(5), fields 14 and 15, in hundredths), and whose child it is. */
const usedBy = (pid: number | string): { seconds: number; parent: number } => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return { seconds: (Number(fields[11]) + Number(fields[12])) / 100, parent: Number(fields[1]) };
  } catch {
    return { seconds: 0, parent: 0 };
  }
};

/** Of the database's processes that still run: an import keeps to its connection. */
const usedByChildren = (parent: number): number =>
  readdirSync('/proc').filter((name) => /^\d+$/u.test(name)).map(usedBy).filter((used) => used.parent === parent).reduce((sum, { seconds }) => sum + seconds, 0);

const quantile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

/** Asks for a page every 100 ms and notes how long it took; also the most memory seen. */
const watch = (app: AppProcess, page: string, headers: Record<string, string>) => {
  const waits: number[] = [];
  const seen = { peakMb: 0, over: false };
  const asking = (async () => {
    while (!seen.over) {
      const began = performance.now();
      // A connection that lay idle may be closed just then.
      const ask = () => fetch(`${app.url}${page}`, { headers });
      const response = await ask().catch(ask);
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`a page answered ${response.status}`);
      waits.push(performance.now() - began);
      await pause(Math.max(0, 100 - (performance.now() - began)));
    }
  })();
  const looking = (async () => {
    for (; !seen.over; await pause(50)) seen.peakMb = Math.max(seen.peakMb, residentMb(app.pid));
  })();
  return async () => {
    seen.over = true;
    await Promise.all([asking, looking]);
    return { peakMb: seen.peakMb, pageP95: quantile(waits, 0.95), pageWorst: Math.max(...waits), pages: waits.length };
  };
};

const importFile = async (app: AppProcess, { workspaceId, sourceId, secret }: Place, path: string, name: string) => {
  const headers = { authorization: `Bearer ${secret}` };
  const base = `${app.url}/api/workspaces/${workspaceId}/imports`;
  const id = randomUUID();
  const phase = { upload: 0, check: 0, apply: 0 };
  const ask = async (url: string, init: RequestInit & { duplex?: 'half' } = {}): Promise<Record<string, unknown>> => {
    const response = await fetch(url, { ...init, headers });
    if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  const until = async (wanted: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const now = (await ask(base) as unknown as { id: string; state: string; fault: string | null; counts: unknown }[]).find((each) => each.id === id);
      if (now?.state === wanted) return now;
      if (now?.state === 'failed') throw new Error(`the import failed: ${now.fault ?? ''}`);
      await pause(200);
    }
  };
  const timed = async <T>(part: keyof typeof phase, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const result = await work();
    phase[part] = (performance.now() - began) / 1000;
    return result;
  };
  await timed('upload', () => ask(`${base}?${new URLSearchParams({ id, source: sourceId, name })}`, { method: 'POST', body: Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>, duplex: 'half' }));
  await timed('check', () => until('checked'));
  const done = await timed('apply', async () => {
    await ask(`${base}/${id}/apply`, { method: 'POST' });
    return until('applied');
  });
  return { phase, counts: done.counts };
};

/** Holds the lock that a matching takes first, as another matching would. @returns lets go of it */
const holdMatching = async (url: string, workspaceId: string): Promise<() => Promise<void>> => {
  const client = new pg.Client({ connectionString: url });
  // Ended with the engine, should a figure fail.
  client.on('error', () => undefined);
  await client.connect();
  await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`matching:${workspaceId}`]);
  return () => client.end();
};

/** Waits for the matching that follows a file; seconds since it was let go. */
const untilMatched = async (app: AppProcess, { workspaceId, secret }: Place): Promise<number> => {
  const began = performance.now();
  for (;;) {
    const response = await fetch(`${app.url}/api/workspaces/${workspaceId}/links?limit=1`, { headers: { authorization: `Bearer ${secret}` } });
    const { matching } = (await response.json()) as { matching: { state: string } };
    if (matching.state === 'done') return (performance.now() - began) / 1000;
    if (matching.state === 'failed') throw new Error('the matching failed');
    await pause(500);
  }
};

const round = (value: number, places = 1): number => Number(value.toFixed(places));

/** Gives each figure as soon as it is measured. */
export async function* run(): AsyncGenerator<Record<string, unknown>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lockstep-import-'));
  chmodSync(dataDir, 0o700);
  const engine = await startEngine({ dataDir, log: silent, doing: 'a bench' });
  let app: AppProcess | undefined;
  try {
    await migrate(engine.ownerUrl, { appRole: APP_ROLE, queues: jobs.map((job) => job.name) });
    const place = await seed(engine.appUrl);
    app = await startApp({ dataDir: join(dataDir, 'app'), port: await freePort(), env: { DATABASE_URL: engine.appUrl, DATABASE_OWNER_URL: engine.ownerUrl, LOG_LEVEL: 'error' } });
    const database = engine.pid() ?? 0;
    const letGo = await holdMatching(engine.ownerUrl, place.workspaceId);
    const listed = [`/api/workspaces/${place.workspaceId}/leads?limit=50`, { authorization: `Bearer ${place.secret}` }] as const;
    await pause(2_000);
    // Before any file: what an import left behind would hide what the matching takes.
    const restMb = residentMb(app.pid);
    for (const [what, headings, rows, line] of [['leads', LEAD_HEADINGS, LEADS, leadLine], ['stage events', EVENT_HEADINGS, EVENTS, eventLine]] as const) {
      if (rows === 0) continue;
      const path = join(dataDir, 'file.csv');
      await writeFile(path, headings, rows, line);
      const load = loadavg()[0] ?? 0;
      const copySeconds = await bareCopy(engine.ownerUrl, path, headings);
      await pause(2_000);
      const idleMb = residentMb(app.pid);
      const stop = watch(app, ...listed);
      const before = { app: usedBy(app.pid).seconds, database: usedByChildren(database) };
      const { phase, counts } = await importFile(app, place, path, `${what}.csv`);
      const { peakMb, pageP95, pageWorst, pages } = await stop();
      const used = { app: usedBy(app.pid).seconds, database: usedByChildren(database) };
      const seconds = phase.upload + phase.check + phase.apply;
      const processorSeconds = { app: round(used.app - before.app), database: round(used.database - before.database) };
      yield {
        figure: `import of ${rows.toLocaleString('en')} ${what}`, value: round(seconds), unit: 's', target: what === 'leads' ? BAR.seconds : null, rowsPerSecond: Math.round(rows / seconds), megabytes: Math.round(statSync(path).size / 1024 ** 2),
        uploadSeconds: round(phase.upload), checkSeconds: round(phase.check), applySeconds: round(phase.apply), copySeconds: round(copySeconds, 2), timesCopy: round(seconds / copySeconds),
        memoryOverIdleMb: Math.round(peakMb - idleMb), memoryTargetMb: BAR.memoryMb, idleMb: Math.round(idleMb), pageP95Ms: Math.round(pageP95), pageTargetMs: BAR.pageMs, pageWorstMs: Math.round(pageWorst), pages, counts, processorSeconds, loadBefore: round(load), loadAfter: round(loadavg()[0] ?? 0), n: 1,
      };
    }
    if (LEADS === 0) return;
    await pause(2_000);
    const before = { app: usedBy(app.pid).seconds, database: usedByChildren(database) };
    const stop = watch(app, ...listed);
    await letGo();
    const matched = await untilMatched(app, place);
    const beside = await stop();
    yield {
      figure: `matching that follows ${LEADS.toLocaleString('en')} leads`, value: round(matched), unit: 's', memoryOverIdleMb: Math.round(beside.peakMb - restMb), memoryTargetMb: BAR.memoryMb, idleMb: Math.round(restMb),
      pageP95Ms: Math.round(beside.pageP95), pageWorstMs: Math.round(beside.pageWorst), processorSeconds: { app: round(usedBy(app.pid).seconds - before.app), database: round(usedByChildren(database) - before.database) }, loadAfter: round(loadavg()[0] ?? 0), n: 1,
    };
  } finally {
    await app?.end('SIGTERM');
    await engine.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
