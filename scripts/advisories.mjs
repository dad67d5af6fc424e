// Known advisories against what is shipped, and the licences of all of it. Without the registry the first half is not shown, and said so.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Licences that ask for nothing an installation of this program does not already do. */
const ALLOWED = new Set(['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'CC0-1.0', 'CC-BY-4.0', 'Unlicense', 'Zlib', 'Python-2.0', 'PostgreSQL', 'OFL-1.1', 'MPL-2.0', 'Unicode-3.0']);
/** An expression is fine when one of its alternatives is, and each part of that alternative. */
const fine = (licence) => licence.replace(/[()]/g, '').split(' OR ').some((each) => each.split(' AND ').every((part) => ALLOWED.has(part.trim())));

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const shipped = Object.entries(lock.packages).filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional && !entry.link);
/** Packages whose own file states a licence that their package.json forgot. */
const READ = { 'node_modules/png-js': 'MIT' };
for (const [path, entry] of shipped) if (!entry.license && READ[path]) entry.license = READ[path];
const strange = shipped.filter(([, entry]) => typeof entry.license !== 'string' || !fine(entry.license)).map(([path, entry]) => `${path.replace(/^.*node_modules\//, '')}@${entry.version}: ${entry.license ?? 'no licence stated'}`);
console.log(`Licences: ${shipped.length} packages are shipped, ${strange.length} with a licence outside the list.`);
for (const line of strange) console.log(`  ${line}`);

const audit = spawnSync('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], { encoding: 'utf8', timeout: 60_000, shell: process.platform === 'win32' });
const answer = (() => {
  try {
    return JSON.parse(audit.stdout);
  } catch {
    return undefined;
  }
})();
const counts = answer?.metadata?.vulnerabilities;
let grave = 0;
if (!counts) {
  console.log(`Advisories: NOT CHECKED, the registry did not answer (${answer?.message ?? answer?.error?.summary ?? audit.error?.message ?? 'no reason given'}).`);
} else {
  grave = counts.high + counts.critical;
  console.log(`Advisories: ${counts.critical} critical, ${counts.high} high, ${counts.moderate} moderate, ${counts.low} low.`);
  for (const each of Object.values(answer.vulnerabilities)) if (['high', 'critical'].includes(each.severity)) console.log(`  ${each.name} (${each.range}): ${each.severity}`);
}
process.exit(strange.length > 0 || grave > 0 ? 1 : 0);
