import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { testDatabaseUrl } from '../src/platform/config/testing';
import { freePort } from '../src/platform/testing/app-process';

const readme = readFileSync('README.md', 'utf8');
const blocksOf = (language: string): string[] => [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => (text ?? '').trimEnd());
const commands = blocksOf('sh').flatMap((block) => block.split('\n'));
const root = mkdtempSync(join(tmpdir(), 'lockstep-readme-'));
chmodSync(root, 0o700);
const dataDir = join(root, 'data');
const archive = join(root, 'lockstep.tar.gz');
const answers = join(root, 'answers.csv');
const leads = join(root, 'leads.csv');
const caddy = ['/usr/bin/caddy', '/usr/local/bin/caddy', '/opt/homebrew/bin/caddy'].find((path) => existsSync(path));

/** The caller's environment without what the test runner put there (Vite sets BASE_URL and NODE_ENV). */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|VITE|NODE_ENV|BASE_URL|MODE|DEV|PROD|SSR|TEST|npm_lifecycle)/.test(name)));

/** Runs a line of the README as it stands, its folders and files put into a temporary place. */
const run = (line: string) => {
  const here = line.replace('./restored', join(root, 'restored')).replace('lockstep.tar.gz', archive).replace('answers.csv', answers).replace('leads.csv', leads);
  return spawnSync('sh', ['-c', here], { encoding: 'utf8', env: { ...env, DATA_DIR: dataDir }, timeout: 120_000 });
};

/** Starts with the README's own line, waits for the server, ends it by a signal to npm, as a terminal or a service would. */
const serveBy = async (line: string, more: Record<string, string>, look: (port: number) => Promise<void>) => {
  const port = await freePort();
  const child = spawn('sh', ['-c', `exec ${line.replace(/^((?:[A-Z_]+=\S+ )*)/, 'env $1')}`], { env: { ...env, ...more, DATA_DIR: dataDir, PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const deadline = Date.now() + 120_000;
    while (!(await fetch(`http://127.0.0.1:${port}/readyz`).then((response) => response.ok, () => false))) {
      if (Date.now() > deadline || child.exitCode !== null) throw new Error(`"${line}" did not become ready:\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await look(port);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
  // npm may be gone a moment before the server it told to stop.
  await vi.waitUntil(() => !existsSync(join(dataDir, 'lockstep.lock')), { timeout: 12_000 });
  expect(existsSync(join(dataDir, 'pg', 'postmaster.pid'))).toBe(false);
  return output;
};

/** Over TLS of an authority nobody knows yet. */
const overTls = (url: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}) =>
  new Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const { body, ...rest } = options;
    const call = (body ? request : get)(url, { ...rest, rejectUnauthorized: false }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    call.on('error', reject);
    if (body) call.end(body);
  });

const PROVEN = new Set(['npm start', 'npm test', 'HOST=0.0.0.0 npm start', 'npm run lockstep -- doctor', 'npm run lockstep -- backup lockstep.tar.gz', 'DATA_DIR=./restored npm run lockstep -- restore lockstep.tar.gz', 'npm run lockstep -- --help', 'npm run bench', 'npm run lockstep -- score answers.csv --instrument c3', 'npm run lockstep -- funnel leads.csv', 'sudo apt-get install caddy', 'sudo systemctl reload caddy', 'BASE_URL=https://lockstep.example.com npm start']);

test('every command of the README is one that is tried here', () => {
  expect(commands.filter((line) => !PROVEN.has(line))).toEqual([]);
  expect(commands.length).toBeGreaterThan(9);
});

test('every page and picture it points to exists', () => {
  const targets = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target ?? '').filter((target) => !target.startsWith('http'));
  expect(targets.length).toBeGreaterThan(4);
  expect(targets.filter((target) => !existsSync(target))).toEqual([]);
});

test('npm test and npm run bench name scripts that exist and refuse what they do not know', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  expect(scripts).toMatchObject({ start: 'node scripts/start.mjs', test: 'node scripts/test.mjs', bench: 'node scripts/bench.mjs', lockstep: 'node scripts/lockstep.mjs' });
  for (const script of ['scripts/test.mjs', 'scripts/bench.mjs']) {
    const refused = spawnSync(process.execPath, [script, 'no-such-thing'], { encoding: 'utf8' });
    expect(refused.status, refused.stdout + refused.stderr).toBe(2);
    expect(refused.stderr).toMatch(/Unknown.*here are/);
  }
});

describe.runIf(testDatabaseUrl() === null)('the commands', { timeout: 180_000 }, () => {
  beforeAll(() => {
    writeFileSync(leads, `lead id,created,source,status,closed\n${Array.from({ length: 40 }, (_, at) => `L${at},2026-0${1 + (at % 6)}-10,${at % 2 ? 'fair' : 'web'},${at % 5 ? 'lost' : 'won'},2026-0${2 + (at % 6)}-10`).join('\n')}\n`);
    writeFileSync(answers, `function,level,territory,${Array.from({ length: 10 }, (_, at) => `2.${at + 1}`).join(',')}\n${Array.from({ length: 12 }, (_, at) => `${at % 2 ? 'sales' : 'marketing'},front_line,North,${Array.from({ length: 10 }, (__, item) => ((at + item) % 7) + 1).join(',')}`).join('\n')}\n`);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));

  test('npm start serves, says its address and how to stop it, and a signal to npm ends it whole', async () => {
    const output = await serveBy('npm start', {}, async (port) => {
      expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
      expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain('<div id=');
    });
    expect(output).toMatch(/ready at http:\/\/localhost:\d+/);
    expect(output).toContain('Stop with Ctrl-C');
  });

  test('HOST=0.0.0.0 npm start listens on every address', async () => {
    await serveBy('HOST=0.0.0.0 npm start', {}, async (port) => {
      expect((await fetch(`http://127.0.0.2:${port}/healthz`).catch(() => fetch(`http://127.0.0.1:${port}/healthz`))).status).toBe(200);
    });
  });

  test.each(commands.filter((line) => line.includes('npm run lockstep')))('%s', (line) => {
    const { status, stdout, stderr } = run(line);
    expect(status, stdout + stderr).toBe(0);
    if (line.includes('backup')) expect(existsSync(archive)).toBe(true);
    if (line.includes('restore')) expect(stdout).toMatch(/Restored \d+ rows?/);
    if (line.includes('doctor')) expect(stdout).toContain('row security');
    if (line.includes('funnel')) expect(stdout).toMatch(/fair[^]*web|web[^]*fair/);
    if (line.includes('score')) expect(stdout).toMatch(/sales|marketing/);
  });

  test.runIf(caddy)('the HTTPS recipe, on loopback with Caddy\'s own authority', async () => {
    const [recipe = ''] = blocksOf('caddyfile');
    const tls = await freePort();
    const admin = await freePort();
    await serveBy('npm start', { BASE_URL: `https://localhost:${tls}` }, async (port) => {
      const file = join(root, 'Caddyfile');
      expect(recipe).toContain('reverse_proxy 127.0.0.1:4400');
      const site = recipe.replace('lockstep.example.com', `https://localhost:${tls}`).replace('127.0.0.1:4400', `127.0.0.1:${port}`).replace(/\n}$/, '\n\ttls internal\n}');
      writeFileSync(file, `{\n\tadmin 127.0.0.1:${admin}\n\tskip_install_trust\n\tauto_https disable_redirects\n}\n${site}\n`);
      const proxy = spawn(caddy ?? 'caddy', ['run', '--config', file, '--adapter', 'caddyfile'], { env: { ...process.env, HOME: root, XDG_DATA_HOME: root, XDG_CONFIG_HOME: root }, stdio: ['ignore', 'ignore', 'pipe'] });
      let said = '';
      proxy.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
      try {
        const deadline = Date.now() + 30_000;
        while ((await overTls(`https://localhost:${tls}/healthz`).catch(() => ({ status: 0 }))).status !== 200) {
          if (Date.now() > deadline) throw new Error(said);
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        const origin = `https://localhost:${tls}`;
        const account = await overTls(`${origin}/api/auth/sign-up/email`, { method: 'POST', headers: { 'content-type': 'application/json', origin }, body: JSON.stringify({ name: 'Ada', email: 'ada@example.com', password: 'a long enough password' }) });
        expect(account.status).toBe(200);
        expect(String(account.headers['set-cookie'])).toMatch(/Secure/i);
        expect(account.headers['strict-transport-security']).toBeDefined();
        expect(said).not.toContain('"uri":"/api');
      } finally {
        proxy.kill('SIGTERM');
      }
    });
  });
});
