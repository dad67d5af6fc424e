import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { jobs } from '../src/app/features';
import { joinHuddle, openDevice, postTo, type HuddleDevice } from '../src/app/testing/huddle-device';
import type { SentOperation } from '../src/features/huddle/live-contract';
import { migrate } from '../src/platform/db/migrate';
import { APP_ROLE, startEngine } from '../src/platform/engine/engine';
import { freePort, startApp, type AppProcess } from '../src/platform/testing/app-process';
import { replayDay } from './support/huddle-day';

/**
 * One Huddle with simulated participants, each with real sockets of its own, at real servers over a real database: LOCKSTEP_BENCH_PEOPLE (300), for
 * LOCKSTEP_BENCH_SECONDS (10) at each rate; LOCKSTEP_BENCH_DROPS (1,000) disconnects of 1 s to 10 min, each LOCKSTEP_BENCH_SCALE (60) times as short;
 * a day replayed in LOCKSTEP_BENCH_DAY (20,000) operations. Clients share the machine with what they measure.
 */
const PEOPLE = Number(process.env.LOCKSTEP_BENCH_PEOPLE ?? 300);
const SECONDS = Number(process.env.LOCKSTEP_BENCH_SECONDS ?? 10);
const DROPS = Number(process.env.LOCKSTEP_BENCH_DROPS ?? 1_000);
const SCALE = Number(process.env.LOCKSTEP_BENCH_SCALE ?? 60);
const DAY = Number(process.env.LOCKSTEP_BENCH_DAY ?? 20_000);
const SHORTEST_MS = 1_000;
const LONGEST_MS = 10 * 60_000;
/** One in so many disconnects leaves its socket open and carries nothing any more. */
const HANGS = 10;
const BAR = { fanOutMs: 150, convergeSeconds: 5 };
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const load = (): number => Number((loadavg()[0] ?? 0).toFixed(1));
/** Processor time processes used so far, seconds (proc_pid_stat(5), fields 14 and 15, in hundredths). */
const usedBy = (pids: readonly number[]): number => pids.reduce((all, pid) => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return all + (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return all;
  }
}, 0);
/** Of the database's processes that still run: servers keep to their connections. */
const childrenOf = (parent: number): number[] => readdirSync('/proc').flatMap((pid) => {
  try {
    return /^\d+$/u.test(pid) && Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]) === parent ? [Number(pid)] : [];
  } catch {
    return [];
  }
});
type Used = { servers: number; database: number; devices: number };
type Measured = { ownerUrl: string; apps: readonly AppProcess[]; database: number };
const usedNow = ({ apps, database }: Measured): Used => ({ servers: usedBy(apps.map(({ pid }) => pid)), database: usedBy(childrenOf(database)), devices: usedBy([process.pid]) });
const usedSince = (before: Used, now: Used): Used => { const of = (who: keyof Used) => Number((now[who] - before[who]).toFixed(2)); return { servers: of('servers'), database: of('database'), devices: of('devices') }; };
const quantile = (values: readonly number[], share: number): number => Math.round(values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0);

type Head = { code: string; steps: { id: string; kind: string }[] };
type Crowd = { lead: HuddleDevice; people: HuddleDevice[]; step: string; huddle: string; /** Where each device is served: one of the servers that are there. */ servers: { url: string }[] };

/** An account, a workspace, a Huddle in its open talk, everybody connected. */
const gather = async (servers: { url: string }[]): Promise<Crowd> => {
  const url = servers[0]?.url ?? '';
  const headers = { origin: url.replace('127.0.0.1', 'localhost') };
  const signed = await fetch(`${url}/api/auth/sign-up/email`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ name: 'Bench', email: 'bench@example.com', password: 'a long enough password' }) });
  const cookie = signed.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  const call = async (path: string, body: unknown) => (await postTo(url, path, body, { ...headers, cookie })).body as Record<string, string>;
  const { id: workspace } = await call('/api/workspaces', { name: 'Bench', timeZone: 'UTC' });
  const { id: huddle = '' } = await call(`/api/workspaces/${workspace}/huddles`, { name: 'Bench' });
  const lead = await openDevice(() => url, (await call(`/api/workspaces/${workspace}/huddles/${huddle}/pass`, { as: 'facilitator' })).pass ?? '');
  const { code, steps } = lead.entities['head'] as Head;
  const people: HuddleDevice[] = [];
  for (let at = 0; at < PEOPLE; at += 25)
    people.push(...(await Promise.all(Array.from({ length: Math.min(25, PEOPLE - at) }, async (_, more) => {
      const { pass } = await joinHuddle(url, code, `Person ${at + more}`, (at + more) % 5 < 3 ? 'sales' : 'marketing');
      return openDevice(() => servers[(at + more) % servers.length]?.url ?? url, pass);
    }))));
  const place = steps.findIndex(({ kind }) => kind === 'synthesis');
  await lead.act({ kind: 'start' });
  await lead.act({ kind: 'go', to: place });
  await lead.act({ kind: 'door', asks: false });
  return { lead, people, step: steps[place]?.id ?? '', huddle, servers };
};

const sent = new Map<string, { at: number; text: string }>();
let count = 0;
const thought = (step: string): Extract<SentOperation, { kind: 'note' }> => {
  const note = randomUUID();
  count += 1;
  const text = `Thought number ${count} about how we connect and talk`;
  sent.set(`note/${note}`, { at: performance.now(), text });
  return { kind: 'note', note, step, channel: 'link', text, about: null };
};

/** Writes at a rate for so long, from ever another device; how long each took to be acknowledged. */
const writeAt = async ({ people, step }: Crowd, perSecond: number, until: () => boolean): Promise<{ saved: number; acks: number[] }> => {
  const acks: number[] = [];
  const under: Promise<boolean>[] = [];
  const began = performance.now();
  for (let at = 0; !until(); at += 1) {
    await pause(Math.max(0, began + (at * 1_000) / perSecond - performance.now()));
    const from = performance.now();
    under.push((people[at % people.length] as HuddleDevice).act(thought(step)).then(({ saved }) => { acks.push(performance.now() - from); return saved; }));
  }
  return { saved: (await Promise.all(under)).filter(Boolean).length, acks };
};
const forSeconds = (seconds: number): (() => boolean) => { const late = performance.now() + seconds * 1_000; return () => performance.now() > late; };

const notesOf = ({ entities }: HuddleDevice): string => Object.entries(entities).flatMap(([key, value]) => (key.startsWith('note/') && value ? [`${key} ${String(value['text'])}`] : [])).toSorted().join('\n');

/** Seconds until all devices hold everything that was sent; `Infinity` when some never do. */
const converging = async ({ lead, people }: Crowd): Promise<number> => {
  const wanted = [...sent].map(([key, { text }]) => `${key} ${text}`).toSorted().join('\n');
  const began = performance.now();
  for (let left = [lead, ...people]; performance.now() - began < 60_000; await pause(50)) {
    left = left.filter((device) => notesOf(device) !== wanted);
    if (left.length === 0) return Number(((performance.now() - began) / 1_000).toFixed(1));
  }
  return Number.POSITIVE_INFINITY;
};

/** What the log holds of what was sent: never there; there more than once. */
const inLog = async (ownerUrl: string, huddle: string): Promise<{ lost: number; doubled: number }> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ text: string; times: number }>("select operation ->> 'text' as text, count(*)::int as times from huddle_operation where huddle_id = $1 and operation ->> 'kind' = 'note' group by 1", [huddle]);
  await client.end();
  const times = new Map(rows.map((row) => [row.text, row.times]));
  return { lost: [...sent.values()].filter(({ text }) => !times.has(text)).length, doubled: rows.filter((row) => row.times > 1).length };
};

type Figure = Record<string, unknown>;
const sum = ({ people }: Crowd, what: 'gaps' | 'snapshots'): number => people.reduce((all, device) => all + device[what], 0);

const fanOut = async (crowd: Crowd, measured: Measured, perSecond: number, where: string): Promise<Figure> => {
  const lags: number[] = [];
  for (const device of crowd.people) device.heard = (key, _, before) => { const known = before === undefined ? sent.get(key) : undefined; if (known) lags.push(performance.now() - known.at); };
  const [before, loadBefore, gapsBefore, snapshotsBefore] = [sent.size, load(), sum(crowd, 'gaps'), sum(crowd, 'snapshots')];
  const [used, messagesBefore] = [usedNow(measured), crowd.people.reduce((all, { messages }) => all + messages, 0)];
  const { saved, acks } = await writeAt(crowd, perSecond, forSeconds(SECONDS));
  // Comparing what all devices hold keeps this process busy: not before the last news are in.
  for (const late = performance.now() + 5_000; lags.length < saved * crowd.people.length && performance.now() < late; ) await pause(20);
  const processorSeconds = usedSince(used, usedNow(measured));
  const messages = crowd.people.reduce((all, device) => all + device.messages, 0) - messagesBefore;
  const seconds = await converging(crowd);
  for (const device of crowd.people) device.heard = () => undefined;
  return { figure: `Huddle of ${PEOPLE}, ${perSecond} saved operations a second${where}: p95 fan-out`, value: quantile(lags, 0.95), unit: 'ms', target: BAR.fanOutMs, p50: quantile(lags, 0.5), acknowledgedP95: quantile(acks, 0.95), receipts: lags.length, operations: sent.size - before, saved, ...(await inLog(measured.ownerUrl, crowd.huddle)), converged: Number.isFinite(seconds), gaps: sum(crowd, 'gaps') - gapsBefore, snapshots: sum(crowd, 'snapshots') - snapshotsBefore, messages, processorSeconds, serverMsPerThousandReceipts: Number(((processorSeconds.servers * 1_000_000) / Math.max(1, lags.length)).toFixed(1)), n: saved, loadBefore, loadAfter: load() };
};

const votes = async ({ lead, people, step }: Crowd): Promise<Figure> => {
  await lead.act({ kind: 'round', step, open: true, tokens: 5 });
  const targets = [...sent.keys()].slice(0, 5).map((key) => key.slice(5));
  await Promise.all(people.map((device) => device.seen(({ entities }) => entities[`round/${step}`] !== undefined)));
  const began = performance.now();
  const placed = await Promise.all(people.map((device) => device.act({ kind: 'vote', step, nth: 1, targets })));
  const value = Math.round(performance.now() - began);
  await lead.act({ kind: 'round', step, open: false, tokens: 5 });
  await lead.seen(({ entities }) => (entities[`round/${step}`]?.['tally'] ?? null) !== null);
  const counted = Object.values(lead.entities[`round/${step}`]?.['tally'] as Record<string, number>).reduce((sum, each) => sum + each, 0);
  return { figure: `${PEOPLE} votes at once, until all are acknowledged`, value, unit: 'ms', target: 1_000, saved: placed.filter(({ saved }) => saved).length, tokensCounted: counted, tokensPlaced: PEOPLE * targets.length, n: 1, load: load() };
};

const drops = async (crowd: Crowd, ownerUrl: string): Promise<Figure> => {
  let left = DROPS;
  const [times, hung] = [[] as number[], { count: 0 }];
  const [gapsBefore, snapshotsBefore, before] = [sum(crowd, 'gaps'), sum(crowd, 'snapshots'), sent.size];
  const dropping = Promise.all(crowd.people.map(async (device) => {
    await pause(Math.random() * 3_000);
    while (left > 0) {
      left -= 1;
      const ms = (SHORTEST_MS * (LONGEST_MS / SHORTEST_MS) ** Math.random()) / SCALE;
      times.push(ms);
      const hangs = times.length % HANGS === 0;
      hung.count += hangs ? 1 : 0;
      await (hangs ? device.hang(ms) : device.drop(ms));
      await pause(Math.random() * 1_000);
    }
  }));
  let over = false;
  const [{ saved }] = await Promise.all([writeAt(crowd, 30, () => over), dropping.then(() => { over = true; })]);
  const seconds = await converging(crowd);
  return {
    figure: `${times.length} random disconnects while 30 operations a second are written: lost and doubled`, value: Object.values(await inLog(ownerUrl, crowd.huddle)).reduce((all, each) => all + each, 0), unit: 'operations', target: 0, ...(await inLog(ownerUrl, crowd.huddle)),
    converged: Number.isFinite(seconds), convergedAfterSeconds: seconds, said: `durations spread evenly in their logarithm from 1 s to 10 min, each made ${SCALE} times as short: ${(Math.min(...times) / 1_000).toFixed(2)} to ${(Math.max(...times) / 1_000).toFixed(1)} s`, halfOpen: hung.count,
    operations: sent.size - before, saved, gaps: sum(crowd, 'gaps') - gapsBefore, snapshots: sum(crowd, 'snapshots') - snapshotsBefore, n: times.length, load: load(),
  };
};

const killed = async (crowd: Crowd, ownerUrl: string, kill: () => Promise<void>): Promise<Figure> => {
  let over = false;
  const before = sent.size;
  const writing = writeAt(crowd, 30, () => over);
  await pause(2_000);
  await kill();
  const began = performance.now();
  await pause(1_000);
  over = true;
  const { saved } = await writing;
  await converging(crowd);
  const value = Number(((performance.now() - began) / 1_000).toFixed(1));
  return { figure: 'kill -9 of the server while 30 operations a second are written: all converged after it is back, a second of writing more included', value, unit: 's', target: BAR.convergeSeconds + 1, ...(await inLog(ownerUrl, crowd.huddle)), operations: sent.size - before, saved, n: 1, load: load() };
};

/** Gives each figure as soon as it is measured. */
export async function* run(): AsyncGenerator<Figure> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lockstep-huddle-'));
  chmodSync(dataDir, 0o700);
  const engine = await startEngine({ dataDir, log: silent, doing: 'a bench' });
  const apps: AppProcess[] = [];
  try {
    await migrate(engine.ownerUrl, { appRole: APP_ROLE, queues: jobs.map((job) => job.name) });
    const begin = async (port: number) => { const app = await startApp({ dataDir: join(dataDir, 'app'), port, env: { DATABASE_URL: engine.appUrl, DATABASE_OWNER_URL: engine.ownerUrl, LOG_LEVEL: 'error', BASE_URL: `http://localhost:${ports[0]}` } }); apps.push(app); return app; };
    const ports = [await freePort(), await freePort()] as const;
    const first = await begin(ports[0]);
    const servers = [{ url: first.url }];
    const crowd = await gather(servers);
    const measured: Measured = { ownerUrl: engine.ownerUrl, apps, database: engine.pid() ?? 0 };
    for (const perSecond of [30, 100]) yield await fanOut(crowd, measured, perSecond, '');
    yield await votes(crowd);
    yield { figure: `resident memory of the server with ${PEOPLE} devices`, value: Math.round(Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${first.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024), unit: 'MB', n: 1 };
    if (DROPS > 0) yield await drops(crowd, engine.ownerUrl);
    yield await killed(crowd, engine.ownerUrl, async () => { await first.end('SIGKILL'); await begin(ports[0]); });
    servers.push({ url: (await begin(ports[1])).url });
    // Everybody leaves for a moment; every other one comes back at the second server, which nobody has been at yet.
    await Promise.all(crowd.people.map((device) => device.drop(200)));
    yield await fanOut(crowd, measured, 100, ' at two server processes, from the moment all of them come back at once, half of them at a server just started');
    yield await fanOut(crowd, measured, 100, ' at two server processes');
    for (const device of [crowd.lead, ...crowd.people]) device.stop();
    for (const app of apps) await app.end('SIGTERM');
    if (DAY > 0) yield* replayDay(engine.appUrl, engine.ownerUrl, DAY, PEOPLE);
  } finally {
    for (const app of apps) await app.end('SIGKILL').catch(() => undefined);
    await engine.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
