import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type Person, type TestApp } from '../src/app/testing/test-app';
import { VIEWPORTS } from './browser-app.fixture';
import { builtPages, cookiesFor, launchBrowser, listen, newDevice, still, violationsOn, type Listening } from './browser.fixture';

/** From an HR list to people with function, level and territory, in Chromium, as a new user would: desktop and phone. */
let app: TestApp;
let owner: Person;
let server: Listening;
let browser: Browser;
let page: Page;
let base: string;

const STAFF = [
  'Name;E-Mail;Funktion;Abteilung;Standort;Vorgesetzter;Eintrittsdatum',
  'Adler, Carla;carla@north.example;Geschäftsführung;Geschäftsleitung;Ulm;;01.02.2010',
  'Brandt, Sven;sven@north.example;Vertrieb;Außendienst;Ulm;carla@north.example;13.05.2015',
  'Conti, Nina;nina@north.example;Vertrieb;Außendienst;Ulm;Sven Brandt;01.01.2020',
  'Ebner, Mia;mia@north.example;Growth;Messen;Kiel;carla@north.example;31.02.2018',
  'Faber, Tom;tom@north.example;;Messen;Kiel;Mia Ebner;',
  'Gross, Jan;jan(at)north.example;Vertrieb;Außendienst;Kiel;;',
].join('\n');

beforeAll(async () => {
  app = await createTestApp();
  cpSync(builtPages(), join(app.dataDir, 'web'), { recursive: true });
  owner = await app.signUp('Olga Owner');
  const workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
  server = await listen(app.app);
  base = `${server.origin}/w/${workspace}/people`;
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

/** axe on a page as it stands, on a phone and on a desktop; nothing may stick out sideways. */
const inspect = async (where: string): Promise<void> => {
  for (const { width, colorScheme } of VIEWPORTS) {
    await page.evaluate((value) => document.documentElement.setAttribute('data-mantine-color-scheme', value), colorScheme);
    await page.setViewportSize({ width, height: 900 });
    const found = (await violationsOn(page)).map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`);
    expect([where, width, ...found]).toEqual([where, width]);
    expect([where, width, await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)]).toEqual([where, width, true]);
  }
};

/** Notices leave by themselves after ten seconds; half gone, they would be judged as they never stand. */
const quiet = async (): Promise<void> => {
  const notices = page.locator('.mantine-Notification-root');
  for (let left = await notices.count(); left > 0; left = await notices.count()) {
    await notices.first().getByRole('button', { name: 'Close' }).click({ timeout: 1_000 }).catch(() => undefined);
    await still(page);
  }
};

const titleIs = (text: string | RegExp) => page.getByRole('heading', { level: 1, name: text }).waitFor();

it('goes from an HR list to people who can be asked', async () => {
  await page.goto(base);
  await titleIs('Nobody is here yet');
  await inspect('empty');
  await page.getByRole('link', { name: 'Import a list' }).click();
  await titleIs('Bring in a list of people');
  await inspect('choose a file');

  await page.setInputFiles('input[type=file]', { name: 'no-list.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
  await page.getByRole('alert').getByText('This file is neither CSV nor XLSX').waitFor();

  await page.setInputFiles('input[type=file]', { name: 'staff.csv', mimeType: 'text/csv', buffer: Buffer.from(STAFF) });
  await titleIs('This is what staff.csv would do');
  await page.getByText('“jan(at)north.example” is not an e-mail address.').first().waitFor();
  await page.getByRole('combobox', { name: 'What “Growth” means' }).click();
  await page.getByRole('option', { name: 'Marketing' }).click();
  await page.getByText('“Growth” is no function we know').first().waitFor({ state: 'detached' });
  await inspect('preview');
  const mia = page.getByRole('checkbox', { name: /^Import line \d+: Mia Ebner/ });
  await mia.uncheck();
  await page.getByText('1 row is left out by you.').waitFor();
  expect(await page.getByRole('button', { name: 'Import 4 people' }).isEnabled()).toBe(true);
  await mia.check();
  await page.getByRole('button', { name: 'Import 5 people' }).click();
  await titleIs('staff.csv is in');
  await page.getByText('Line 7, Jan Gross: “jan(at)north.example” is not an e-mail address.').waitFor();
  await inspect('imported');

  await page.getByRole('link', { name: 'Say which departments do what' }).click();
  await titleIs('What does each department do?');
  const trade = page.getByRole('radiogroup', { name: 'What Messen does' });
  await trade.getByRole('radio', { name: 'Not said' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByText('Messen: 1 person changed.').waitFor();
  const ulm = page.getByRole('combobox', { name: 'Territory of Ulm' });
  await ulm.fill('South');
  await ulm.press('Enter');
  await page.getByText('Ulm: 3 people changed.').waitFor();
  await inspect('departments');

  await page.getByRole('link', { name: 'Levels', exact: true }).click();
  await titleIs('The manager tree would set 5 levels');
  await quiet();
  await inspect('levels');
  await page.getByRole('button', { name: 'Set 5 levels' }).click();
  await titleIs('Levels agree with the manager tree');

  await page.getByRole('link', { name: 'Everyone' }).click();
  await titleIs('5 people: 2 in sales, 2 in marketing, 1 in leadership');
  await page.getByText('2 people have no territory yet.').waitFor();
  await quiet();
  await inspect('list');
});

it('changes many at once and takes it back; opens one person by keyboard', async () => {
  await page.goto(base);
  await page.getByRole('checkbox', { name: 'Choose Mia Ebner' }).check();
  await page.getByRole('checkbox', { name: 'Choose Tom Faber' }).check();
  await page.getByRole('button', { name: 'Set function' }).click();
  await page.getByRole('menuitem', { name: 'Sales' }).click();
  await titleIs('5 people: 4 in sales, 0 in marketing, 1 in leadership');
  await page.getByRole('button', { name: 'Undo' }).click();
  await titleIs('5 people: 2 in sales, 2 in marketing, 1 in leadership');

  await page.getByRole('button', { name: 'Carla Adler' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: 'Change Mia Ebner' });
  await drawer.getByRole('textbox', { name: 'Name' }).fill('Mia Ebner-Roth');
  await quiet();
  await inspect('person');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Mia Ebner-Roth' }).waitFor();
  // Else the next "Undo" could be this one.
  const saved = page.getByRole('alert').filter({ hasText: 'Saved.' });
  await saved.getByRole('button', { name: 'Close' }).click();
  await saved.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Tom Faber' }).click();
  const tom = page.getByRole('dialog', { name: 'Change Tom Faber' });
  await tom.getByRole('textbox', { name: 'Name' }).fill('Tim Faber');
  await tom.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Tim Faber' }).waitFor();
  await saved.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Tom Faber' }).waitFor();

  await page.goto(`${base}?function=marketing`);
  await page.getByRole('button', { name: 'Tom Faber' }).waitFor();
  expect(await page.getByRole('row').count()).toBe(3);

  await page.goto(`${base}/changes`);
  await page.getByRole('row', { name: /Import of staff\.csv/ }).getByRole('button', { name: 'Take back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
  await page.getByRole('dialog').getByText('kept as they are').waitFor();
  await quiet();
  await inspect('taken back');
});

it('an import says how far it is and can be stopped: nothing of it is there', async () => {
  const workspace = base.split('/').at(-2) ?? '';
  const rows = Array.from({ length: 4_100 }, (_, at) => `p${at}@long.example,Person ${at}`);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${base}/import`);
  await page.setInputFiles('input[type=file]', { name: 'long.csv', mimeType: 'text/csv', buffer: Buffer.from(['email,name', ...rows].join('\n')) });
  await titleIs('This is what long.csv would do');
  // Somebody adds one of them meanwhile and takes a while: the import waits for them.
  let letGo = (): void => undefined;
  const slow = new Promise<void>((resolve) => (letGo = resolve));
  const adding = app.db.inWorkspace(workspace, async (tx) => {
    await tx.execute(sql`insert into person (workspace_id, id, name, email, email_key, created_at, updated_at) values (${workspace}::uuid, ${randomUUID()}::uuid, 'Pat', 'p4050@long.example', 'p4050@long.example', now(), now())`);
    await slow;
    throw new Error('changed their mind');
  }).catch(() => undefined);
  try {
    await page.getByRole('button', { name: /^Import 4.?100 people$/u }).click();
    await page.getByRole('progressbar', { name: 'How much is written' }).and(page.locator('[aria-valuenow="48"]')).waitFor();
    await inspect('being written');
    await page.getByRole('button', { name: 'Stop the import' }).click();
    await page.getByRole('button', { name: 'Stop the import', disabled: true }).waitFor();
  } finally {
    letGo();
    await adding;
  }
  await page.getByRole('alert').getByText('The import was stopped. Nothing was saved.').waitFor();
  expect((await owner.client.people.changes({ workspace })).filter(({ label }) => label === 'long.csv')).toEqual([]);
});
