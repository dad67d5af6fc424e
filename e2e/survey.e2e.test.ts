import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { device, postTo, type Survey } from '../src/app/testing/survey';
import { serveApp, type Served } from './browser-app.fixture';
import { launchBrowser, newDevice, PATIENCE } from './browser.fixture';
import { watchPseudo } from './pseudo-locale.fixture';
import { callApi, expectAccessible, fileAt } from './survey.fixture';

/** A facilitator's whole way in a real browser against the served application: from an empty server to open results. */
let app: Served;
let browser: Browser;
let page: Page;
let workspace = '';
let wave = '';
const faults: string[] = [];

beforeAll(async () => {
  app = await serveApp({ CLOSE_GRACE: '0' });
  browser = await launchBrowser();
  const context = await newDevice(browser, { viewport: { width: 1440, height: 900 }, timezoneId: 'America/New_York', locale: 'en-GB' });
  page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const heading = (name: string | RegExp) => page.getByRole('heading', { name });
const button = (name: string | RegExp) => page.getByRole('button', { name });

describe('a survey from set-up to results', () => {
  it('opens an account and a workspace, and teaches what belongs on the empty page', async () => {
    await page.goto(app.origin);
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByLabel('Your name').fill('Ada Example');
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.locator('input[type=password]').fill('a long enough password');
    await button('Create account').click();
    await page.getByLabel('Company name').fill('Nordwind');
    await button('Create workspace').click();
    await page.waitForURL(/\/w\/[0-9a-f-]{36}$/);
    workspace = page.url().split('/w/')[1] ?? '';
    await page.getByRole('link', { name: 'Understand' }).first().click();
    await heading('Start by asking both functions the same questions').waitFor();
    await expectAccessible(page, 'empty list');
  });

  it('shows in the set-up that there is nobody to ask, then, with people, which groups will be reportable', async () => {
    await button('Start the first assessment').click();
    await page.getByText('There is nobody to ask yet').waitFor();
    expect(await button('Launch…').isDisabled()).toBe(true);
    const people = (['sales', 'marketing'] as const).flatMap((fn) => Array.from({ length: 6 }, (_, at) => ({ name: `${fn} ${at}`, email: `${fn}.${at}@example.com`, function: fn, level: at === 0 ? 'leader' : 'front_line', territory: 'North' })));
    const made: { id: string }[] = [];
    for (const person of people) made.push((await callApi(page, 'POST', `/workspaces/${workspace}/people`, person)) as { id: string });
    const me = ((await callApi(page, 'GET', `/workspaces/${workspace}`)) as { me: { userId: string } }).me;
    await callApi(page, 'PATCH', `/workspaces/${workspace}/members/${me.userId}`, { personId: made[0]?.id });
    await page.reload();
    await heading(/will ask 12 people, for about \d+ minutes each/).waitFor();
    wave = page.url().split('/waves/')[1] ?? '';
    await page.getByText('All of Sales').waitFor();
    await expectAccessible(page, 'set-up');
  });

  it('saves every change by itself, and says so when somebody else changed it meanwhile', async () => {
    await page.getByLabel('Name').fill('Autumn');
    await page.getByLabel('Strategy buy-in').uncheck();
    await page.getByText('All changes saved').waitFor();
    // Each change may be saved on its own.
    await expect.poll(async () => [(await draft()).name, (await draft()).setup.toolIds.length]).toEqual(['Autumn', 7]);
    const { version } = await draft();
    await callApi(page, 'PATCH', `/workspaces/${workspace}/waves/${wave}`, { version, setup: { comments: false } });
    await page.getByLabel('Worldview').uncheck();
    await page.getByText('Somebody else changed this draft meanwhile').waitFor();
    await button('Put my change over theirs').click();
    await page.getByText('All changes saved').waitFor();
    await expect.poll(async () => [(await draft()).setup.comments, (await draft()).setup.toolIds.length]).toEqual([false, 6]);
  });

  it('names the mend for a function that is too small, and warns of a low minimum', async () => {
    await page.getByText('Sales has 6 people; about 8 are needed').waitFor();
    expect(await page.getByRole('link', { name: 'Go through departments' }).first().getAttribute('href')).toBe(`/w/${workspace}/people/departments`);
    await page.getByLabel('Minimum group').fill('4');
    await page.getByLabel('Minimum group').blur();
    await expect.poll(async () => (await draft()).setup.minimum.general).toBe(4);
    await page.getByText('With 4, colleagues who compare').waitFor();
    await page.getByLabel('Minimum group').fill('5');
    await expect.poll(async () => (await draft()).setup.minimum).toEqual({ general: 5, leadership: 5 });
  });

  it('asks a leadership of three as well once the lower minimum that is offered is used', async () => {
    for (let at = 0; at < 3; at += 1) await callApi(page, 'POST', `/workspaces/${workspace}/people`, { name: `leadership ${at}`, email: `leadership.${at}@example.com`, function: 'leadership', level: 'leader', territory: 'North' });
    await page.reload();
    await page.getByText('With a minimum of 3 instead of 5, leadership would be shown', { exact: false }).waitFor();
    await heading(/will ask 12 people/).waitFor();
    await button('Use it').click();
    await heading(/will ask 15 people/).waitFor();
    await expect.poll(async () => (await draft()).setup.minimum).toEqual({ general: 5, leadership: 3 });
    expect(await page.getByLabel('Minimum for leadership').inputValue()).toBe('3');
    expect(await button('Use it').count()).toBe(0);
  });

  it('previews what each audience reads', async () => {
    await button('Preview').click();
    await page.getByText(/^\d+ statements, about \d+ minutes$/).waitFor();
    const ofSales = await page.getByRole('dialog').textContent();
    await page.getByLabel('Asked as').selectOption('marketing');
    await expect.poll(() => page.getByRole('dialog').textContent()).not.toBe(ofSales);
    await expectAccessible(page, 'preview');
    await page.keyboard.press('Escape');
  });

  it('says before the launch what freezes and what an administrator could and could not see', async () => {
    await button('Launch…').click();
    await heading('From then on fixed for this survey').waitFor();
    const said = (await page.getByRole('dialog').textContent()) ?? '';
    for (const text of ['6 in Sales, 6 in Marketing, and 3 in Leadership', 'The minimum group of 5, and of 3 for leadership.', 'who has picked up a ballot', 'any score before it closes', 'fewer than 5 answers', 'reached without https', 'which only this machine can open']) expect(said).toContain(text);
    await expectAccessible(page, 'launch');
    await button('Launch and open now').click();
    await heading(/“Autumn” is open and closes in/).waitFor();
    await expectAccessible(page, 'live');
  });

  it('hands out links, codes and the calendar as files', async () => {
    const at = (name: string) => fileAt(page, `/api/workspaces/${workspace}/waves/${wave}/${name}`);
    const [csv, pdf, ics] = [await at('links.csv'), await at('code-sheet.pdf'), await at('calendar.ics')];
    expect([csv.status, pdf.status, ics.status]).toEqual([200, 200, 200]);
    expect(csv.text.trim().split('\r\n')).toHaveLength(16);
    expect(csv.disposition).toContain('attachment; filename="Autumn-links.csv"');
    expect(pdf.text.startsWith('%PDF-')).toBe(true);
    expect(ics.text.match(/BEGIN:VEVENT/g)).toHaveLength(2);
    expect((await at('code-sheet.pdf?for=slips')).status).toBe(409);
    await button('Show personal links').click();
    await page.getByLabel('Find a person').fill('marketing 3');
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    await button('Copy the link of marketing 3').waitFor();
    await expectAccessible(page, 'personal links');
    const beside = await page.context().newPage();
    expect(await watchPseudo(beside).look(page.url())).toEqual([]);
    await beside.close();
  });

  it('warns before closing while a function is below the minimum, and tells progress in steps only', async () => {
    await page.getByText('fewer than 5 of 6 so far').first().waitFor();
    await button('Extend').click();
    await page.getByRole('dialog').getByLabel('New closing time').waitFor();
    await expectAccessible(page, 'extend');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await button('Close now').click();
    await page.getByRole('dialog').getByText('Sales has fewer than 5 answers so far').waitFor();
    await expectAccessible(page, 'close');
    await button('Keep it open').click();
    await answerAll();
    await page.reload();
    await page.getByText('at least 5 of 6').first().waitFor();
    expect(await page.getByText(/6 of 6|100/).count()).toBe(0);
  });

  it('closes, counts, and opens the results', async () => {
    await button('Close now').click();
    await page.getByRole('dialog').getByText('It cannot be reopened').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close now' }).click();
    await heading(/“Autumn” has closed/).waitFor();
    await expect.poll(async () => (await draft()).state, { timeout: 2 * PATIENCE, interval: 500 }).toBe('closed');
    await page.reload();
    await heading('“Autumn” has closed: the results are ready').waitFor();
    await expectAccessible(page, 'closed');
    const report = await fileAt(page, `/api/workspaces/${workspace}/waves/${wave}/report/xlsx?locale=de`);
    expect([report.status, report.type, report.size > 2_000]).toEqual([200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', true]);
    await page.getByRole('link', { name: 'Open results' }).click();
    await page.waitForURL(/\/results$/);
    await button('Export').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByRole('link', { name: 'Understand' }).first().click();
    await page.getByText('The wave after “Autumn” is proposed for').waitFor();
    await expectAccessible(page, 'list');
    await button('Bring in answers').click();
    await page.getByRole('dialog').getByLabel('Name of the survey').waitFor();
    await expectAccessible(page, 'answers collected elsewhere');
    await page.keyboard.press('Escape');
  });

  it('takes a questionnaire of one’s own, and says of a mistake in which line it is', async () => {
    const text = readFileSync('examples/instruments/short-pulse.json', 'utf8');
    const choose = (content: string) => page.setInputFiles('input[type=file]', { name: 'pulse.json', mimeType: 'application/json', buffer: Buffer.from(content) });
    await choose(text.replace('"upTo": 4', '"upTo": 40'));
    await page.getByRole('alert').getByText(/Nothing was saved/).waitFor();
    await page.getByRole('list', { name: 'Mistakes in the file' }).getByText('Line 34').waitFor();
    await expectAccessible(page, 'a questionnaire with a mistake');
    await choose(text);
    await page.getByText('“Short pulse”').first().waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Short pulse' }).first().waitFor();
    expect(faults).toEqual([]);
  });
});

type Draft = { name: string; state: string; version: number; setup: { toolIds: string[]; comments: boolean; minimum: { general: number; leadership: number } } };
const draft = async () => (await callApi(page, 'GET', `/workspaces/${workspace}/waves/${wave}`)) as Draft;

/** Each of the fifteen answers on a device of their own, with the link of the file. */
const answerAll = async () => {
  const { text } = await fileAt(page, `/api/workspaces/${workspace}/waves/${wave}/links.csv`);
  const links = [...text.matchAll(/\/a#([\w-]+)\.([\w-]+)\.([\w-]+)/g)];
  expect(links).toHaveLength(15);
  const post = postTo((path, init) => fetch(app.origin + path, init));
  for (const [at, link] of links.entries()) {
    const survey: Survey = { workspaceId: workspace, waveId: wave, launched: { invited: 15, slips: 0, notAsked: [], listHash: link[3] ?? '' }, invited: [] };
    const phone = device(post, survey, { invitationId: '', personId: null, leafId: '', token: link[2] ?? '', code: '' });
    expect((await phone.send(await phone.answer((statement) => 1 + ((statement + at) % 7)))).status).toBe(200);
  }
};
