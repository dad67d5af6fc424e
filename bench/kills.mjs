// node bench/kills.mjs: the long kill loops, which are those of the tests with larger numbers. Prints one JSON line per loop and
// writes them to docs/faults.md, where the lines of parts that did not run stay. LOCKSTEP_KILLS (200) is the number of kills of the application, a quarter of it of the database;
// parts as arguments (submit records handoff …) run only those. Wants an idle machine.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, existsSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const kills = Number(process.env.LOCKSTEP_KILLS ?? 200);
/** Files and the names of the tests in them. */
const PARTS = {
  submit: [['e2e/fault-uses.integration.test.ts', 'ballots'], ['src/app/anonymity-kills.integration.test.ts', 'mixing']],
  write: [['e2e/faults.integration.test.ts', 'acknowledged']],
  import: [['e2e/fault-uses.integration.test.ts', 'imported'], ['src/app/people-kills.integration.test.ts', 'import']],
  close: [['src/app/anonymity-kills.integration.test.ts', 'closing'], ['src/app/close-database-kills.integration.test.ts', 'closed']],
  records: [['src/app/records-kills.integration.test.ts', 'kill -9'], ['src/app/pipeline-database-kills.integration.test.ts', 'of files'], ['e2e/fault-uses.integration.test.ts', 'middle of a matching']],
  handoff: [['src/app/handoff-kills.integration.test.ts', 'kill -9'], ['src/app/pipeline-database-kills.integration.test.ts', 'of offers']],
  migration: [['e2e/faults.integration.test.ts', 'migrating']],
};
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in PARTS));
if (unknown.length > 0 || !(kills > 0)) {
  console.error(unknown.length > 0 ? `Unknown: ${unknown.join(', ')}. There are: ${Object.keys(PARTS).join(', ')}.` : 'LOCKSTEP_KILLS must be a number above 0.');
  process.exit(2);
}
mkdirSync('.cache', { recursive: true });
const log = join(root, '.cache', `kills-${process.pid}.jsonl`);
const failed = [];
const notRun = Object.keys(PARTS).filter((name) => wanted.length > 0 && !wanted.includes(name));
const began = Date.now();
for (const [part, tests] of Object.entries(PARTS)) {
  if (notRun.includes(part)) continue;
  for (const [file, name] of tests) {
    const { status } = spawnSync(process.execPath, [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'integration', file, '-t', name], { stdio: ['ignore', 2, 2], env: { ...process.env, LOCKSTEP_KILLS: String(kills), LOCKSTEP_KILLS_LOG: log } });
    if (status !== 0) failed.push(`${part}: ${file}`);
  }
}
const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) : [];
rmSync(log, { force: true });
for (const line of lines) console.log(JSON.stringify(line));
for (const line of failed) console.log(JSON.stringify({ failed: line }));

const details = ({ at: _at, killed: _killed, during: _during, kills: _kills, load: _load, ...rest }) => Object.entries(rest).map(([name, value]) => `${name} ${value}`).join(', ');
const sum = (killed) => lines.filter((line) => line.killed === killed).reduce((total, line) => total + line.kills, 0);
const page = join('docs', 'faults.md');
const [start, end] = ['<!-- last run -->', '<!-- end of last run -->'];
const before = readFileSync(page, 'utf8');
const today = new Date(began).toISOString().slice(0, 10);
const rows = new Map();
const put = (row) => rows.set(row.split(' | ').slice(0, 2).join(' | '), row);
for (const row of before.slice(before.indexOf(start), before.indexOf(end)).split('\n')) if (notRun.length > 0 && /^\| (?:application|database) \|/u.test(row)) put(row);
for (const line of lines) put(`| ${line.killed} | ${line.during} | ${line.kills} | ${details(line)} | ${line.load} | ${today} |`);
const result = [
  `Last run ${today}${notRun.length > 0 ? ` of ${Object.keys(PARTS).filter((name) => !notRun.includes(name)).join(', ')}` : ''}, ${((Date.now() - began) / 60_000).toFixed(0)} minutes, ${cpus().length} cores, load at the end ${loadavg()[0].toFixed(1)}, Node ${process.version}, asked for ${kills}: the application was killed ${sum('application')} times, the database ${sum('database')} times.`,
  '', '| killed | during | kills | seen | load | on |', '| --- | --- | --- | --- | --- | --- |', ...rows.values(), '',
  failed.length === 0 ? 'Every loop that ran passed.' : `Failed: ${failed.join('; ')}.`,
].join('\n');
writeFileSync(page, `${before.slice(0, before.indexOf(start) + start.length)}\n${result}\n${before.slice(before.indexOf(end))}`);
process.exit(failed.length === 0 ? 0 : 1);
