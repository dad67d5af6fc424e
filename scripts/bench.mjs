// npm run bench [-- names…]: one JSON line per figure. Each bench/*.ts exporting run() has a process of its own, so
// that none warms another. What cannot run here says so as {"figure":…, "skipped":reason}.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { checkNode, install } from './lib/install.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
checkNode();
process.chdir(root);
install(root);

const bundle = async (name) => {
  const { build } = await import('esbuild');
  const outfile = join(root, '.cache', 'bench', `${name}.mjs`);
  mkdirSync(dirname(outfile), { recursive: true });
  await build({ entryPoints: [join('bench', `${name}.ts`)], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20.19', packages: 'external', jsx: 'automatic', logLevel: 'warning' });
  return outfile;
};

const one = async (name) => {
  const { run } = await import(pathToFileURL(await bundle(name)).href);
  for await (const figure of await run()) console.log(JSON.stringify(figure));
};

const exportsRun = (file) => /export (const|async function|function|async function\*|function\*) run\b/.test(readFileSync(join('bench', file), 'utf8'));
const names = readdirSync('bench').filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && exportsRun(file)).map((file) => basename(file, '.ts')).sort();

if (process.argv[2] === '--one') {
  await one(process.argv[3]);
  process.exit(0);
}
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
  process.exit(2);
}
// Built before anything is measured, so that no figure holds a build.
if (spawnSync(process.execPath, [join('scripts', 'build.mjs')], { stdio: ['ignore', 2, 2] }).status !== 0) process.exit(1);
let bad = 0;
for (const name of names.filter((each) => wanted.length === 0 || wanted.includes(each))) {
  const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--one', name], { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NODE_ENV: 'production' } });
  if (status !== 0) {
    bad += 1;
    console.log(JSON.stringify({ figure: name, error: `ended with code ${status}` }));
  }
}
process.exit(bad === 0 ? 0 : 1);
