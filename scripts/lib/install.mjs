// Node's version and the packages: what must be right before anything of ours is loaded. Node's own modules only.
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NEEDED = [20, 19];

export const checkNode = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  console.error(`Lockstep needs Node ${NEEDED.join('.')} or later; this is ${process.version}. Install it from https://nodejs.org or your system's packages, then run the same command again.`);
  process.exit(1);
};

const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;

/** True when every package of the lock file is installed in its version; packages for other machines may be absent. */
export const isInstalled = (root) => {
  const installedList = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedList)) return false;
  const installed = packagesOf(installedList);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(([path, wanted]) => path === '' || wanted.optional || installed[path]?.version === wanted.version);
};

/** A linked folder belongs to another working copy, which must not be emptied from here. */
const isLinked = (root) => lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

export const install = (root) => {
  if (isInstalled(root) || isLinked(root)) return;
  console.log('Installing packages (npm ci) …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root, stdio: 'inherit' };
  const run = npm?.endsWith('.js') ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (run.status !== 0) {
    console.error('The packages could not be installed; the lines above say why. Check the network and free disk space, then run the same command again.');
    process.exit(run.status ?? 1);
  }
};
