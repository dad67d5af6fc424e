import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { freePort, startApp } from '../src/platform/testing/app-process';

/** Lighthouse's own phone: slow network and processor simulated, as on its report page. */
const PAGES = [{ name: 'answering page', path: '/a' }, { name: 'sign-in page', path: '/sign-in' }] as const;

type Report = { categories: Record<string, { score: number | null } | undefined> };

/** Brought by npm for this figure alone: 170 packages that nothing else here needs, which every installation would carry. */
const lighthouse = async (url: string, port: number): Promise<Report> => {
  const args = ['exec', '--yes', '--package=lighthouse@12.8.2', '--', 'lighthouse', url, `--port=${port}`, '--only-categories=performance,accessibility', '--output=json', '--quiet'];
  return JSON.parse((await promisify(execFile)('npm', args, { maxBuffer: 64 * 1024 * 1024 })).stdout) as Report;
};

export async function* run(): AsyncGenerator<object> {
  const executablePath = [process.env.CHROMIUM_PATH ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
  if (!executablePath) return yield { figure: 'lighthouse', skipped: 'no Chromium was found' };
  const dataDir = mkdtempSync(join(tmpdir(), 'lockstep-lighthouse-'));
  const [port, debugPort] = [await freePort(), await freePort()];
  const app = await startApp({ dataDir, port });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', `--remote-debugging-port=${debugPort}`] });
  try {
    for (const { name, path } of PAGES) {
      const report = await lighthouse(`${app.url}${path}`, debugPort);
      const score = (category: string): number => Math.round(100 * (report.categories[category]?.score ?? 0));
      yield { figure: `lighthouse mobile, ${name}`, performance: score('performance'), accessibility: score('accessibility'), target: { performance: 95, accessibility: 100 } };
    }
  } finally {
    await browser.close();
    await app.end('SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
  }
}
