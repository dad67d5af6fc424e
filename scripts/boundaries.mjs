// Import boundaries, with a count: a cruise that saw almost nothing must not pass as "no violations".
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const sources = (dir) =>
  readdirSync(dir, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name)).length;

const run = spawnSync(process.execPath, [join('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs'), 'src', '--config', 'dependency-cruiser.cjs', '--output-type', 'json'], {
  encoding: 'utf8',
  maxBuffer: 1 << 28,
});
if (!run.stdout) {
  console.error(run.stderr);
  process.exit(1);
}
const { summary, modules } = JSON.parse(run.stdout);
const own = modules.filter((module) => module.source.startsWith('src/')).length;
const expected = sources('src');
for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} -> ${to}`);
console.log(`boundaries: ${own} modules seen of ${expected} source files, ${summary.violations.length} violation(s)`);
if (summary.violations.length > 0 || own < expected * 0.9 || own === 0) process.exit(1);
