import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnv } from '../src/platform/config/child-env';
import { freePort } from '../src/platform/testing/app-process';

/** From nothing to the first page: a fresh clone with a warm npm cache, then the same again with everything built; then memory at rest. */

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const started = async (clone: string, port: number): Promise<{ seconds: number; npm: ChildProcess; stop(): Promise<void> }> => {
  const began = performance.now();
  const npm = spawn('npm', ['start'], { cwd: clone, env: { ...process.env, ...childEnv(), PORT: String(port), HOST: '127.0.0.1', DATA_DIR: join(clone, 'data'), NODE_ENV: '' }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  npm.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const gone = new Promise<void>((resolve) => npm.once('exit', () => resolve()));
  const page = () => fetch(`http://127.0.0.1:${port}/`).then(async (response) => response.ok && (await response.text()).includes('<script'), () => false);
  while (!(await page())) {
    if (npm.exitCode !== null) throw new Error(`npm start ended: ${said}`);
    await pause(50);
  }
  return {
    seconds: (performance.now() - began) / 1000,
    npm,
    stop: async () => {
      npm.kill('SIGTERM');
      await gone;
      while (await page()) await pause(100);
    },
  };
};

/** Proportional memory of a process and everything it started, in MB: shared pages are counted once. */
const memoryOf = (pids: number[]): number => {
  const kilobytes = pids.map((pid) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0));
  return Math.round(kilobytes.reduce((sum, each) => sum + each, 0) / 1024);
};

const family = (root: number): { pid: number; name: string }[] => {
  const rows = spawnSync('ps', ['-eo', 'pid=,ppid=,comm='], { encoding: 'utf8' }).stdout.trim().split('\n').map((line) => line.trim().split(/\s+/));
  const found = [root];
  for (let at = 0; at < found.length; at += 1) for (const [pid, parent] of rows) if (Number(parent) === found[at]) found.push(Number(pid));
  return found.map((pid) => ({ pid, name: rows.find(([each]) => Number(each) === pid)?.[2] ?? '' }));
};

export async function* run(): AsyncGenerator<Record<string, unknown>> {
  const home = mkdtempSync(join(tmpdir(), 'lockstep-first-'));
  chmodSync(home, 0o755);
  const clone = join(home, 'lockstep');
  try {
    const cloned = spawnSync('git', ['clone', '-q', process.cwd(), clone], { encoding: 'utf8' });
    if (cloned.status !== 0) {
      yield { figure: 'fresh clone to first screen', skipped: `git clone failed: ${cloned.stderr.trim()}` };
      return;
    }
    const port = await freePort();
    const first = await started(clone, port);
    yield { figure: 'fresh clone to first screen', value: Number(first.seconds.toFixed(1)), unit: 's', target: 60, n: 1, npmCache: 'as found on this machine' };
    await first.stop();
    const second = await started(clone, port);
    yield { figure: 'start with everything built', value: Number(second.seconds.toFixed(1)), unit: 's', n: 1 };
    if (process.platform === 'linux') {
      await pause(30_000);
      const everything = family(second.npm.pid ?? 0);
      const database = everything.filter(({ name }) => name.startsWith('postgres'));
      const server = everything.filter(({ name }) => !name.startsWith('postgres') && name !== 'sh' && !name.startsWith('npm'));
      yield { figure: 'memory at rest with the built-in database', value: memoryOf([...server, ...database].map(({ pid }) => pid)), unit: 'MB', target: 400, n: 1, server: memoryOf(server.map(({ pid }) => pid)), database: memoryOf(database.map(({ pid }) => pid)), npmBeside: memoryOf(everything.filter(({ name }) => name.startsWith('npm') || name === 'sh').map(({ pid }) => pid)), measured: 'Pss after 30 s without a request' };
    } else yield { figure: 'memory at rest with the built-in database', skipped: 'measured on Linux only' };
    await second.stop();
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
  }
}
