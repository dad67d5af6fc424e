import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { childEnv } from '../config/child-env';

export interface AppProcess {
  url: string;
  pid: number;
  /** Everything it printed so far. */
  output(): string;
  /** Sends a signal and waits for the end; milliseconds it took, and how it ended. */
  end(signal: NodeJS.Signals): Promise<{ ms: number; code: number | null; signal: NodeJS.Signals | null }>;
  /** Settles when it ended by itself or by a signal. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

const BUNDLE = join(process.cwd(), 'dist', 'lockstep.mjs');

/** Builds the server bundle when it is stale; a fresh one costs nothing. */
export const ensureBundle = (pages?: 'pages as well'): void => {
  const built = spawnSync(process.execPath, [join('scripts', 'build.mjs'), ...(pages ? [] : ['--server'])], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the server could not be built: ${built.stderr}`);
};

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });

export interface StartOptions {
  dataDir: string;
  port: number;
  env?: Record<string, string>;
  /** Milliseconds to wait for readiness. */
  patience?: number;
  /** Another user than this process's; only root may choose one. */
  user?: { uid: number; gid: number };
}

/** Whether another user can read this program's folder at all, which may lie below one of root's own. */
export const canRead = (user: { uid: number; gid: number }): boolean => spawnSync(process.execPath, ['-e', `require('node:fs').readdirSync(${JSON.stringify(process.cwd())})`], user).status === 0;

/** Starts the built application as a process of its own, without waiting for anything. */
export const spawnApp = ({ dataDir, port, env = {}, user }: StartOptions, args: string[] = ['serve']): Omit<AppProcess, 'pid'> & { pid: number } => {
  const child = spawn(process.execPath, [BUNDLE, ...args], { env: { ...childEnv(), DATA_DIR: dataDir, PORT: String(port), NODE_ENV: 'production', ...env }, stdio: ['ignore', 'pipe', 'pipe'], ...user });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? -1,
    output: () => printed.join(''),
    ended,
    end: async (signal) => {
      const began = Date.now();
      child.kill(signal);
      return { ...(await ended), ms: Date.now() - began };
    },
  };
};

/** Starts the built application and waits until it calls itself ready. */
export const startApp = async (options: StartOptions): Promise<AppProcess> => {
  const app = spawnApp(options);
  let over = false;
  void app.ended.then(() => (over = true));
  for (const deadline = Date.now() + (options.patience ?? 60_000); Date.now() < deadline; await pause(50)) {
    if (over) throw new Error(`the application ended before it was ready:\n${app.output()}`);
    const ready = await fetch(`${app.url}/readyz`).then((response) => response.ok, () => false);
    if (ready) return app;
  }
  await app.end('SIGKILL');
  throw new Error(`the application was not ready in time:\n${app.output()}`);
};

/** Runs one command of the built program to its end. */
export const runCommand = async (options: StartOptions, args: string[]): Promise<{ code: number | null; output: string }> => {
  const app = spawnApp(options, args);
  const { code } = await app.ended;
  return { code, output: app.output() };
};
