// npm test: the whole proof, from a fresh clone. Every stage runs even when an earlier one failed; the last line counts.
// Stages that use one core run beside each other, what they print stays together; the test stages use all cores.
// Options: names of stages to run only those (types lint boundaries advisories build unit integration e2e).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './lib/chromium.mjs';
import { checkNode, install } from './lib/install.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
checkNode();
process.chdir(root);
install(root);

const tool = (...path) => join('node_modules', ...path);
const env = { ...process.env, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }) };
let passed = 0;
let failed = 0;
const skipped = [];
const failures = [];

/** @param print takes what it prints, piece by piece; without it all goes straight to the terminal */
const run = (args, print, more = {}) =>
  new Promise((resolve) => {
    const output = print ? 'pipe' : 'inherit';
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', output, output], env: { ...env, ...more } });
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', print);
    child.on('close', (code) => resolve(code === 0));
  });

const check = (name, command) => async (print) => {
  if (await run(command, print)) {
    passed += 1;
    return;
  }
  failed += 1;
  failures.push(name);
};

/** Counts of one Vitest run; a run that died before its report counts as one failure. */
const vitest = (project) => async () => {
  const more = {};
  if (project === 'e2e') {
    const { path, say } = ensureChromium();
    console.log(say);
    if (!path) {
      failed += 1;
      failures.push(`${project}: no Chromium`);
      return;
    }
    more.CHROMIUM_PATH = path;
  }
  const report = join('.cache', `vitest-${project}.json`);
  mkdirSync('.cache', { recursive: true });
  rmSync(report, { force: true });
  const ok = await run([tool('vitest', 'vitest.mjs'), 'run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], undefined, more);
  if (!existsSync(report)) {
    failed += 1;
    failures.push(`${project}: ended without a report`);
    return;
  }
  const result = JSON.parse(readFileSync(report, 'utf8'));
  passed += result.numPassedTests;
  failed += result.numFailedTests;
  for (const file of result.testResults) {
    for (const one of file.assertionResults) {
      if (one.status === 'failed') failures.push(`${project}: ${one.fullName}`);
      if (one.status === 'skipped' || one.status === 'pending' || one.status === 'todo') skipped.push(`${project}: ${one.fullName}`);
    }
    if (file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed')) {
      failed += 1;
      failures.push(`${project}: ${file.name.replace(`${root}/`, '')} ${String(file.message).split('\n')[0]}`);
    }
  }
  if (!ok && result.numFailedTests === 0 && !failures.some((line) => line.startsWith(`${project}:`))) {
    failed += 1;
    failures.push(`${project}: an error outside the tests, see above`);
  }
};

const stages = {
  types: check('types', [tool('typescript-7', 'bin', 'tsc'), '-p', 'tsconfig.json']),
  lint: check('lint', [tool('eslint', 'bin', 'eslint.js'), '.']),
  boundaries: check('boundaries', [join('scripts', 'boundaries.mjs')]),
  advisories: check('advisories', [join('scripts', 'advisories.mjs')]),
  build: check('build', [join('scripts', 'build.mjs')]),
  unit: vitest('unit'),
  integration: vitest('integration'),
  e2e: vitest('e2e'),
};
/** One after the other; what stands in one line runs side by side, a chain of it in order. */
const order = [
  [['types', 'boundaries', 'advisories'], ['build', 'lint']],
  // One of the unit tests weighs the built pages.
  [['unit']],
  [['integration']],
  [['e2e']],
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in stages));
if (unknown.length > 0) {
  console.error(`Unknown stage ${unknown.join(', ')}; there are ${Object.keys(stages).join(', ')}.`);
  process.exit(2);
}
const began = Date.now();
// The tree of routes is read by the type check and by the build, so it is there before either.
await run([join('scripts', 'routes.mjs')]);
const asked = (chain) => chain.filter((name) => wanted.length === 0 || wanted.includes(name));
for (const chains of order.map((line) => line.map(asked).filter((chain) => chain.length > 0))) {
  const runChain = async (chain) => {
    for (const name of chain) {
      const from = Date.now();
      const kept = [];
      if (chains.length === 1) console.log(`\n== ${name}`);
      await stages[name](chains.length === 1 ? undefined : (text) => kept.push(text));
      if (chains.length > 1) console.log(`\n== ${name}\n${kept.join('')}`.trimEnd());
      console.log(`== ${name}: ${((Date.now() - from) / 1000).toFixed(0)} s`);
    }
  };
  await Promise.all(chains.map(runChain));
}
if (spawnSync('git', ['rev-parse', '--git-dir'], { cwd: root }).status === 0) {
  const dirty = spawnSync('git', ['status', '--porcelain', '--untracked-files=no'], { cwd: root, encoding: 'utf8' }).stdout.trim();
  if (dirty && process.env.CI) console.log(`\nThe run changed tracked files:\n${dirty}`);
}
console.log(`\nTook ${((Date.now() - began) / 1000).toFixed(0)} s.`);
for (const line of skipped) console.log(`skipped: ${line}`);
for (const line of failures) console.log(`FAILED: ${line}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
