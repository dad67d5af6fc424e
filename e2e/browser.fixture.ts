import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page, type Request } from 'playwright-core';
import { CHROMIUM } from './chromium';

/** Milliseconds after which something that should appear never will; a slow or busy machine takes its time. */
export const PATIENCE = 60_000;

/** The folder of the built pages; made when stale. One process at a time builds, the others wait for it. */
export const builtPages = (): string => {
  const built = spawnSync(process.execPath, [join('scripts', 'build.mjs'), '--web'], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the pages could not be built: ${built.stderr}`);
  return join(process.cwd(), 'dist', 'web');
};

export const launchBrowser = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'], timeout: PATIENCE });

/** What a page has asked a server for and not got yet. */
const asking = new WeakMap<Page, Set<Request>>();

/** A browser profile of its own that waits as long as a slow machine needs. */
export const newDevice = async (browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> => {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE);
  context.on('page', (page) => {
    const open = new Set<Request>();
    asking.set(page, open);
    page.on('request', (request) => open.add(request));
    page.on('requestfinished', (request) => open.delete(request));
    page.on('requestfailed', (request) => open.delete(request));
    // A stream of what happens is answered once it begins; it ends with the page.
    page.on('response', (response) => { if (response.headers()['content-type']?.startsWith('text/event-stream')) open.delete(response.request()); });
  });
  return context;
};

/** A session cookie as the server set it, for a browser. */
export const cookiesFor = (cookie: string, url: string): { name: string; value: string; url: string }[] =>
  cookie.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url }));

export type Listening = { origin: string; stop(): Promise<void> };

/** Puts an application without a port on one. */
export const listen = async (app: Hono, port = 0): Promise<Listening> => {
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
  await new Promise((listening) => server.once('listening', listening));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise<void>((closed) => server.close(() => closed())),
  };
};

/** Waits until nothing fades, slides or scrolls any more: half-faded text has no contrast yet. */
export const still = async (page: Page): Promise<void> => {
  await page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const late = performance.now() + 20_000;
    const moves = (each: Animation) => each.playState === 'running' && Number.isFinite(Number(each.effect?.getComputedTiming().endTime ?? 0));
    for (let calm = 0, before = ''; calm < 6; ) {
      if (performance.now() > late) throw new Error('the page does not come to rest');
      const places = `${scrollX} ${scrollY} ${document.documentElement.scrollHeight} ${document.body.textContent.length}`;
      calm = document.getAnimations().some(moves) || places !== before ? 0 : calm + 1;
      before = places;
      await frame();
    }
  });
};

/** Waits until a page has everything it asked for, has drawn it, and has asked for nothing more because of it. */
export const settled = async (page: Page): Promise<void> => {
  const open = asking.get(page);
  if (!open) throw new Error('settled() knows pages of newDevice() only');
  const late = Date.now() + PATIENCE;
  do {
    while (open.size > 0) {
      if (Date.now() > late) throw new Error(`still asked for: ${[...open].map((request) => request.url()).join(' ')}`);
      await new Promise((later) => setTimeout(later, 10));
    }
    await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
    await still(page);
  } while (open.size > 0);
};

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
type Violation = { id: string; nodes: { html: string; target: string[]; failureSummary?: string }[] };

export const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
export const WCAG_AND_PRACTICE = [...WCAG, 'best-practice'];

/** What axe finds against these rules on the page as it stands once it stands still. */
export const violationsOn = async (page: Page, runOnly: string[] = WCAG_AND_PRACTICE): Promise<Violation[]> => {
  await still(page);
  // Not as a script tag: the pages' own policy refuses those.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  return page.evaluate(async (rules) => {
    const { axe } = window as unknown as { axe: { run(root: Document, options: object): Promise<{ violations: Violation[] }> } };
    return (await axe.run(document, { runOnly: rules, resultTypes: ['violations'] })).violations;
  }, runOnly);
};
