// Builds what is stale: the server bundle (dist/lockstep.mjs) and the pages (dist/web).
// Options: --server or --web for one half, --force to build regardless.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { basename, dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fingerprint } from './lib/fingerprint.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'dist', '.built.json');
const args = process.argv.slice(2);
const only = args.includes('--server') ? 'server' : args.includes('--web') ? 'web' : null;

const INPUTS = {
  server: ['src', 'package-lock.json', 'tsconfig.json', 'scripts/build.mjs'],
  web: ['src', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'postcss.config.cjs', 'index.html', 'entry.html', 'answer.html', 'public', 'scripts/build.mjs'],
};

const run = (command) => {
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NODE_ENV: 'production' } });
  if (status !== 0) process.exit(status ?? 1);
};

const workers = (dir) =>
  readdirSync(dir, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.worker.ts')).map((entry) => join(entry.parentPath ?? entry.path, entry.name));

/**
 * Packages made of very many small files, which every start would read one by one; what is not used of them is left out.
 * Together, since they know each other's classes. All others stay outside the bundle.
 */
const BUNDLED = ['better-auth', '@better-auth/', 'better-call', 'kysely', 'drizzle-orm', 'zod', '@orpc/', 'hono', 'jose', 'libphonenumber-js'];
const isBundled = (name) => BUNDLED.some((each) => name === each || name.startsWith(each.endsWith('/') ? each : `${each}/`));
const packages = {
  name: 'packages',
  setup: (build) => build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => (kind === 'entry-point' || isBundled(path) ? undefined : { path, external: true })),
};

/** Heavy packages are loaded when a command first needs them, hence the chunks. */
const buildServer = async () => {
  const { build } = await import('esbuild');
  const entries = { lockstep: join(root, 'src/app/cli/main.ts') };
  for (const file of workers(join(root, 'src'))) entries[basename(file, '.ts')] = file;
  for (const name of existsSync(join(root, 'dist')) ? readdirSync(join(root, 'dist')) : []) if (name.endsWith('.mjs')) rmSync(join(root, 'dist', name));
  await build({
    entryPoints: entries, outdir: join(root, 'dist'), outExtension: { '.js': '.mjs' }, chunkNames: 'chunk-[hash]',
    bundle: true, splitting: true, platform: 'node', format: 'esm', target: 'node20.19', plugins: [packages], jsx: 'automatic',
    logLevel: 'warning',
  });
};

const buildWeb = () => {
  if (existsSync(join(root, 'scripts', 'routes.mjs'))) run([join('scripts', 'routes.mjs')]);
  run([join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn', '--outDir', join('dist', 'web'), '--emptyOutDir']);
};

const outputs = { server: 'lockstep.mjs', web: join('web', 'index.html') };
const steps = { server: buildServer, web: buildWeb };
const lockFile = join(root, 'dist', '.building');
const stamps = () => (existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {});
const isFresh = (part, print) => stamps()[part] === print && existsSync(join(root, 'dist', outputs[part])) && !args.includes('--force');
const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};

let holding = false;
const releaseLock = () => {
  if (holding) rmSync(lockFile, { force: true });
  holding = false;
};
process.once('exit', releaseLock);

/** Tests start several builds at once; the second waits for the first, and then has nothing to do. */
const takeLock = async () => {
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      holding = true;
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const holder = existsSync(lockFile) ? Number(readFileSync(lockFile, 'utf8')) : 0;
      if (holder && !isAlive(holder)) rmSync(lockFile, { force: true });
      await pause(100);
    }
  }
};

mkdirSync(join(root, 'dist'), { recursive: true });
for (const part of ['server', 'web']) {
  if (only && only !== part) continue;
  const now = fingerprint(root, INPUTS[part]);
  if (isFresh(part, now)) continue;
  await takeLock();
  if (isFresh(part, now)) {
    releaseLock();
    continue;
  }
  const began = Date.now();
  await steps[part]();
  writeFileSync(stampFile, JSON.stringify({ ...stamps(), [part]: now }, null, 1));
  releaseLock();
  console.log(`Built ${part === 'server' ? 'the server' : 'the pages'} in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
}
