import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { serveOn } from '../src/app/server';
import { readConfig } from '../src/platform/config/config';
import { freePort } from '../src/platform/testing/app-process';
import { createTestDatabase } from '../src/platform/testing/test-database';
import { builtPages, launchBrowser, violationsOn } from './browser.fixture';

export type Served = { origin: string; stop(): Promise<void> };

/** The application as it is served, with the built pages, over a database of its own: jobs run, mails wait. */
export const serveApp = async (settings: Record<string, string> = {}): Promise<Served> => {
  const webFolder = builtPages();
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'lockstep-served-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const config = readConfig({ PORT: String(port), BASE_URL: origin, DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...settings }, null);
  const running = await serveOn(config, { ownerUrl: database.ownerUrl, appUrl: database.appUrl }, { webFolder, version: 'test' });
  return {
    origin,
    stop: async () => {
      await running.stop();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

export type BrowserApp = { origin: string; browser: Browser; close(): Promise<void> };

/** The built pages on a real server over a database of its own, and a real Chromium. */
export const startBrowserApp = async (settings: Record<string, string> = {}): Promise<BrowserApp> => {
  const { origin, stop } = await serveApp(settings);
  const browser = await launchBrowser();
  return {
    origin, browser,
    close: async () => {
      await browser.close();
      await stop();
    },
  };
};

/** Calls of the application with a browser context's cookie, for setting a scene that no test is about. */
export const sceneFor = (context: BrowserContext, origin: string) => async (path: string, data: unknown, headers: Record<string, string> = {}) => {
  const response = await context.request.post(`${origin}${path}`, { data, headers: { origin, ...headers } });
  if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`);
  return (await response.json()) as Record<string, string>;
};

/** WCAG 2.2 AA and best practice; what axe finds, with the element it is about. */
export const axeFaults = async (page: Page): Promise<string[]> =>
  (await violationsOn(page)).flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`));

/** A phone in the dark and a desktop in the light: both widths, both themes and every rule once. Colours are the same tokens at any width. */
export const VIEWPORTS = [{ width: 390, colorScheme: 'dark' }, { width: 1440, colorScheme: 'light' }] as const;

/** What axe finds on the page as it stands, on a phone and on a desktop, and whether it scrolls sideways there. */
export const axeEverywhere = async (page: Page): Promise<string[]> => {
  const found: string[] = [];
  for (const { width, colorScheme } of VIEWPORTS) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    found.push(...(await axeFaults(page)).map((fault) => `${width} ${colorScheme} ${fault}`));
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) found.push(`${width} ${colorScheme} scrolls sideways by ${over}px`);
  }
  return found;
};
