import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sceneFor, startBrowserApp, type BrowserApp } from './browser-app.fixture';
import { newDevice, settled } from './browser.fixture';
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
    const pages = ['', '/understand', '/people', '/people/import', '/people/departments', '/people/levels', '/people/changes', '/settings', '/settings/members', '/settings/tokens', '/settings/outbox', '/settings/audit', '/diagnosis', '/huddles', '/improve', '/improve/mine', '/improve/line', '/improve/quarter', '/no-such-page'];
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

  it('around a Huddle: planned, on a phone, run, typed in, recorded', async () => {
    const post = sceneFor(page.context(), app.origin);
    const huddles = `/api/workspaces/${workspace}/huddles`;
    const { id = '' } = await post(huddles, { name: 'Spring Huddle' });
    const { pass = '' } = await post(`${huddles}/${id}/pass`, { as: 'facilitator' });
    const sender = (key: string) => async (...operations: object[]) => {
      const { saved } = (await post('/api/huddle/operations', { operations: operations.map((operation) => ({ id: randomUUID(), operation })) }, { authorization: `Bearer ${key}` })) as unknown as { saved: { saved: boolean }[] };
      expect(saved.map((each) => each.saved)).toEqual(operations.map(() => true));
    };
    const lead = sender(pass);
    const faults: [string, string[]][] = [];
    const see = async (where: string, path: string) => {
      // From one seat to another only what stands behind "#" differs.
      await page.goto('about:blank');
      faults.push([where, await look(path)]);
    };
    const own = `/w/${workspace}/huddles/${id}`;
    await see('planned, nobody there', own);
    const code = (await page.locator('strong.figure').textContent())?.replace(/\W/gu, '');
    await see('joining', `/h#${code}`);
    const sit = async (name: string, fn: string) => {
      const { pass: key, seat } = (await post('/api/huddle/join', { code, name, function: fn, device: randomUUID() })) as unknown as { pass: string; seat: { id: string } };
      return { key, seat: seat.id, act: sender(key) };
    };
    const [mia, sam] = [await sit('Mia', 'marketing'), await sit('Sam', 'sales')];
    await lead({ kind: 'draw', of: 'mixed', teams: [{ id: randomUUID(), number: 1, room: null, members: [mia.seat, sam.seat] }] });
    await see('planned, people and a team', own);
    await see('a phone before it begins', `/h#${mia.key}`);
    await see('before typing in', `${own}/type-in`);
    await lead({ kind: 'typing', on: true, attended: 12 });
    await see('typing in', `${own}/type-in`);
    const sheets = page.locator('main nav ol button');
    await sheets.nth(1).click();
    await settled(page);
    faults.push(['a sheet', await unbracketed()]);
    await sheets.last().click();
    await settled(page);
    faults.push(['what was agreed on paper', await unbracketed()]);
    await lead({ kind: 'typing', on: false, attended: 12 }, { kind: 'start' });
    const { steps } = (await (await page.request.get(`${app.origin}${huddles}/${id}/record`)).json()) as { steps: { id: string; kind: string }[] };
    for (const [at, step] of steps.entries()) {
      if (at > 0) await lead({ kind: 'go', to: at });
      if (step.kind === 'disconnects') {
        const notes = [randomUUID(), randomUUID()];
        await mia.act({ kind: 'note', note: notes[0], step: step.id, channel: 'disconnect', text: 'Plans come late.', about: null });
        await sam.act({ kind: 'note', note: notes[1], step: step.id, channel: 'disconnect', text: 'Leads get no answer.', about: null });
        await lead({ kind: 'reveal', step: step.id }, { kind: 'round', step: step.id, open: true, tokens: 5 });
        await see('voting', `/h#${mia.key}`);
        await lead({ kind: 'round', step: step.id, open: false, tokens: 5 }, { kind: 'disconnect', disconnect: randomUUID(), text: 'Plans come late.', from: [notes[0]], removed: false });
      }
      await see(`leading: ${step.kind}`, own);
      await see(`a phone: ${step.kind}`, `/h#${mia.key}`);
    }
    const { pass: screen = '' } = await post(`${huddles}/${id}/pass`, { as: 'screen' });
    await see('the wall', `/h#${screen}`);
    await page.getByRole('timer').waitFor();
    faults.push(['the wall, once it is told', await unbracketed()]);
    await lead({ kind: 'finish' });
    await see('record', `${own}/record`);
    await see('the list, and the next', `/w/${workspace}/huddles`);
    await see('Home, and the next', `/w/${workspace}`);
    expect(faults.map(([where, texts]) => [where, texts.filter((text) => !['Spring Huddle'].includes(text))]).filter(([, texts]) => (texts?.length ?? 0) > 0)).toEqual([]);
  });

  it('finds a hard-wired text when there is one', async () => {
    await look(`/w/${workspace}/settings`);
    await page.evaluate(() => document.querySelector('main')?.append('Hard-wired'));
    expect(await unbracketed()).toEqual(['Hard-wired']);
  });
});
