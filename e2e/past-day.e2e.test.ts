import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../src/app/testing/test-app';
import { axeEverywhere } from './browser-app.fixture';
import { builtPages, cookiesFor, launchBrowser, listen, newDevice, still, type Listening } from './browser.fixture';

/** A past day, asked for and left again in Chromium: the two counts, the funnel and the number. */
let app: TestApp;
let server: Listening;
let browser: Browser;
let page: Page;
let base: string;
let workspace: string;

const THAT_DAY = '2025-03-10';
const title = (text: string | RegExp) => page.getByRole('heading', { level: 1, name: text }).waitFor();
const field = () => page.getByLabel('As of (leave empty for today)');
const said = () => page.getByRole('status').filter({ hasText: 'As it stood at the end of 10 Mar 2025.' });
const inAddress = () => new URL(page.url()).searchParams.get('asOf');

/** One lead of marketing's and one of sales' own a day in March; an objection of today. */
beforeAll(async () => {
  app = await createTestApp();
  cpSync(builtPages(), join(app.dataDir, 'web'), { recursive: true });
  const owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'UTC' })).id;
  const source = async (side: 'marketing' | 'sales') => (await owner.client.customers.createSource({ workspace, name: side === 'sales' ? 'CRM' : 'Automation', side, timeZone: 'UTC' })).id;
  const rows = (key: string, more: (day: string) => object) => Array.from({ length: 20 }, (_, at) => {
    const day = `2025-03-${String(at + 1).padStart(2, '0')}`;
    return { key: `${key}${at}`, name: `${key} ${at}`, email: `${key}${at}@x.example`, status: 'Working', enteredAt: `${day}T09:00:00Z`, ...more(day) };
  });
  await owner.client.customers.putRecords({ workspace, source: await source('marketing'), kind: 'lead', rows: rows('M', (day) => ({ qualifiedAt: `${day}T10:00:00Z` })) });
  await owner.client.customers.putRecords({ workspace, source: await source('sales'), kind: 'lead', rows: rows('S', (day) => ({ contactedAt: `${day}T11:00:00Z` })) });
  await owner.client.pipeline.disputeRow({ workspace, row: 'never_arrived', note: 'Some of them are there.' });
  await app.runJob('pipeline.compute-answers', { workspaceId: workspace });
  server = await listen(app.app);
  base = `${server.origin}/w/${workspace}`;
  browser = await launchBrowser();
  const context = await newDevice(browser, { viewport: { width: 1440, height: 900 } });
  await context.addCookies(cookiesFor(owner.cookie, server.origin));
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await app?.close();
});

/** Readable on a desktop and a phone, light and dark, and after a reload still that day. */
const keeps = async (): Promise<void> => {
  expect(await axeEverywhere(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.reload();
  await said().waitFor();
  expect(inAddress()).toBe(THAT_DAY);
};
const backToToday = async (): Promise<void> => {
  await page.getByRole('button', { name: 'Back to today' }).click();
  await said().waitFor({ state: 'detached' });
  expect([inAddress(), await field().inputValue()]).toEqual([null, '']);
};

it('the two counts of a past day say which, show the objections made by then, and lead back to today', async () => {
  await page.goto(`${base}/pipeline/two-counts`);
  await title(/^Marketing counts 20 leads, sales worked 20\./u);
  await field().fill(THAT_DAY);
  await said().waitFor();
  await title(/^Marketing counts 10 leads, sales worked 10\./u);
  await keeps();
  await page.getByRole('button', { name: /^Never arrived in the CRM/u }).click();
  await page.getByText('Nobody had said so by that day.').waitFor();
  await page.getByText('10 leads', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Send the objection' }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await backToToday();
  await title(/^Marketing counts 20 leads, sales worked 20\./u);
  await page.getByRole('button', { name: /^Never arrived in the CRM/u }).click();
  await page.getByText('Some of them are there.').waitFor();
});

it('the funnel of a past day opens its leads as they stood, and leads back to today', async () => {
  await page.goto(`${base}/pipeline/answers/funnel`);
  await title('Of 40 leads, 0 became customers so far');
  await field().fill(THAT_DAY);
  await said().waitFor();
  await title('Of 20 leads, 0 became customers so far');
  await keeps();
  await page.getByRole('button', { name: /^20\b.*Mar 2025$/u }).first().click();
  await page.getByText('20 leads behind this figure').waitFor();
  await still(page);
  expect(await page.getByRole('link', { name: 'Open them in the list of leads' }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await backToToday();
  await title('Of 40 leads, 0 became customers so far');
});

it('the metrics of a past day are of the period that day was in, and lead back to today', async () => {
  await page.goto(`${base}/goals`);
  await title('No period under way has a shared target yet.');
  await field().fill(THAT_DAY);
  await said().waitFor();
  await page.getByText('Q1 2025: 20 leads entered', { exact: false }).waitFor();
  await keeps();
  await backToToday();
  await title('No period under way has a shared target yet.');
});
