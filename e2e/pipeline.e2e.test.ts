import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type Person, type TestApp } from '../src/app/testing/test-app';
import { axeEverywhere } from './browser-app.fixture';
import { builtPages, cookiesFor, launchBrowser, listen, newDevice, still, type Listening } from './browser.fixture';

/** The shared pipeline in Chromium: empty and full, narrow and wide, light and dark, by mouse and by keyboard. */
let app: TestApp;
let owner: Person;
let server: Listening;
let browser: Browser;
let page: Page;
let workspace: string;
let bare: string;

const say = () => owner.client.pipeline;

/** A hundred and thirty leads, some on offer, some answered, a word nobody knows, a program that listens. */
const fill = async () => {
  const source = (await owner.client.customers.createSource({ workspace, name: 'CRM', side: 'sales', timeZone: 'UTC' })).id;
  const rows = Array.from({ length: 130 }, (_, n) => ({ key: `L${n}`, name: `Lead ${String(n).padStart(3, '0')}`, company: `Firm ${n % 9}`, channel: n % 2 ? 'Web' : 'Trade show', status: n === 129 ? 'In the oven' : 'New', optedOut: n < 20, enteredAt: `2026-03-${String(1 + (n % 28)).padStart(2, '0')}T09:00:00Z` }));
  await owner.client.customers.putRecords({ workspace, source, kind: 'lead', rows });
  const sam = (await owner.client.people.create({ workspace, name: 'Sam Sales', email: 'sam@x.example', function: 'sales' })).id;
  await owner.client.people.create({ workspace, name: 'Sue Sales', email: 'sue@x.example', function: 'sales' });
  const ids = (await say().leads({ workspace, sort: 'name', order: 'asc', limit: 40 })).rows.map((row) => row.id);
  await say().offer({ workspace, ids: ids.slice(0, 20), toPersonId: sam, note: 'From the fair' });
  const offers = (await say().handoffs({ workspace, limit: 50 })).rows.map((row) => row.id);
  await say().decide({ workspace, ids: offers.slice(0, 6), decision: { kind: 'accept' } });
  await say().decide({ workspace, ids: offers.slice(6, 11), decision: { kind: 'reject', reason: 'No budget' } });
  await say().createWebhook({ workspace, url: 'https://hooks.example/in', events: ['lead.stage_changed', 'handoff.answered'] });
  await owner.client.customers.createHook({ workspace, source, name: 'CRM, new leads' });
};

beforeAll(async () => {
  app = await createTestApp();
  cpSync(builtPages(), join(app.dataDir, 'web'), { recursive: true });
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'UTC' })).id;
  bare = (await owner.client.workspace.create({ name: 'Bare', timeZone: 'UTC' })).id;
  await fill();
  server = await listen(app.app);
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

const open = async (path: string, title: RegExp, of = workspace) => {
  await page.goto(`${server.origin}/w/${of}/pipeline${path}`);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await still(page);
};
const wide = () => page.setViewportSize({ width: 1440, height: 900 });
const notice = (text: RegExp) => page.locator('.mantine-Notification-root').filter({ hasText: text });

it('is readable, empty and full, on a desktop and a phone, light and dark', async () => {
  const faults: string[] = [];
  const places: [string, RegExp, string][] = [
    ['', /No leads are in the process yet/u, bare], ['/handoffs', /No lead was passed on/u, bare], ['/connections', /No program is told/u, bare],
    ['', /130 leads in one process/u, workspace], ['?layout=board', /130 leads in one process/u, workspace], ['/mine', /Offers to you/u, workspace], ['/handoffs', /20 leads passed on, 5 came back/u, workspace],
    ['/setup', /9 stages.*one word/u, workspace], ['/connections', /One program is told/u, workspace],
  ];
  for (const [path, title, of] of places) {
    await open(path, title, of);
    faults.push(...(await axeEverywhere(page)).map((fault) => `${of === bare ? 'empty' : 'full'} ${path || 'list'}: ${fault}`));
  }
  expect(faults).toEqual([]);
});

it('leads are found by the address, chosen by keyboard, moved together, and the move is taken back', async () => {
  await wide();
  await open('?search=Lead%2012&sort=name&order=asc', /130 leads/u);
  await page.getByText('10 leads', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Lead 120' }).focus();
  await page.keyboard.press('x');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('x');
  await page.getByRole('region', { name: '2 leads chosen' }).getByRole('button', { name: 'Move to…' }).click();
  await page.getByRole('menuitem', { name: 'Opportunity' }).click();
  await notice(/2 leads were moved to Opportunity/u).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await say().leads({ workspace, search: 'Lead 12' })).rows.filter((row) => row.stageSince >= '2026-06').length).toBe(0);
  await page.getByRole('button', { name: 'Lead 121' }).click();
  await page.getByText('Taken back', { exact: false }).waitFor();
  await page.keyboard.press('Escape');
});

it('an opt-out is said on every card of the board, in the bar over what is chosen, and beside what was passed on', async () => {
  const cards = (of: string) => page.getByRole('region', { name: /: \d+ leads?$/u }).getByRole('listitem').filter({ hasText: of });
  const out = { hasText: 'Opted out' };
  await open('?layout=board&search=Lead%2001', /130 leads/u);
  await expect.poll(() => cards('Lead 01').filter(out).count()).toBe(10);
  await open('?layout=board&search=Lead%2002', /130 leads/u);
  await expect.poll(() => cards('Lead 02').count()).toBe(10);
  expect(await cards('Lead 02').filter(out).count()).toBe(0);

  await open('?search=Firm%201&sort=name&order=asc', /130 leads/u);
  for (const name of ['Lead 010', 'Lead 019', 'Lead 028']) {
    await page.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('x');
  }
  await page.getByRole('region', { name: '3 leads chosen' }).getByText('2 of them: Opted out').waitFor();
  await page.getByRole('button', { name: 'Lead 010', exact: true }).focus();
  await page.keyboard.press('x');
  await page.getByRole('button', { name: 'Lead 019', exact: true }).focus();
  await page.keyboard.press('x');
  const bar = page.getByRole('region', { name: '1 lead chosen' });
  await bar.waitFor();
  expect(await bar.getByText('Opted out').count()).toBe(0);

  await open('/handoffs', /20 leads passed on/u);
  await expect.poll(() => page.getByRole('row').filter({ has: page.getByRole('link', { name: /^Lead 0/u }) }).filter(out).count()).toBe(20);
});

it('a view is kept under a name and shown again', async () => {
  await open('?search=Lead%2012', /130 leads/u);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Keep this view…' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('The twenties');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await notice(/The twenties/u).waitFor();
  await open('', /130 leads/u);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'The twenties', exact: true }).click();
  await page.getByText('10 leads', { exact: true }).waitFor();
  expect(page.url()).toContain('search=');
});

it('a word is given its meaning, and stages change places by arrow keys', async () => {
  await open('/setup', /one word/u);
  await page.getByRole('combobox', { name: '“In the oven” of CRM means' }).click();
  await page.getByRole('option', { name: 'Proposal' }).click();
  await page.getByRole('heading', { level: 1, name: '9 stages in “Shared pipeline”.' }).waitFor();
  expect((await say().leads({ workspace, search: 'Lead 129' })).rows[0]?.stageId).toBe((await say().setup({ workspace })).pipelines[0]?.stages.find((stage) => stage.role === 'proposal')?.id);
  await page.getByRole('button', { name: /^Move Inquiry: place 1 of 9/u }).focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('button', { name: /^Move Inquiry: place 2 of 9/u }).waitFor();
  await notice(/another order/u).getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: /^Move Inquiry: place 1 of 9/u }).waitFor();
});

it('a lead is dragged to another stage of the board, and its address opens it', async () => {
  await open('?layout=board&search=Lead%2010', /130 leads/u);
  const card = page.getByRole('listitem').filter({ hasText: 'Lead 105' });
  const column = page.getByRole('region', { name: /^Sales qualified: /u });
  // The columns count what their cards are filtered by: ten of the 130, and no more of them in the list.
  const counted = async () => (await page.getByRole('region', { name: /: \d+ leads?$/u }).evaluateAll((columns) => columns.map((each) => Number(/: (\d+) leads?$/u.exec(each.getAttribute('aria-label') ?? '')?.[1])))).reduce((sum, each) => sum + each, 0);
  await card.waitFor();
  await expect.poll(counted).toBe(10);
  expect(await page.getByRole('button', { name: /more in the list$/u }).count()).toBe(0);
  await card.dragTo(column);
  await notice(/One lead was moved to Sales qualified|1 lead was moved to Sales qualified/u).waitFor();
  await column.getByRole('button', { name: 'Lead 105', exact: true }).click();
  await page.getByRole('dialog', { name: 'Lead 105' }).waitFor();
  expect(page.url()).toContain('lead=');
  await page.reload();
  await page.getByRole('dialog', { name: 'Lead 105' }).waitFor();
  await page.goBack();
  await page.getByRole('dialog', { name: 'Lead 105' }).waitFor({ state: 'hidden' });
  await open('?layout=board&channel=Web', /130 leads/u);
  await expect.poll(counted).toBe(65);
  await open('?layout=board&search=Lead%2010&asOf=2026-03-10', /130 leads/u);
  await page.getByText('is known by origin and source only', { exact: false }).waitFor();
  expect(await page.getByRole('region', { name: /: \d+ leads?$/u }).count()).toBe(0);
  expect((await say().leads({ workspace, search: 'Lead 105' })).rows[0]?.stageId).toBe((await say().setup({ workspace })).pipelines[0]?.stages.find((stage) => stage.role === 'sales_qualified')?.id);
});

it('a stage is closed, its leads go where they were sent with the reason in words, and it is opened again', async () => {
  await open('/setup', /9 stages/u);
  await page.getByRole('button', { name: 'Close Sales qualified' }).click();
  const dialog = page.getByRole('dialog', { name: 'Close “Sales qualified”' });
  await dialog.getByRole('combobox', { name: 'Leads go to' }).click();
  await page.getByRole('option', { name: 'Opportunity' }).click();
  await dialog.locator('button[type=submit]').click();
  await page.getByRole('heading', { level: 1, name: /8 stages/u }).waitFor();
  await open('?search=Lead%20105', /130 leads/u);
  await page.getByRole('button', { name: 'Lead 105', exact: true }).click();
  await page.getByText('The stage “Sales qualified” was closed').waitFor();
  await open('/setup', /8 stages/u);
  await page.getByText('Closed stages (1)').click();
  await page.getByRole('button', { name: 'Open again' }).click();
  await page.getByRole('heading', { level: 1, name: /9 stages/u }).waitFor();
});

it('an answer is disputed and settled, with both notes beside it', async () => {
  await open('/handoffs', /20 leads passed on, 5 came back/u);
  await page.getByRole('combobox', { name: 'Which offers' }).click();
  await page.getByRole('option', { name: 'Returned', exact: true }).click();
  await expect.poll(() => page.getByRole('button', { name: 'This is wrong' }).count()).toBe(5);
  await page.getByRole('button', { name: 'This is wrong' }).first().click();
  const what = page.getByRole('dialog', { name: /^What is wrong about Lead/u });
  const lead = /^What is wrong about (.+)\?$/u.exec(await what.getByRole('heading').innerText())?.[1] ?? '';
  await what.getByRole('textbox', { name: 'Both sides read it' }).fill('The budget stands in the form.');
  await what.getByRole('button', { name: 'Save' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Olga Owner objects: The budget stands in the form.' });
  await row.getByText(lead).waitFor();
  await row.getByRole('button', { name: 'Settle' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'What both agreed' }).fill('Looked at again in May.');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await row.getByText('Settled by Olga Owner: Looked at again in May.').waitFor();
  expect(await row.getByRole('button').count()).toBe(0);
  expect((await say().handoffs({ workspace, limit: 50 })).rows.filter((each) => each.disputedAt).map((each) => [each.lead, each.disputeNote, each.settleNote])).toEqual([[lead, 'The budget stands in the form.', 'Looked at again in May.']]);
  expect(await axeEverywhere(page)).toEqual([]);
});

it('single persons are compared only where it was switched on, and the view says so', async () => {
  await wide();
  const persons = page.getByRole('heading', { name: 'By the person a lead was offered to' });
  await open('/handoffs', /20 leads passed on/u);
  await page.getByText('Views that compare single persons are switched off in this workspace.').waitFor();
  expect(await persons.count()).toBe(0);
  await open('/setup', /9 stages/u);
  const toggle = page.getByRole('switch', { name: 'Views may compare single persons' });
  expect(await toggle.isChecked()).toBe(false);
  await toggle.press('Space');
  await notice(/may compare single persons now/u).waitFor();
  await open('/handoffs', /20 leads passed on/u);
  await persons.waitFor();
  await page.getByText('Switched on for this workspace under Set-up.', { exact: false }).waitFor();
  await page.getByRole('row', { name: /^Sam Sales 20 6 5 of 11/u }).waitFor();
  expect(await axeEverywhere(page)).toEqual([]);
});

it('the leads that the filters leave come as a file', async () => {
  await open('?search=Lead%2012&channel=Web', /130 leads/u);
  await page.getByRole('button', { name: 'Source: Web ×' }).waitFor();
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^leads-\d{4}-\d\d-\d\d\.csv$/u);
  const parts: Buffer[] = [];
  for await (const part of await file.createReadStream()) parts.push(part as Buffer);
  const lines = Buffer.concat(parts).toString('utf8').trim().split('\n');
  expect(lines).toHaveLength(6);
  expect(lines.slice(1).every((line) => /Lead 12[13579]/u.test(line) && line.includes('Web'))).toBe(true);
});

it('a salesperson returns an offered lead on a phone, takes it back, takes one on and hands one on', async () => {
  const sam = (await say().handoffs({ workspace, state: 'offered', limit: 1 })).rows[0]?.toPersonId;
  const { me } = await owner.client.workspace.read({ workspace });
  await owner.client.workspace.updateMember({ workspace, user: me.userId, personId: sam ?? null });
  await page.setViewportSize({ width: 390, height: 844 });
  await open('/mine', /^9 leads wait for your answer/u);
  const lead = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Return it' }) }).first();
  const name = await lead.getByRole('heading').innerText();
  await lead.getByText('From the fair').waitFor();
  await lead.getByText('Opted out. Do not write or call.').waitFor();
  expect(await axeEverywhere(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await lead.getByRole('button', { name: 'Return it' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Reason' }).click();
  await page.getByRole('option', { name: 'No budget' }).click();
  await dialog.getByRole('button', { name: 'Return it' }).click();
  await page.getByRole('heading', { level: 1, name: /^8 leads wait/u }).waitFor();
  expect((await say().handoffs({ workspace, state: 'rejected', mine: true, limit: 50 })).rows.find((row) => row.lead === name)).toMatchObject({ reason: 'No budget' });
  await notice(/was returned/u).getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('heading', { level: 1, name: /^9 leads wait/u }).waitFor();
  expect((await say().handoffs({ workspace, state: 'offered', mine: true, limit: 50 })).rows.map((row) => row.lead)).toContain(name);

  const offer = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Hand it on' }) });
  const taken = await offer.first().getByRole('heading').innerText();
  await offer.first().getByRole('button', { name: 'Take it on' }).click();
  await page.getByRole('heading', { level: 1, name: /^8 leads wait/u }).waitFor();
  await page.getByRole('listitem').filter({ hasNot: page.getByRole('button') }).filter({ hasText: taken }).waitFor();
  const passed = await offer.first().getByRole('heading').innerText();
  await offer.first().getByRole('button', { name: 'Hand it on' }).click();
  await page.getByRole('dialog').getByRole('combobox').click();
  await page.getByRole('option', { name: 'Sue Sales' }).click();
  await page.getByRole('dialog').locator('button[type=submit]').click();
  await page.getByRole('heading', { level: 1, name: /^7 leads wait/u }).waitFor();
  const offers = (await say().handoffs({ workspace, limit: 50 })).rows.filter(({ lead: of, state }) => (of === taken && state === 'accepted') || (of === passed && state === 'offered'));
  expect(offers.map(({ lead: of, state, to }) => [of, state, to]).toSorted()).toEqual([[taken, 'accepted', 'Sam Sales'], [passed, 'offered', 'Sue Sales']].toSorted());
});

it('a link of a mail answers on a phone, without an account', async () => {
  const mail = (await owner.client.workspace.outbox({ workspace })).find((each) => each.kind === 'lead-offer');
  const links = [...(mail?.body ?? '').matchAll(/\/l\/lsh_[\w-]+/gu)].map(([link]) => link);
  const phone = await newDevice(browser, { viewport: { width: 390, height: 844 } });
  const theirs = await phone.newPage();
  // Each lead of the letter has three links, of which the first accepts; some of its leads were answered already.
  const firsts = links.filter((_, at) => at % 3 === 0);
  const open = await Promise.all(firsts.map(async (link) => (await (await fetch(`${server.origin}${link}`)).text()).includes('<button')));
  const accept = firsts[open.indexOf(true)] ?? '';
  await theirs.goto(`${server.origin}${accept}`);
  expect(await axeEverywhere(theirs)).toEqual([]);
  await theirs.getByText('Opted out. Do not write or call.').waitFor();
  const before = (await say().handoffs({ workspace, state: 'accepted' })).total;
  await theirs.getByRole('button').click();
  await theirs.getByRole('heading', { name: /is yours/u }).waitFor();
  expect((await say().handoffs({ workspace, state: 'accepted' })).total).toBe(before + 1);
  await phone.close();
});

it('says what failed, and what to do, when the server does not answer', async () => {
  for (const [path, call] of [['', '**/rpc/pipeline/pipelines**'], ['/handoffs', '**/rpc/pipeline/outcomes**'], ['/setup', '**/rpc/pipeline/setup**']] as const) {
    await page.route(call, (route) => route.fulfill({ status: 500, body: '' }));
    await page.goto(`${server.origin}/w/${workspace}/pipeline${path}`);
    await page.getByRole('alert').first().waitFor();
    await page.getByRole('button', { name: /again/iu }).first().waitFor();
    await page.unroute(call);
  }
});
