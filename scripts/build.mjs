// Builds what is stale: the server bundle (dist/lockstep.mjs) and the pages (dist/web).
// Options: --server or --web for one half, --force to build regardless.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fingerprint } from './lib/fingerprint.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'dist', '.built.json');
const args = process.argv.slice(2);
const only = args.includes('--server') ? 'server' : args.includes('--web') ? 'web' : null;
const stamps = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {};

const INPUTS = {
  server: ['src', 'package-lock.json', 'tsconfig.json', 'scripts/build.mjs'],
  web: ['src', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'postcss.config.cjs', 'index.html', 'answer.html', 'public', 'scripts/build.mjs'],
};

const run = (command) => {
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NODE_ENV: 'production' } });
  if (status !== 0) process.exit(status ?? 1);
};

const workers = (dir) =>
  readdirSync(dir, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.worker.ts')).map((entry) => join(entry.parentPath ?? entry.path, entry.name));

/** Packages stay outside the bundle; heavy ones are loaded when a command first needs them, hence the chunks. */
const buildServer = async () => {
  const { build } = await import('esbuild');
  const entries = { lockstep: join(root, 'src/app/cli/main.ts') };
  for (const file of workers(join(root, 'src'))) entries[basename(file, '.ts')] = file;
  for (const name of existsSync(join(root, 'dist')) ? readdirSync(join(root, 'dist')) : []) if (name.endsWith('.mjs')) rmSync(join(root, 'dist', name));
  await build({
    entryPoints: entries, outdir: join(root, 'dist'), outExtension: { '.js': '.mjs' }, chunkNames: 'chunk-[hash]',
    bundle: true, splitting: true, platform: 'node', format: 'esm', target: 'node20.19', packages: 'external', jsx: 'automatic',
    logLevel: 'warning',
  });
};

const buildWeb = () => {
  if (existsSync(join(root, 'scripts', 'routes.mjs'))) run([join('scripts', 'routes.mjs')]);
  run([join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn', '--outDir', join('dist', 'web'), '--emptyOutDir']);
};

const outputs = { server: 'lockstep.mjs', web: join('web', 'index.html') };
const steps = { server: buildServer, web: buildWeb };
mkdirSync(join(root, 'dist'), { recursive: true });
for (const part of ['server', 'web']) {
  if (only && only !== part) continue;
  const now = fingerprint(root, INPUTS[part]);
  if (stamps[part] === now && existsSync(join(root, 'dist', outputs[part])) && !args.includes('--force')) continue;
  const began = Date.now();
  await steps[part]();
  stamps[part] = now;
  writeFileSync(stampFile, JSON.stringify(stamps, null, 1));
  console.log(`Built ${part === 'server' ? 'the server' : 'the pages'} in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
}
