import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { jobs } from '../src/app/features';
import { member } from '../src/features/workspace/schema';
import { openDatabase } from '../src/platform/db/database';
import { migrate } from '../src/platform/db/migrate';
import { lookup } from '../src/platform/db/schema';
import { APP_ROLE, startEngine } from '../src/platform/engine/engine';
import { freePort, startApp, type AppProcess } from '../src/platform/testing/app-process';
import { seedLeads, seedWorkspace } from './support/seed-pipeline';

/**
 * The list and the board of LOCKSTEP_BENCH_LIST leads (100000) in Chromium: until the first rows are seen, how long frames take while somebody
 * scrolls, and how soon rows are there after a leap to the middle. 50 ms a frame is what a person still takes for movement (RAIL).
 */
const LEADS = Number(process.env.LOCKSTEP_BENCH_LIST ?? 100_000);
const BAR = { frameMs: 50, seenMs: 300 };
const TURNS = 150;
const LEAPS = 10;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const round = (value: number): number => Number(value.toFixed(1));
const quantile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

/** An account in the seeded workspace. @returns its cookies */
const account = async (app: AppProcess, appUrl: string, workspaceId: string): Promise<{ name: string; value: string; url: string }[]> => {
  const response = await fetch(`${app.url}/api/auth/sign-up/email`, { method: 'POST', headers: { 'content-type': 'application/json', origin: app.url }, body: JSON.stringify({ name: 'Bench', email: 'list@example.com', password: 'a long enough password' }) });
  if (!response.ok) throw new Error(`sign-up answered ${response.status}: ${await response.text()}`);
  const { user } = (await response.json()) as { user: { id: string } };
  const db = openDatabase(appUrl, () => undefined, 1);
  await db.inWorkspace(workspaceId, async (tx) => {
    await tx.insert(member).values({ workspaceId, userId: user.id, name: 'List', email: 'list@example.com', role: 'facilitator', joinedAt: new Date() });
    await tx.insert(lookup).values({ kind: 'user', key: user.id, workspace: workspaceId });
  });
  await db.close();
  return response.headers.getSetCookie().map((cookie) => {
    const [pair = ''] = cookie.split(';');
    return { name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: app.url };
  });
};

/** Turns the wheel over an element and gives how long each frame took meanwhile, in milliseconds. */
const framesWhileTurning = async (page: Page, selector: string): Promise<number[]> => {
  await page.locator(selector).first().hover();
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(globalThis, { seen });
    let before = performance.now();
    const frame = (now: number) => { seen.push(now - before); before = now; requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
  });
  for (let turn = 0; turn < TURNS; turn += 1) await page.mouse.wheel(0, 400);
  return page.evaluate(() => (globalThis as unknown as { seen: number[] }).seen.slice(1));
};

/** Leaps to places all over the list; milliseconds until a lead's name stands in the middle of it. */
const leaps = async (page: Page): Promise<number[]> => {
  const waits: number[] = [];
  for (let leap = 1; leap <= LEAPS; leap += 1)
    waits.push(await page.evaluate(async (share) => {
      const box = [...document.querySelectorAll<HTMLElement>('[role=rowgroup]')].find((each) => each.scrollHeight > each.clientHeight * 10);
      if (!box) throw new Error('there is no list');
      const began = performance.now();
      box.scrollTop = box.scrollHeight * share;
      const { left, top, width, height } = box.getBoundingClientRect();
      for (;;) {
        await new Promise(requestAnimationFrame);
        const row = document.elementFromPoint(left + width / 2, top + height / 2)?.closest('[role=row]');
        if (row?.querySelector('[data-lead]')) return performance.now() - began;
        if (performance.now() - began > 30_000) throw new Error('no lead came into sight');
      }
    }, (leap * 0.618) % 1));
  return waits;
};

async function* looked(browser: Browser, app: AppProcess, cookies: Awaited<ReturnType<typeof account>>, workspaceId: string): AsyncGenerator<object> {
  const of = `${LEADS.toLocaleString('en')} leads in Chromium`;
  for (const [device, viewport] of [['1440 px', { width: 1440, height: 900 }], ['390 px', { width: 390, height: 844 }]] as const) {
    const context = await browser.newContext({ viewport });
    await context.addCookies(cookies);
    const page = await context.newPage();
    const seen: number[] = [];
    for (let look = 0; look < 3; look += 1) {
      const began = performance.now();
      await page.goto(`${app.url}/w/${workspaceId}/pipeline`);
      await page.locator('[data-lead]').first().waitFor();
      seen.push(performance.now() - began);
    }
    const frames = await framesWhileTurning(page, '[data-lead]');
    const waits = await leaps(page);
    yield { figure: `list of ${of}, ${device}: frames while scrolling`, value: round(quantile(frames, 0.95)), unit: 'ms p95', target: BAR.frameMs, p50: round(quantile(frames, 0.5)), worst: round(Math.max(...frames)), n: frames.length, load: round(loadavg()[0] ?? 0) };
    yield { figure: `list of ${of}, ${device}: rows in sight after a leap`, value: round(quantile(waits, 0.95)), unit: 'ms p95', target: BAR.seenMs, p50: round(quantile(waits, 0.5)), n: LEAPS, firstRowsMs: seen.map(Math.round), load: round(loadavg()[0] ?? 0) };
    const began = performance.now();
    await page.goto(`${app.url}/w/${workspaceId}/pipeline?layout=board`);
    await page.locator('[draggable=true]').first().waitFor();
    const board = performance.now() - began;
    const boardFrames = await framesWhileTurning(page, '[draggable=true]');
    yield { figure: `board of ${of}, ${device}: frames while scrolling`, value: round(quantile(boardFrames, 0.95)), unit: 'ms p95', target: BAR.frameMs, p50: round(quantile(boardFrames, 0.5)), worst: round(Math.max(...boardFrames)), n: boardFrames.length, firstCardsMs: Math.round(board), load: round(loadavg()[0] ?? 0) };
    await context.close();
  }
}

export async function* run(): AsyncGenerator<object> {
  const executablePath = [process.env.CHROMIUM_PATH ?? '', '/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
  if (!executablePath) return yield { figure: 'list and board', skipped: 'no Chromium was found' };
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-list-'));
  chmodSync(folder, 0o700);
  const engine = await startEngine({ dataDir: folder, log: silent, doing: 'a bench' });
  let app: AppProcess | undefined;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    await migrate(engine.ownerUrl, { appRole: APP_ROLE, queues: jobs.map((job) => job.name) });
    const place = await seedWorkspace(engine.appUrl);
    await seedLeads(engine.ownerUrl, place, LEADS, 0);
    const port = await freePort();
    app = await startApp({ dataDir: join(folder, 'app'), port, env: { BASE_URL: `http://127.0.0.1:${port}`, DATABASE_URL: engine.appUrl, DATABASE_OWNER_URL: engine.ownerUrl, LOG_LEVEL: 'error' } });
    yield* looked(browser, app, await account(app, engine.appUrl, place.workspaceId), place.workspaceId);
  } finally {
    await browser.close();
    await app?.end('SIGTERM');
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
