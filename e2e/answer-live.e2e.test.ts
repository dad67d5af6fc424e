import { cpSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { device, launchSurvey, postTo, type Invited, type Survey } from '../src/app/testing/survey';
import { createTestApp, type TestApp } from '../src/app/testing/test-app';
import { closeWave } from '../src/features/assessment/commands/close';
import { c3Toolkit } from '../src/features/assessment/domain/built-in';
import { LOCALES } from '../src/lib/vocabulary';
import { builtPages, launchBrowser, listen, newDevice, type Listening } from './browser.fixture';

/** The answering page against the application itself: the C3 toolkit, launched, answered in Chromium, closed. */
let app: TestApp;
let server: Listening;
let origin: string;
let browser: Browser;
let survey: Survey;
let clock = new Date('2026-03-02T08:00:00Z');
const c3 = { id: c3Toolkit.id, version: c3Toolkit.version, toolIds: c3Toolkit.tools.map((tool) => tool.id) };

beforeAll(async () => {
  app = await createTestApp({ now: () => clock, config: { closeGraceMs: 0 } });
  cpSync(builtPages(), join(app.dataDir, 'web'), { recursive: true });
  server = await listen(app.app);
  origin = server.origin;
  browser = await launchBrowser();
  survey = await launchSurvey(
    app.services,
    [
      { function: 'sales', level: 'front_line', territory: 'North', people: 8 },
      { function: 'marketing', level: 'front_line', territory: '', people: 8 },
    ],
    c3,
    { functions: ['sales', 'marketing'], locales: [...LOCALES] },
  );
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await app?.close();
});

const of = (leaf: string) => survey.invited.filter((each) => each.leafId.startsWith(leaf));
const at = (list: readonly Invited[], index: number): Invited => {
  const found = list[index];
  if (!found) throw new Error(`nobody at ${index}`);
  return found;
};
const visit = async (address: string, locale: string): Promise<Page> => {
  const context = await newDevice(browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale });
  const page = await context.newPage();
  await page.goto(address);
  return page;
};

/** Answers every statement with the key of this place by number keys, part by part, to the review. */
const answerAll = async (page: Page, rate: (statement: number) => number): Promise<number> => {
  let statement = 0;
  await page.locator('.actions .primary').click();
  while ((await page.locator('textarea').count()) === 0) {
    await page.locator('.statement').first().waitFor();
    const title = await page.locator('#stem').textContent();
    const count = await page.locator('.statement').count();
    await page.locator('.statement [role=radio]').first().focus();
    for (let each = 0; each < count; each += 1) {
      await page.keyboard.press(String(rate(statement)));
      statement += 1;
    }
    expect([title, await page.locator('.statement [aria-checked=true]').count()]).toEqual([title, count]);
    const part = await page.locator('.head .meta').textContent();
    await page.locator('.bar .primary').click();
    await page.waitForFunction((before) => document.querySelector('.head .meta')?.textContent !== before, part);
  }
  await page.locator('.bar .primary').click();
  return statement;
};

describe('the answering page and the server', () => {
  it.each([
    ['sales', 80, 'de', (each: Invited) => `/a#${survey.waveId}.${each.token}.${survey.launched.listHash}`],
    ['marketing', 71, 'nl', (each: Invited) => `/a%23${survey.waveId}.${each.token}.${survey.launched.listHash}`],
  ] as const)('takes the whole C3 toolkit of %s, %i statements, from a link', async (leaf, statements, locale, address) => {
    const page = await visit(origin + address(at(of(leaf), 0)), locale);
    await page.locator('.words').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    expect(await answerAll(page, (statement) => 1 + (statement % 7))).toBe(statements);
    await page.locator('.sheet .primary').click();
    await page.locator('details.see').waitFor();
    const kept = await page.evaluate(() => Object.values({ ...localStorage }).join());
    expect(kept).toContain('"received":true');
  });

  it('opens by the short code as it is printed', async () => {
    const page = await visit(`${origin}/a`, 'en');
    await page.getByLabel('Code').fill(at(of('sales'), 1).code.toLowerCase().replace(/(....)(?=.)/g, '$1-').replaceAll('0', 'o'));
    await page.getByRole('button', { name: 'Open' }).click();
    await page.locator('.words').waitFor();
    expect(page.url()).toContain(`/a#${survey.waveId}.`);
  });

  it('tells that the ballot was picked up on another device', async () => {
    const invited = at(of('sales'), 2);
    await device(postTo((path, init) => fetch(origin + path, init)), survey, invited).pickUp();
    const page = await visit(`${origin}/a/${survey.waveId}.${invited.token}.${survey.launched.listHash}`, 'en');
    await page.locator('.actions .primary').click();
    // The refusal takes the place of whatever part is open when it arrives.
    const refusal = page.getByRole('heading', { name: 'Your ballot was picked up on another device' });
    while (!(await refusal.isVisible())) await page.locator('.bar .primary').click({ timeout: 1_000 }).catch(() => undefined);
    expect(await page.locator('.bar').count()).toBe(0);
  });

  it('counts, after closing, exactly what was tapped, and then takes no more', async () => {
    const post = postTo((path, init) => fetch(origin + path, init));
    for (const leaf of ['sales', 'marketing']) {
      for (const invited of of(leaf).slice(3)) {
        const phone = device(post, survey, invited);
        expect((await phone.send(await phone.answer(() => 4))).status).toBe(200);
      }
    }
    clock = new Date('2026-04-02T08:00:00Z');
    expect(await closeWave(app.services, survey.workspaceId, survey.waveId)).toBe(true);
    const client = new pg.Client({ connectionString: app.ownerUrl });
    await client.connect();
    const { rows } = await client.query<{ answers: Buffer }>('select answers from answer_set where wave_id = $1', [survey.waveId]);
    await client.end();
    const tapped = rows.map(({ answers }) => [...answers]).filter((answers) => answers.some((value) => value !== 4));
    const pattern = (length: number) => Array.from({ length }, (_, statement) => 1 + (statement % 7));
    expect(tapped.sort((a, b) => a.length - b.length)).toEqual([pattern(71), pattern(80)]);
    expect(rows).toHaveLength(12);

    const late = await visit(`${origin}/a#${survey.waveId}.${at(of('sales'), 1).token}.${survey.launched.listHash}`, 'en');
    await late.getByRole('heading', { name: 'This survey has closed' }).waitFor();
  });
});
