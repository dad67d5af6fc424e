import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sceneFor, startBrowserApp, type BrowserApp } from './browser-app.fixture';
import { newDevice, still } from './browser.fixture';

/**
 * With "?pseudo" every text of the message files stands in brackets; a text without them is hard-wired. What the server
 * sent (names, questionnaires, refusals) is data: a text that stands word for word in an answer is not the page's own.
 */
let app: BrowserApp;
let page: Page;
let workspace = '';
const sent = new Set<string>();
/** Answers that are still being read; a busy machine draws the page before their text is here. */
const coming: Promise<void>[] = [];

const remember = (value: unknown): void => {
  if (typeof value === 'string') sent.add(value.trim());
  else if (Array.isArray(value)) value.forEach(remember);
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(remember);
};

beforeAll(async () => {
  app = await startBrowserApp();
  const context = await newDevice(app.browser, { baseURL: app.origin, viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  page = await context.newPage();
  page.on('response', (response) => {
    if (response.url().includes('/rpc/')) coming.push(response.json().then(remember, () => undefined));
  });
});
afterAll(() => app?.close());

/** Languages call themselves by their own names in every language. */
const LANGUAGES = ['English', 'Deutsch', 'Nederlands', 'Français', 'Español'];

/** Visible texts, placeholders and names of parts that carry letters and neither brackets nor the mark of data. */
const unbracketed = async (): Promise<string[]> => {
  const found = await page.evaluate(() => {
    const texts: string[] = [];
    const isData = (element: Element | null) => element?.closest('[data-user-text], time, svg, style, script, noscript, option, .visually-hidden [data-user-text]') !== null;
    const isShown = (element: Element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent && isShown(parent) && !isData(parent)) texts.push(node.textContent?.trim() ?? '');
    }
    for (const element of document.querySelectorAll('[placeholder], [aria-label], [title], [alt]'))
      if (isShown(element) && !isData(element)) for (const name of ['placeholder', 'aria-label', 'title', 'alt']) texts.push(element.getAttribute(name)?.trim() ?? '');
    return texts;
  });
  return [...new Set(found)].filter((text) => /\p{L}/u.test(text) && !/^\[[\s\S]*\][.,:]?$/u.test(text) && !sent.has(text) && !LANGUAGES.includes(text));
};

const look = async (path: string): Promise<string[]> => {
  await page.goto(`${path}${path.includes('?') ? '&' : '?'}pseudo`.replace(/(#[^?]*)(\?pseudo)$/, '$2$1'));
  await page.locator('main').first().waitFor();
  await page.waitForLoadState('networkidle');
  await still(page);
  await Promise.all(coming.splice(0));
  return unbracketed();
};

describe('nothing is hard-wired', () => {
  it('before an account', async () => {
    for (const path of ['/', '/sign-in', '/sign-up', '/forgotten', '/new-password?token=x', '/join', '/s', '/sample', '/no/such/page']) expect([path, await look(path)]).toEqual([path, []]);
  });

  it('in an empty workspace and in one with people, members, tokens and a draft', async () => {
    const post = sceneFor(page.context(), app.origin);
    await post('/api/auth/sign-up/email', { name: 'Olga Berger', email: 'olga@northwind.example', password: 'a long enough password' });
    workspace = (await post('/api/workspaces', { name: 'Northwind Pumps', timeZone: 'Europe/Berlin' })).id ?? '';
    const pages = ['', '/understand', '/people', '/people/import', '/people/departments', '/people/levels', '/people/changes', '/settings', '/settings/members', '/settings/tokens', '/settings/outbox', '/settings/audit', '/no-such-page'];
    const visit = async () => {
      const faults: [string, string[]][] = [];
      for (const path of pages) faults.push([path, await look(`/w/${workspace}${path}`)]);
      return faults.filter(([, texts]) => texts.length > 0);
    };
    expect(await visit()).toEqual([]);
    for (const [name, fn] of [['Anna Keller', 'sales'], ['Ben Lopez', 'marketing'], ['Carla Novak', null]] as const)
      await post(`/api/workspaces/${workspace}/people`, { name, email: `${name.split(' ')[0]}@northwind.example`, ...(fn ? { function: fn, level: 'leader' } : {}), department: 'Accounts', site: 'Graz' });
    await post(`/api/workspaces/${workspace}/invitations`, { email: 'ada@northwind.example', role: 'admin' });
    await post(`/api/workspaces/${workspace}/tokens`, { name: 'HR sync', scopes: ['people:read'] });
    const wave = (await post(`/api/workspaces/${workspace}/waves`, { name: 'Spring' })).id ?? '';
    pages.push(`/understand/waves/${wave}`);
    expect(await visit()).toEqual([]);
  });

  it('finds a hard-wired text when there is one', async () => {
    await look(`/w/${workspace}/settings`);
    await page.evaluate(() => document.querySelector('main')?.append('Hard-wired'));
    expect(await unbracketed()).toEqual(['Hard-wired']);
  });
});
