import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { serveOn } from '../src/app/server';
import { readConfig } from '../src/platform/config/config';
import { freePort } from '../src/platform/testing/app-process';
import { createTestDatabase } from '../src/platform/testing/test-database';

export type Served = { origin: string; stop(): Promise<void> };

/** The application as it is served, over a database of its own: jobs run, mails wait, closing has no grace. */
export const serveApp = async (): Promise<Served> => {
  const built = spawnSync(process.execPath, [join('scripts', 'build.mjs'), '--web'], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the pages could not be built: ${built.stderr}`);
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'lockstep-survey-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const config = readConfig({ PORT: String(port), BASE_URL: origin, DATA_DIR: dataDir, CLOSE_GRACE: '0', LOG_LEVEL: 'error' }, null);
  const running = await serveOn(config, { ownerUrl: database.ownerUrl, appUrl: database.appUrl }, { webFolder: join(process.cwd(), 'dist', 'web'), version: 'test' });
  return {
    origin,
    stop: async () => {
      await running.stop();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
type Axe = { run(on: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };

/** No violation of WCAG 2.2 AA in either theme, and nothing wider than a phone. */
export const expectAccessible = async (page: Page, name: string): Promise<void> => {
  const wide = page.viewportSize() ?? { width: 1440, height: 900 };
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // Overlays fade in; a half-faded text has no contrast yet.
    await page.waitForTimeout(300);
    await page.evaluate(axeSource);
    const found = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: Axe };
      const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`);
    });
    expect(found, `${name}, ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth), `${name} at 390`).toBeLessThanOrEqual(390);
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: 'light' });
};

type Answer = { status: number; body: unknown };

/** A call of the public interface with the page's own session, as its scripts would make it. */
export const callApi = async (page: Page, method: string, path: string, body?: object): Promise<unknown> => {
  const answer = await page.evaluate(
    async ([verb, address, sent]): Promise<Answer> => {
      const response = await fetch(`/api${address}`, { method: verb, ...(sent ? { headers: { 'content-type': 'application/json' }, body: sent } : {}) });
      return { status: response.status, body: await response.json() };
    },
    [method, path, body ? JSON.stringify(body) : ''] as const,
  );
  expect([path, answer.status < 400 ? 'ok' : answer]).toEqual([path, 'ok']);
  return answer.body;
};

/** Where a download link leads, fetched with the page's session. */
export const fileAt = (page: Page, path: string): Promise<{ status: number; type: string; disposition: string; text: string; size: number }> =>
  page.evaluate(async (address) => {
    const response = await fetch(address);
    const bytes = await response.arrayBuffer();
    return { status: response.status, type: response.headers.get('content-type') ?? '', disposition: response.headers.get('content-disposition') ?? '', text: new TextDecoder().decode(bytes), size: bytes.byteLength };
  }, path);
