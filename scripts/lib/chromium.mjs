// A real Chromium for the end-to-end tests: found, or installed with apt-get where that is possible.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The headless build of the same browser comes first: it does the same work with half the processor time. */
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium', '/snap/bin/chromium'];

const runnable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const fromPlaywright = () => {
  const cache = join(homedir(), '.cache', 'ms-playwright');
  if (!existsSync(cache)) return [];
  return readdirSync(cache).filter((name) => name.startsWith('chromium-')).map((name) => join(cache, name, 'chrome-linux', 'chrome'));
};

export const findChromium = () => {
  const candidates = [
    ...(process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : []),
    ...NAMES.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, name))),
    ...PLACES,
    ...fromPlaywright(),
  ];
  return candidates.find(runnable) ?? null;
};

const apt = (...args) => spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;

/** @returns the program's path, or null with a sentence saying exactly what to install */
export const ensureChromium = () => {
  const found = findChromium();
  if (found) return { path: found, say: `Chromium: ${found}` };
  const can = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  if (can) {
    console.log('Installing Chromium with apt-get …');
    const installed = apt('update', '-qq') && ['chromium-headless-shell', 'chromium'].some((name) => apt('install', '-y', '-qq', '--no-install-recommends', name, 'fonts-dejavu-core'));
    const path = installed ? findChromium() : null;
    if (path) return { path, say: `Chromium was installed: ${path}` };
  }
  return {
    path: null,
    say: `No Chromium was found${can ? ' and apt-get could not install it' : ''}. Install one — Debian or Ubuntu: sudo apt-get install chromium; macOS: brew install --cask chromium; anywhere: npx playwright-core install chromium — or set CHROMIUM_PATH to its program, then run npm test again.`,
  };
};
