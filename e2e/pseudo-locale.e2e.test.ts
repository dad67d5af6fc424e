import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sceneFor, startBrowserApp, type BrowserApp } from './browser-app.fixture';
import { newDevice } from './browser.fixture';
import { watchPseudo } from './pseudo-locale.fixture';

/** No page around surveys writes a text of its own; those of results and of an open survey are looked at where they stand. */
let app: BrowserApp;
let page: Page;
let workspace = '';
let look: (path: string) => Promise<string[]>;
let unbracketed: () => Promise<string[]>;

beforeAll(async () => {
  app = await startBrowserApp();
  const context = await newDevice(app.browser, { baseURL: app.origin, viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  page = await context.newPage();
  ({ look, unbracketed } = watchPseudo(page));
});
afterAll(() => app?.close());

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
