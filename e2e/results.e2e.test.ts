import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type Person, type TestApp } from '../src/app/testing/test-app';
import { freePort } from '../src/platform/testing/app-process';
import { builtPages, cookiesFor, launchBrowser, listen, newDevice, settled, violationsOn, type Listening } from './browser.fixture';
import { watchPseudo } from './pseudo-locale.fixture';

/** The results pages over the demo company: as sample, as a workspace's wave, as a shared summary. */
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, locale: 'en-GB', colorScheme: 'dark' };
const DESKTOP: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, locale: 'en-GB', colorScheme: 'light' };

let dist: string;
let app: TestApp;
let server: Listening;
let origin: string;
let browser: Browser;
let visitor: Person;
let workspace: string;
let wave: string;
const faults: string[] = [];
/** Gzipped bytes of every script that a page loaded, by name; each page has a browser profile of its own and nothing kept. */
const scripts = new WeakMap<Page, Map<string, number>>();

beforeAll(async () => {
  dist = builtPages();
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  app = await createTestApp({ config: { baseUrl: origin, closeGraceMs: 0 } });
  cpSync(dist, join(app.dataDir, 'web'), { recursive: true });
  server = await listen(app.app, port);
  browser = await launchBrowser();
  await app.bearer().demo.load({});
  visitor = await app.signUp('Vera');
  ({ workspace } = await visitor.client.demo.load({}));
  const waves = await visitor.client.assessment.waves({ workspace });
  const newest = waves.filter(({ state }) => state === 'closed').toSorted((a, b) => String(b.closedAt).localeCompare(String(a.closedAt)))[0];
  if (!newest) throw new Error('the demo has no closed wave');
  wave = newest.id;
});
afterEach(() => expect(faults.splice(0)).toEqual([]));
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await app?.close();
});

const visit = async (path: string, options: BrowserContextOptions = DESKTOP, signedIn = false): Promise<Page> => {
  const context = await newDevice(browser, options);
  if (signedIn) await context.addCookies(cookiesFor(visitor.cookie, origin));
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(`${path}: ${error.message}`));
  const loaded = new Map<string, number>();
  scripts.set(page, loaded);
  page.on('response', (response) => {
    const name = new URL(response.url()).pathname;
    if (name.endsWith('.js')) loaded.set(name, gzipSync(readFileSync(join(dist, name))).length);
  });
  await page.goto(`${origin}${path}`);
  return page;
};
const title = (page: Page, name: RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const drawn = async (page: Page) => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
};
const violations = async (page: Page): Promise<string[]> => (await violationsOn(page)).map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const VIEWS = ['', '?view=tool-1', '?view=tool-3', '?view=tool-7&section=7b', '?view=tool-8', '?view=groups', '?view=change', '?view=comments'];

describe('the sample, without an account', () => {
  /** A phone in the dark and a desk in the light, which keep what they loaded from view to view. */
  const devices: Page[] = [];
  beforeAll(async () => {
    for (const options of [PHONE, DESKTOP]) devices.push(await visit('/sample', options));
  });
  afterAll(async () => {
    for (const page of devices) await page.context().close();
  });

  it.each(VIEWS)('%s is readable on a phone and a desk, in both themes, axe finds nothing, and no statistics are named', async (view) => {
    for (const page of devices) {
      await page.goto(`${origin}/sample${view}`);
      await drawn(page);
      expect(await page.getByText('Sample: an invented company').isVisible()).toBe(true);
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      // Statistics are named in the drawer and nowhere else.
      expect(await page.locator('body').innerText()).not.toMatch(/Hedges|Welch|Cronbach|r_wg|standard deviation/i);
    }
  });

  it('writes no text of its own', async () => {
    const page = await visit('/sample');
    const { look } = watchPseudo(page);
    for (const view of VIEWS) expect([view, await look(`${origin}/sample${view}`)]).toEqual([view, []]);
    await page.context().close();
  });

  it('leads from the finding to the statement behind it, and to how the figure was made', async () => {
    const page = await visit('/sample');
    await page.getByRole('rowheader', { name: 'Communication' }).getByRole('link').click();
    await title(page, /^Communication/);
    await page.getByRole('figure').first().locator('svg text', { hasText: 'Marketing' }).first().waitFor();
    const statement = page.getByRole('listitem').getByRole('button', { expanded: false }).first();
    await statement.click();
    await page.getByText(/Disagree fully/).first().waitFor();
    await page.getByRole('button', { name: 'How this was made', exact: true }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('Hedges’ g').waitFor();
    expect(await violations(page)).toEqual([]);
    await drawer.getByLabel('Figures of').selectOption('leadership');
    await drawer.getByText(/Kept back: shown from 10 answers/).first().waitFor();
    await page.context().close();
  });

  it('turns pages by the arrow keys, keeps the language in the address, searches comments', async () => {
    const page = await visit('/sample?view=tool-2&lang=de');
    await drawn(page);
    await page.getByText('Stärke der Verbindung').or(page.getByText('Verbundenheit')).or(page.getByRole('heading', { level: 1 })).first().waitFor();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/view=tool-3.*lang=de|lang=de.*view=tool-3/);
    await page.getByLabel('Language of questions and readings').selectOption('en');
    await title(page, /^Communication/);
    await page.getByRole('link', { name: 'Comments' }).click();
    await title(page, /comments/);
    await page.getByLabel('Search in comments').fill('zzzz');
    await page.getByText(/^0 of \d+ comments$/).waitFor();
    await page.context().close();
  });
});

describe('a wave of a workspace', () => {
  const base = () => `/w/${workspace}/understand/waves/${wave}/results`;

  it('has a page of its own for each view, in the frame of the workspace, of at most 60 KB of gzipped script on top of the shell', async () => {
    const home = await visit(`/w/${workspace}`, DESKTOP, true);
    await drawn(home);
    const shell = scripts.get(home) ?? new Map<string, number>();
    expect(shell.size).toBeGreaterThan(3);
    await home.context().close();
    for (const [path, name] of [['', /./], ['/1', /./], ['/3', /^Communication/], ['/groups', /groups/], ['/change', /Since|no section/i], ['/comments', /comment/i]] as const) {
      const page = await visit(`${base()}${path}`, DESKTOP, true);
      await title(page, name);
      await settled(page);
      expect(await page.getByRole('button', { name: 'Export' }).isVisible()).toBe(true);
      expect(await violations(page)).toEqual([]);
      const more = [...(scripts.get(page) ?? [])].filter(([script]) => !shell.has(script));
      const weight = more.reduce((sum, [, size]) => sum + size, 0);
      expect(weight, `${path}: ${more.map(([script, size]) => `${script} ${size}`).join(', ')}`).toBeGreaterThan(0);
      expect(weight, `${path}: ${more.map(([script, size]) => `${script} ${size}`).join(', ')}`).toBeLessThanOrEqual(60 * 1024);
      await page.context().close();
    }
  });

  it('offers every file in the language chosen', async () => {
    const page = await visit(base(), DESKTOP, true);
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByLabel('Language', { exact: true }).selectOption('fr');
    expect(await violations(page)).toEqual([]);
    for (const format of ['pdf', 'pptx', 'xlsx', 'csv', 'board-pdf', 'board-pptx']) {
      expect(await page.locator(`a[href="/api/workspaces/${workspace}/waves/${wave}/report/${format}?locale=fr"]`).count()).toBe(1);
    }
    await page.context().close();
  });

  it('is published, shared by a link that opens without an account, and closed again', async () => {
    const page = await visit(base(), DESKTOP, true);
    await page.getByRole('button', { name: /ublish/ }).click();
    const drawer = page.getByRole('dialog', { name: 'Who can see these results' });
    const toggle = drawer.getByRole('switch');
    const before = await toggle.isChecked();
    await toggle.press('Space');
    await expect.poll(() => toggle.isChecked()).toBe(!before);
    expect((await visitor.client.assessment.wave({ workspace, wave })).publishedAt === null).toBe(before);
    await drawer.getByRole('button', { name: 'Make a link' }).click();
    const link = await drawer.getByLabel('Link to the summary').inputValue();
    expect(await violations(page)).toEqual([]);

    const guest = await visit(link.replace(origin, ''));
    await guest.getByText('A shared summary, read only').waitFor();
    await guest.getByRole('link', { name: 'Credibility' }).first().click();
    await title(guest, /Credibility/);
    expect(new URL(guest.url()).hash).toBe(new URL(link).hash);
    expect(await guest.getByRole('link', { name: 'Comments' }).count()).toBe(0);
    await guest.reload();
    await title(guest, /Credibility/);

    await drawer.getByRole('button', { name: 'End the link' }).click();
    await expect.poll(async () => (await visitor.client.assessment.wave({ workspace, wave })).shared).toBe(false);
    await guest.reload();
    await guest.getByRole('alert').getByText(/ended/).waitFor();
    await guest.context().close();
    await page.context().close();
  });

  it('is drawn by the server in the theme of the page', async () => {
    const page = await visit(`${base()}/3`, { ...DESKTOP, colorScheme: 'dark' }, true);
    await page.getByRole('figure').first().waitFor();
    expect(await page.getByRole('figure').first().innerHTML()).toMatch(/#5088F2/i);
    await page.context().close();
  });
});

describe('the demo company', () => {
  it('proposes the next wave, which is set up from it in two presses', async () => {
    const page = await visit(`/w/${workspace}/understand/waves/${wave}/results`, DESKTOP, true);
    await page.getByRole('button', { name: 'Next wave' }).click();
    await page.getByRole('button', { name: 'Make the draft' }).click();
    await page.waitForURL((url) => /understand\/waves\/[0-9a-f-]{36}$/u.test(url.pathname) && !url.pathname.includes(wave));
    await page.getByRole('heading', { level: 1, name: /will ask \d+ people/u }).waitFor();
    await page.context().close();
  });

  it('is removed in one click, report and all', async () => {
    const page = await visit(`/w/${workspace}`, DESKTOP, true);
    await page.getByRole('note').getByRole('button', { name: 'Remove the demo company' }).click();
    await page.getByText('The demo company was removed').waitFor();
    expect((await visitor.client.workspace.mine()).workspaces).toEqual([]);
    const sample = await visit('/sample');
    await sample.getByRole('alert').waitFor();
    await sample.context().close();
    await page.context().close();
  });
});
