import type { BrowserContext, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startIdentityProvider, type IdentityProvider } from '../src/app/testing/identity-provider';
import { axeEverywhere, sceneFor, startBrowserApp, type BrowserApp } from './browser-app.fixture';
import { newDevice, settled } from './browser.fixture';

/** The way through the application around surveys: accounts, members, tokens, outbox, audit trail, find, keyboard. */
let app: BrowserApp;
let company: IdentityProvider;
let context: BrowserContext;
let page: Page;
let workspace = '';
let invitation = '';
let idas = '';
const password = 'a long enough password';

beforeAll(async () => {
  company = await startIdentityProvider();
  app = await startBrowserApp({ OIDC_ISSUER: company.url, OIDC_CLIENT_ID: 'lockstep', OIDC_CLIENT_SECRET: 'between us', OIDC_LABEL: 'Company' });
  context = await newDevice(app.browser, { baseURL: app.origin, viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  page = await context.newPage();
});
afterAll(async () => {
  await app?.close();
  await company?.stop();
});

const settings = async (name: string): Promise<void> => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/w/${workspace}/settings/${name}`);
  await page.locator('main h1').waitFor();
};
const wide = (): Promise<void> => page.setViewportSize({ width: 1440, height: 900 });

describe('the way in', () => {
  it('shows two choices, and nothing that axe objects to on any page before an account', async () => {
    for (const path of ['/', '/sign-in', '/sign-up', '/forgotten', '/new-password?token=x', '/join', '/no/such/page']) {
      await page.goto(path);
      await page.locator('h1, h2').first().waitFor();
      expect([path, await axeEverywhere(page)]).toEqual([path, []]);
    }
  });

  it('opens the first account, and a workspace', async () => {
    await wide();
    await page.goto('/');
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByLabel('Your name').fill('Olga Berger');
    await page.getByLabel('E-mail').fill('olga@northwind.example');
    await page.getByLabel(/^Password/).fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByLabel('Company name').fill('Northwind Pumps');
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await page.getByRole('heading', { level: 1, name: 'Northwind Pumps' }).waitFor();
    workspace = new URL(page.url()).pathname.split('/')[2] ?? '';
    expect(workspace).toMatch(/^[0-9a-f-]{36}$/);
    expect(await page.title()).toBe('Northwind Pumps · Lockstep');
  });

  it('names the first step on Home, and shows the shape of what is to come', async () => {
    await page.getByRole('link', { name: 'Import people' }).first().waitFor();
    await page.getByText('outline only').waitFor();
    expect(await axeEverywhere(page)).toEqual([]);
  });
});

describe('members', () => {
  it('invites by a link that is shown once', async () => {
    await settings('members');
    await page.getByLabel('E-mail').fill('Ada@Northwind.example');
    await page.getByRole('button', { name: 'Make the link' }).click();
    invitation = await page.getByLabel('Link to join').inputValue();
    expect(invitation).toMatch(/\/join#lsi_/);
    await page.getByRole('button', { name: 'Take back the invitation to ada@northwind.example' }).waitFor();
    expect(await axeEverywhere(page)).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { name: 'Open invitations' }).waitFor();
    expect(await page.content()).not.toContain(invitation.split('#')[1]);
  });

  it('lets the second person join by it', async () => {
    const other = await newDevice(app.browser, { viewport: { width: 390, height: 844 } });
    const theirs = await other.newPage();
    await theirs.goto(invitation);
    await theirs.getByRole('heading', { name: 'Join Northwind Pumps' }).waitFor();
    expect(await axeEverywhere(theirs)).toEqual([]);
    await theirs.getByLabel('Your name').fill('Ada Lindqvist');
    await theirs.getByLabel(/^Password/).fill('short');
    await theirs.getByLabel(/^Password/).fill(password);
    await theirs.getByRole('button', { name: 'Create account' }).click();
    await theirs.getByRole('heading', { level: 1, name: 'Northwind Pumps' }).waitFor();
    await theirs.goto(`${app.origin}/w/${workspace}/settings/tokens`);
    await theirs.getByText('This page is not open to you').waitFor();
    expect(await theirs.getByRole('link', { name: 'API tokens' }).count()).toBe(0);
    await other.close();
  });

  it('changes a role, and takes it back', async () => {
    await settings('members');
    const role = page.getByRole('combobox', { name: 'Role of Ada Lindqvist' }).or(page.getByRole('textbox', { name: 'Role of Ada Lindqvist' }));
    await role.first().click();
    await page.getByRole('option', { name: 'Facilitator' }).click();
    await page.getByText('Ada Lindqvist is now Facilitator.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => role.first().inputValue()).toBe('Member');
  });

  it('links a person, who then is a head', async () => {
    const post = sceneFor(context, app.origin);
    await post(`/api/workspaces/${workspace}/people`, { name: 'Ada Lindqvist', email: 'ada@northwind.example', function: 'marketing', level: 'leader' });
    await page.getByRole('button', { name: 'Link a person: Ada Lindqvist' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /Ada Lindqvist/ }).click();
    await page.getByText('Head of marketing', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Remove Ada Lindqvist' }).click();
    await page.getByRole('dialog').getByText('ends at once').waitFor();
    expect(await axeEverywhere(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).click();
  });
});

describe('tokens, outbox, audit trail', () => {
  it('shows a token’s secret once; it works until revoked', async () => {
    await settings('tokens');
    await page.getByLabel('Name').fill('HR sync');
    await page.getByRole('button', { name: 'Create token' }).click();
    const secret = await page.getByLabel('Secret').inputValue();
    const read = () => fetch(`${app.origin}/api/workspaces/${workspace}`, { headers: { authorization: `Bearer ${secret}` } });
    expect((await read()).status).toBe(200);
    expect(await axeEverywhere(page)).toEqual([]);
    await wide();
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByRole('button', { name: 'Revoke HR sync' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByText('“HR sync” was revoked.').waitFor();
    expect((await read()).status).toBe(401);
  });

  it('keeps the invitation’s mail in the outbox, and says that no mail server is set up', async () => {
    await settings('outbox');
    await page.getByText('No mail server is set up').first().waitFor();
    await page.getByText('ada@northwind.example').click();
    expect(await page.getByLabel('Link in this mail').inputValue()).toBe(invitation);
    expect(await axeEverywhere(page)).toEqual([]);
  });

  it('tells in sentences who did what, newest first, and can be narrowed', async () => {
    await settings('audit');
    const told = page.locator('section[aria-label^="What was done"]');
    await told.getByText('revoked the API token “HR sync”').waitFor();
    const lines = await told.locator('strong').evaluateAll((names) => names.map((name) => name.parentElement?.textContent ?? ''));
    expect(lines[0]).toBe('Olga Berger revoked the API token “HR sync”');
    expect(lines.at(-1)).toBe('Olga Berger created the workspace');
    expect(lines).toContain('Olga Berger changed Ada Lindqvist’s role from member to facilitator');
    await page.getByRole('combobox', { name: 'Show' }).or(page.getByRole('textbox', { name: 'Show' })).first().click();
    await page.getByRole('option', { name: 'API tokens' }).click();
    await expect.poll(() => told.locator('strong').count()).toBe(2);
    expect(await axeEverywhere(page)).toEqual([]);
  });
});

describe('by keyboard', () => {
  it('skips to the content, and leads focus into the next page', async () => {
    await wide();
    await page.goto(`/w/${workspace}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content');
    await page.getByRole('navigation', { name: 'Lockstep' }).getByRole('link', { name: 'People' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/people/);
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content');
  });

  it('finds a page and a person with ⌘K', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').locator('input').first().fill('audit');
    await page.getByRole('dialog').getByText('Settings · Audit trail').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/settings\/audit/);
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').locator('input').first().fill('lindq');
    await page.getByRole('dialog').getByText('Marketing · ada@northwind.example').waitFor();
    expect(await axeEverywhere(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/people\?search=/);
  });
});

describe('when things go wrong', () => {
  it('says after two seconds that the server cannot be reached, and goes on once it can', async () => {
    await settings('members');
    await context.setOffline(true);
    await page.getByText('The server cannot be reached').waitFor();
    await context.setOffline(false);
    await page.getByText('The server cannot be reached').waitFor({ state: 'hidden' });
  });

  it('says for as long as the disk is full that nothing is saved, and that it is over', async () => {
    const full = async (route: Route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'lockstep-writing': 'paused' } });
    };
    for (const calls of ['**/rpc/**', '**/healthz']) await page.route(calls, full);
    await settings('members');
    await page.getByText('Saving is paused').waitFor();
    expect(await axeEverywhere(page)).toEqual([]);
    for (const calls of ['**/rpc/**', '**/healthz']) await page.unroute(calls, full);
    await page.getByText('There is room again').waitFor();
    await page.getByText('There is room again').waitFor({ state: 'hidden' });
  });

  it('says in its own words that the server failed, and asks again', async () => {
    const failing = (route: Route) => route.fulfill({ status: 500, contentType: 'application/json', body: JSON.stringify({ json: { defined: false, code: 'INTERNAL_SERVER_ERROR', status: 500, message: 'Internal server error' } }) });
    await page.route('**/rpc/assessment/**', failing);
    await page.goto('/sample');
    await page.getByRole('alert').getByRole('heading', { name: 'Something went wrong on the server.' }).waitFor();
    expect(await axeEverywhere(page)).toEqual([]);
    await page.unroute('**/rpc/assessment/**', failing);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Something went wrong').waitFor({ state: 'hidden' });
  });

  it('keeps the page and what was typed when the session ends', async () => {
    await settings('members');
    // Something the page asks by itself may hear first that the session ended; the dialog then lies over the button already.
    const make = () => page.getByRole('button', { name: 'Make the link' }).dispatchEvent('click');
    await settled(page);
    await page.getByLabel('E-mail').fill('typed@northwind.example');
    await context.clearCookies();
    await make();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Your session ended').waitFor();
    await dialog.getByLabel(/^Password/).fill('not the password');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.getByText('do not match an account').waitFor();
    await dialog.getByLabel(/^Password/).fill(password);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.getByRole('textbox', { name: 'E-mail' }).inputValue()).toBe('typed@northwind.example');

    await settled(page);
    await context.clearCookies();
    await make();
    const opened = context.waitForEvent('page');
    await dialog.getByRole('link', { name: 'Sign in another way' }).click();
    const tab = await opened;
    await tab.getByLabel('E-mail').fill('olga@northwind.example');
    await tab.getByLabel(/^Password/).fill(password);
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await tab.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await tab.close();
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.getByRole('textbox', { name: 'E-mail' }).inputValue()).toBe('typed@northwind.example');
  });

  it('comes back to the same page after signing in', async () => {
    await context.clearCookies();
    await page.goto(`/w/${workspace}/settings/outbox`);
    await page.waitForURL(/\/sign-in/);
    await page.getByLabel('E-mail').fill('olga@northwind.example');
    await page.getByLabel(/^Password/).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/\/settings\/outbox/);
  });

  it('tells what stands at an address where nothing stands', async () => {
    await page.goto(`/w/${workspace}/no-such-page`);
    await page.getByText('Nothing stands at this address').waitFor();
    expect(await axeEverywhere(page)).toEqual([]);
    await page.goto('/w/00000000-0000-4000-8000-000000000000');
    await page.getByRole('heading', { name: 'This workspace is not open to you' }).waitFor();
    expect(await axeEverywhere(page)).toEqual([]);
  });

  it('signs out', async () => {
    await wide();
    idas = (await sceneFor(context, app.origin)(`/api/workspaces/${workspace}/invitations`, { email: company.who.email, role: 'viewer' })).link ?? '';
    await page.goto(`/w/${workspace}`);
    await page.getByRole('button', { name: 'Northwind Pumps: menu' }).first().click();
    expect(await axeEverywhere(page)).toEqual([]);
    await wide();
    const menu = page.getByRole('menuitem', { name: 'Sign out' });
    if (!(await menu.isVisible())) await page.getByRole('button', { name: 'Northwind Pumps: menu' }).first().click();
    await menu.click();
    await page.getByRole('link', { name: 'Create an account' }).waitFor();
    expect((await context.request.get(`${app.origin}/api/workspaces/${workspace}`)).status()).toBe(401);
  });

  it('signs in by the company’s identity provider, which refuses first: from an invitation to Home', async () => {
    await page.goto(idas);
    await page.getByRole('link', { name: 'I have an account' }).click();
    const leave = page.getByRole('button', { name: 'Continue with Company' });
    company.refuses('access_denied');
    await leave.click();
    await page.getByRole('alert').getByText('did not let you in').waitFor();
    expect(await axeEverywhere(page)).toEqual([]);
    await wide();
    company.refuses(null);
    // Olga has a password here: that the provider knows her address does not make her account its own.
    Object.assign(company.who, { email: 'olga@northwind.example' });
    await leave.click();
    await page.getByRole('alert').getByText('Sign in with that password').waitFor();
    Object.assign(company.who, { email: 'ida@company.example' });
    await leave.click();
    await page.getByText('You are signed in as ida@company.example').waitFor();
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Northwind Pumps' }).waitFor();
    const { me } = (await (await context.request.get(`${app.origin}/api/workspaces/${workspace}`)).json()) as { me: { role: string } };
    expect(me.role).toBe('viewer');
  });
});
