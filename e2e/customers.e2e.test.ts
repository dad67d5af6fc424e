import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type Person, type TestApp } from '../src/app/testing/test-app';
import { axeEverywhere } from './browser-app.fixture';
import { builtPages, cookiesFor, launchBrowser, listen, newDevice, still, type Listening } from './browser.fixture';

/** From two systems' exports to one customer, in Chromium, as a company does it on its first day: desktop and phone, light and dark. */
let app: TestApp;
let owner: Person;
let server: Listening;
let browser: Browser;
let page: Page;
let base: string;
let workspace: string;

/** People whom both systems know, so that there is something to learn from. */
const crowd = (side: 'M' | 'C'): string[] =>
  Array.from({ length: 24 }, (_, at) => {
    const given = ['Klara', 'Jonas', 'Miriam', 'Oskar', 'Tessa', 'Henrik', 'Paula', 'Lennart'][at % 8] ?? '';
    const surname = ['Abendroth', 'Birkhahn', 'Czerny', 'Dornseif', 'Eichenlaub', 'Falkenrath'][Math.floor(at / 4)] ?? '';
    const firm = ['Nordwerk', 'Kontorhaus', 'Bergquell', 'Seeblick'][at % 4] ?? '';
    return `${side}${at},${given},${surname},${given.toLowerCase()}.${surname.toLowerCase()}@${firm.toLowerCase()}.example,${firm}${side === 'C' ? ' GmbH' : ''},${side === 'C' ? 'Working' : 'New'},0${1 + (at % 9)}/0${2 + (at % 7)}/2026,${side === 'M' && at === 0 ? 'true' : ''}`;
  });
const HEAD = 'Lead ID,First Name,Last Name,Email,Company,Status,Create Date,Opted out';
const MARKETING = [`${HEAD},Shoe size`, ...crowd('M').map((line) => `${line},41`), 'M90,Thomas,Wendelin,thomas.wendelin@nordwerk.example,Nordwerk,New,01/02/2026,true,38', 'M91,Cy,Fox,not an address,Gamma,New,01/02/2026,,', 'M0,Klara,Abendroth,klara.abendroth@nordwerk.example,Nordwerk AG,New,01/02/2026,true,41'].join('\n');
const CRM = [HEAD, ...crowd('C'), 'C90,Thomas,Wendelin,thomas.wendelin2@nordwerk.example,Nordwerk,Working,03/04/2026,'].join('\n');

/** While it stands, jobs wait: a file is then on its way for as long as a test looks at it. */
let held: Promise<void> | null = null;

beforeAll(async () => {
  app = await createTestApp({ jobs: async (name, data) => void (name.startsWith('customers.') && setTimeout(() => void (held ?? Promise.resolve()).then(() => app.runJob(name, data)), 10)) });
  cpSync(builtPages(), join(app.dataDir, 'web'), { recursive: true });
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
  server = await listen(app.app);
  base = `${server.origin}/w/${workspace}/customers`;
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

const inspect = async (where: string): Promise<void> => {
  expect([where, ...(await axeEverywhere(page))]).toEqual([where]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
};
const titleIs = (text: string | RegExp) => page.getByRole('heading', { level: 1, name: text }).waitFor();
const addSystem = async (name: string, side: 'Sales' | 'Marketing') => {
  await page.getByLabel('What is the system called?').fill(name);
  await page.getByText(side, { exact: true }).last().click();
  await page.getByRole('button', { name: 'Add the system' }).click();
  await page.getByText(`Drop an export of ${name} here`).waitFor();
};
const drop = (name: string, text: string) => page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });

it('goes from two exports to one customer', async () => {
  await page.goto(base);
  await page.getByText('No records yet').waitFor();
  await inspect('no records');
  await page.getByRole('link', { name: 'Bring in a file' }).first().click();
  await page.getByText('Nothing has been brought in yet').waitFor();
  await inspect('no files');

  await addSystem('HubSpot', 'Marketing');
  await drop('no-table.pdf', '%PDF-1.7');
  await page.getByRole('alert').getByText('This file is neither CSV nor XLSX').waitFor();
  await inspect('a file that is none');

  await drop('leads of marketing.csv', MARKETING);
  await titleIs(/would change 25 rows/);
  await page.getByText('Every date here could be day first or month first').waitFor();
  expect(await page.getByRole('button', { name: 'Put 25 rows in' }).isEnabled()).toBe(false);
  await page.getByText('This is not an e-mail address').or(page.getByText('Not an e-mail address')).first().waitFor();
  await inspect('a file that was looked at');
  await page.getByText('Day first: 3/4 is the third of April').click();
  await page.getByRole('button', { name: 'Put 25 rows in' }).click();
  await titleIs(/is in\./);
  await inspect('a file that is in');

  await page.getByRole('link', { name: 'All files' }).click();
  await page.getByRole('combobox', { name: 'Where does the file come from?' }).click();
  await page.getByRole('option', { name: 'Another system …' }).click();
  await addSystem('Salesforce', 'Sales');
  await drop('leads of sales.csv', CRM);
  await titleIs(/would change 25 rows/);
  await page.getByText('Month first: 3/4 is the fourth of March').click();
  await page.getByRole('button', { name: 'Look again with these meanings' }).click();
  await page.getByRole('button', { name: 'Put 25 rows in' }).click();
  await titleIs(/is in\./);
  await page.getByRole('link', { name: 'All files' }).click();
  await page.getByText('leads of sales.csv').waitFor();
  await inspect('files so far');
});

it('an import goes on while nobody looks, says what the data can answer, and is taken back', async () => {
  await page.getByRole('combobox', { name: 'Where does the file come from?' }).click();
  await page.getByRole('option', { name: 'HubSpot' }).click();
  await drop('one more.csv', 'Lead ID,First Name,Last Name,Email,Company\nM95,Nora,Zander,nora.zander@bergquell.example,Bergquell');
  await titleIs(/would change 1 row/);
  let letGo = (): void => undefined;
  held = new Promise<void>((resolve) => (letGo = resolve));
  try {
    await page.getByRole('button', { name: 'Put 1 row in' }).click();
    await titleIs('one more.csv is being put in.');
    await page.getByText('You can leave this page; it goes on.').waitFor();
    await page.getByRole('link', { name: 'All files' }).click();
    await page.getByRole('row', { name: /one more\.csv.*Being put in/u }).waitFor();
    await page.getByRole('link', { name: 'one more.csv' }).click();
    await titleIs('one more.csv is being put in.');
    await inspect('a file on its way');
  } finally {
    held = null;
    letGo();
  }
  await titleIs('one more.csv is in.');
  await page.getByRole('heading', { name: /^These data answer /u }).waitFor();
  await page.getByText(/^Salesforce: .*Opportunit/u).first().waitFor();
  const records = async () => (await owner.client.customers.sources({ workspace })).reduce((sum, source) => sum + source.records, 0);
  expect(await records()).toBe(51);
  await page.getByRole('button', { name: 'Take it back' }).click();
  await page.getByRole('dialog', { name: 'Take one more.csv back?' }).getByRole('button', { name: 'Take it back' }).click();
  await titleIs('one more.csv was taken back.');
  expect(await records()).toBe(50);
});

it('finds people, matches them, and shows one customer', async () => {
  await page.goto(`${base}/review`);
  await page.getByText('Are these one customer?').waitFor();
  await page.getByRole('columnheader').filter({ hasText: 'HubSpot' }).getByText('Opted out', { exact: true }).waitFor();
  expect(await page.getByRole('columnheader').filter({ hasText: 'Salesforce' }).getByText('Opted out').count()).toBe(0);
  await inspect('a pair to match');
  await page.getByRole('button', { name: 'Not the same' }).click();
  await page.getByText('Kept apart.').waitFor();

  await page.goto(base);
  await titleIs(/2 systems hold 50 records/);
  await inspect('records');
  await page.getByLabel('Name, e-mail, company, id').fill('Shoe size: 38');
  await page.getByText('Shoe size: 38').last().waitFor();
  await titleIs(/1 record/);
  await inspect('records found in a column that nobody named');
  await page.getByLabel('Name, e-mail, company, id').fill('nobody at all');
  await page.getByText('No record fits').waitFor();
  await inspect('no record found');
  await page.getByLabel('Name, e-mail, company, id').fill('Klara Abendroth');
  await page.getByRole('link', { name: 'Klara Abendroth' }).first().click();
  await titleIs(/Klara Abendroth: what 2 systems say/);
  await page.getByText('Opted out. Do not write or call.').waitFor();
  await page.getByText(/Systems disagree about \d+ field/).waitFor();
  await inspect('a customer');

  const source = (await owner.client.customers.sources({ workspace })).find(({ name }) => name === 'Salesforce')?.id ?? '';
  const put = (kind: 'account' | 'contact', rows: { key: string; name: string; accountKey?: string; optedOut?: boolean }[]) => owner.client.customers.putRecords({ workspace, source, kind, rows });
  await put('account', [{ key: 'A1', name: 'Bergquell AG' }]);
  await put('contact', [{ key: 'K1', name: 'Orla Out', accountKey: 'A1', optedOut: true }, { key: 'K2', name: 'Ina In', accountKey: 'A1' }]);
  const firm = (await owner.client.customers.records({ workspace, search: 'Bergquell AG', limit: 5 })).rows.find(({ key }) => key === 'A1');
  await page.goto(`${base}/${firm?.party ?? ''}`);
  await page.getByRole('listitem').filter({ hasText: 'Orla Out' }).getByText('Opted out', { exact: true }).waitFor();
  expect(await page.getByRole('listitem').filter({ hasText: 'Ina In' }).getByText('Opted out').count()).toBe(0);

  const counts = `${server.origin}/w/${workspace}/pipeline/two-counts`;
  await page.goto(counts);
  await titleIs(/worked/);
  await page.getByRole('heading', { name: 'What this data cannot tell' }).waitFor();
  await page.getByText('No contact by sales has a date', { exact: false }).waitFor();
  await inspect('two counts with gaps');
  // Nothing is agreed yet: that segment leads to where it can be.
  await page.getByRole('radiogroup', { name: 'Whose rule' }).getByText('Not agreed yet').click();
  await page.getByRole('dialog', { name: 'Propose a commitment' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/w/${workspace}/agreements`);

  await page.goto(`${base}/${crypto.randomUUID()}`);
  await page.getByRole('alert').first().waitFor();
  await inspect('a customer that is not here');
  await page.route('**/rpc/customers/**', (route) => route.abort());
  for (const path of ['', '/imports', '/review']) {
    await page.goto(`${base}${path}`);
    await page.getByRole('alert').first().waitFor();
    await still(page);
    await inspect(`failing ${path}`);
  }
});
