import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeEverywhere, axeFaults, sceneFor, startBrowserApp, type BrowserApp } from './browser-app.fixture';
import { newDevice, still } from './browser.fixture';
import { readQr } from './read-qr';

/** A whole Huddle in Chromium, from plan to action plan: who leads, two salespeople and two marketers on phones, the big screen; one phone drops off twice. */
let app: BrowserApp;
let workspace: string;
let leading: BrowserContext;
let phones: BrowserContext;
let tunnel: BrowserContext;
let lead: Page;
let wall: Page;
let code: string;
const PHONE = { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', colorScheme: 'dark', hasTouch: true } as const;
const WIDE = { width: 1440, height: 900 };

beforeAll(async () => {
  app = await startBrowserApp();
  leading = await newDevice(app.browser, { baseURL: app.origin, viewport: WIDE, reducedMotion: 'reduce' });
  const call = sceneFor(leading, app.origin);
  await call('/api/auth/sign-up/email', { name: 'Olga Owner', email: 'olga@northwind.example', password: 'a long enough password' });
  workspace = (await call('/api/workspaces', { name: 'Northwind', timeZone: 'UTC' })).id ?? '';
  const statements = Array.from({ length: 10 }, (_, at) => `3.${at + 1}`);
  const answers = ['sales', 'marketing'].flatMap((does) => Array.from({ length: 6 }, (_, at) => [does, 'front line', 'North', ...statements.map(() => (at % 3) + (does === 'sales' ? 2 : 4))].join(',')));
  const { wave } = await call(`/api/workspaces/${workspace}/waves/import`, { name: 'On paper', instrumentId: 'c3', text: [['function', 'level', 'territory', ...statements].join(','), ...answers].join('\n'), closedOn: new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10), minimum: 5, invited: {}, dryRun: false });
  await call(`/api/workspaces/${workspace}/waves/${wave}/publish`, { published: true });
  [phones, tunnel] = await Promise.all([newDevice(app.browser, { baseURL: app.origin, ...PHONE }), newDevice(app.browser, { baseURL: app.origin, ...PHONE })]);
  lead = await leading.newPage();
});
afterAll(() => app?.close());

const titleIs = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const click = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).first().click();
const pick = async (page: Page, label: string | RegExp, option: string): Promise<void> => {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};
/** A page of who leads, on a phone and on a desktop. */
const inspect = async (where: string): Promise<void> => {
  const notices = lead.locator('.mantine-Notification-root');
  for (let left = await notices.count(); left > 0; left = await notices.count()) {
    await notices.first().getByRole('button', { name: 'Close' }).click({ timeout: 1_000 }).catch(() => undefined);
    await still(lead);
  }
  expect([where, ...(await axeEverywhere(lead))]).toEqual([where]);
  await lead.setViewportSize(WIDE);
};
const inspectAsItStands = async (page: Page, where: string): Promise<void> => {
  expect([where, ...(await axeFaults(page)), await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)]).toEqual([where, 0]);
};

const join = async (context: BrowserContext, name: string, does: string): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(`/h#${code}`);
  await titleIs(page, 'Join the Huddle');
  if (name === 'Sam') await inspectAsItStands(page, 'joining');
  await page.getByLabel('Your name').fill(name);
  await pick(page, /^What you work in/u, does);
  await click(page, 'Join');
  await page.getByText(`You are in, ${name}.`).waitFor();
  return page;
};
const write = async (page: Page, text: string, label?: string): Promise<void> => {
  const field = label ? page.getByRole('textbox', { name: label }) : page.getByRole('textbox').first();
  await field.fill(text);
  await field.press('Enter');
};
const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const next = async (step: string): Promise<void> => {
  await click(lead, 'Next step');
  await lead.getByRole('heading', { level: 2, name: step }).waitFor();
};
const notesOf = (page: Page, text: string) => page.locator('li', { hasText: text }).filter({ hasNot: page.locator('li') }).count();

/** Everything the first phone sends. */
const sentBySam: string[] = [];
let [sam, sue, mia, max]: Page[] = [];
const all = () => [sam, sue, mia, max] as [Page, Page, Page, Page];

it('is planned, people join by the code, teams are drawn', async () => {
  await lead.goto(`/w/${workspace}/huddles`);
  await sees(lead, 'A Huddle brings both functions to one table');
  await inspect('no Huddle');
  await click(lead, 'Plan a Huddle');
  await lead.getByLabel('Name').fill('Spring Huddle');
  await click(lead, 'Plan it');
  await titleIs(lead, 'Spring Huddle');
  code = ((await lead.locator('strong.figure').textContent()) ?? '').replace(/\W/gu, '');
  expect(code).toMatch(/^[0-9A-Z]{8}$/u);
  [wall] = await Promise.all([leading.waitForEvent('page'), click(lead, 'Big screen')]).then(([page]) => [page]);
  await sees(wall, 'Nobody has joined yet'.toLowerCase());
  // A camera that looks at either picture comes to the door.
  for (const page of [wall, lead]) expect(await readQr(page.getByRole('img', { name: 'QR code to join' }))).toBe(`${app.origin}/h#${code}`);
  [sam, mia, max] = [await join(phones, 'Sam', 'Sales'), await join(phones, 'Mia', 'Marketing'), await join(phones, 'Max', 'Marketing')];
  sue = await join(tunnel, 'Sue', 'Sales');
  sam.on('request', (request) => sentBySam.push(`${request.url()} ${request.postData() ?? ''}`));
  await sees(wall, '4 people have joined');
  await inspectAsItStands(wall, 'the wall as a door');
  await sees(lead, '4 people of 4 joined');
  await click(lead, 'Draw');
  await lead.getByRole('button', { name: 'Draw anew' }).waitFor();
  await click(lead, 'Draw');
  await expect.poll(() => lead.getByRole('combobox', { name: 'Team of Mia' }).count()).toBe(2);
  await inspect('plan and people');
  const plan = lead.url();
  await lead.goto(`/w/${workspace}`);
  await sees(lead, 'Next Huddle:');
  await lead.getByRole('link', { name: 'Spring Huddle' }).click();
  await lead.waitForURL(plan);
  await titleIs(lead, 'Spring Huddle');
});

it('holds an open forum in separate rooms, one phone in a tunnel; a stranger waits at the door', async () => {
  const [a, b, c] = all();
  await lead.getByText('Run', { exact: true }).click();
  await click(lead, 'Start');
  await lead.getByRole('heading', { level: 2, name: 'Kick-off' }).waitFor();
  await next('Open forum');
  await titleIs(a, 'Open forum');
  await sees(a, 'Only Sales sees this until the notes are opened.');
  await write(a, 'We open doors.');
  await sees(b, 'We open doors.');
  // What one notes for oneself, and what one has not sent yet, is there after the page was closed.
  await click(a, 'Note for yourself');
  await a.getByRole('textbox', { name: 'For yourself' }).fill('Ask Max about the fair.');
  await a.getByRole('textbox', { name: 'Our role', exact: true }).fill('Half a thought');
  await a.reload();
  await titleIs(a, 'Open forum');
  expect([await a.getByRole('textbox', { name: 'For yourself' }).inputValue(), await a.getByRole('textbox', { name: 'Our role', exact: true }).inputValue()]).toEqual(['Ask Max about the fair.', 'Half a thought']);
  await a.getByRole('textbox', { name: 'Our role', exact: true }).fill('');
  await sees(wall, '0 of 2 teams ready');
  await a.getByLabel('Our team is ready').click();
  await sees(wall, '1 of 2 teams ready');
  await lead.getByRole('list', { name: 'Notes by team' }).getByText('ready', { exact: true }).waitFor();
  await tunnel.setOffline(true);
  await write(b, 'Typed in the tunnel.');
  await write(b, 'Typed in the tunnel as well.');
  await sees(b, '2 not saved, kept on this device');
  await sees(b, 'No connection at the moment.');
  await inspectAsItStands(b, 'a seat without connection');
  await write(c, 'We prepare the ground.');
  await tunnel.setOffline(false);
  await sees(a, 'Typed in the tunnel as well.');
  await b.getByText(/^Saved /u).waitFor();
  expect([await notesOf(a, 'Typed in the tunnel.'), await notesOf(b, 'Typed in the tunnel.')]).toEqual([1, 1]);
  await sees(c, 'We prepare the ground.');
  expect(await c.getByText('We open doors.').count()).toBe(0);
  await inspectAsItStands(c, 'a seat that writes');
  await expect.poll(() => lead.getByText('3 notes').count()).toBe(1);
  expect(await lead.getByText('We open doors.').count() + (await wall.getByText('We open doors.').count())).toBe(0);

  const stranger = await phones.newPage();
  await stranger.goto(`/h#${code}`);
  await stranger.getByLabel('Your name').fill('Xaver');
  await pick(stranger, /^What you work in/u, 'Marketing');
  await click(stranger, 'Join');
  await sees(stranger, 'Xaver, whoever leads will let you in.');
  await sees(lead, 'One person waits to be let in');
  await inspect('running, somebody at the door');
  await inspectAsItStands(stranger, 'waiting at the door');
  await click(lead, 'Turn away');
  await titleIs(stranger, 'Your place here has ended');
  await stranger.close();
});

/** Past a step, once it was asked and stayed at, and then gone to. */
const jumpTo = async (step: string): Promise<void> => {
  const ask = async () => {
    await lead.getByRole('navigation', { name: 'Agenda' }).getByRole('button', { name: step }).click();
    await click(lead, 'Go to this step');
    await lead.getByRole('dialog', { name: `Go to “${step}”?` }).getByText('One step is passed over', { exact: false }).waitFor();
  };
  await ask();
  await lead.getByRole('dialog').getByRole('button', { name: 'Stay here' }).click();
  await lead.getByRole('dialog').waitFor({ state: 'hidden' });
  await lead.getByRole('navigation', { name: 'Agenda' }).getByRole('button', { name: step }).click();
  await ask();
  await lead.getByRole('dialog').getByRole('button', { name: 'Go to this step' }).click();
  await lead.locator('[aria-current=step]', { hasText: step }).waitFor();
};

it('opens both rooms to all, takes questions only, and brings the reflections of who leads to the wall', async () => {
  const [a, b, c] = all();
  await next('Break');
  await click(lead, 'Pause');
  for (const page of [lead, wall]) await page.getByRole('timer', { name: /^Paused, \d+:\d\d(?::\d\d)? left$/u }).waitFor();
  await click(lead, 'Go on');
  for (const page of [lead, wall]) await page.getByRole('timer', { name: /^\d+:\d\d(?::\d\d)? left$/u }).waitFor();
  // Back in the rooms what was written is there, and nobody else reads it for that.
  await click(lead, 'Back');
  await lead.getByRole('heading', { level: 2, name: 'Open forum' }).waitFor();
  await titleIs(a, 'Open forum');
  await sees(a, 'Typed in the tunnel.');
  expect(await c.getByText('We open doors.').count() + (await wall.getByText('We open doors.').count())).toBe(0);
  await next('Break');
  await next('Perspectives shared');
  for (const text of ['We open doors.', 'We prepare the ground.', 'Typed in the tunnel.']) await sees(wall, text);
  await inspectAsItStands(wall, 'the wall with both sides');
  await sees(c, 'We open doors.');
  await write(c, 'That is wrong.');
  await sees(c, 'Only questions here: end it with a question mark.');
  await write(c, 'What do you mean by doors?');
  await sees(a, 'What do you mean by doors?');
  await next('Reflection and comparison');
  await sees(b, 'Compared with what we heard');
  // Each function looks through its own lens; who leads reads all three.
  await a.getByText('Sales’ lens', { exact: true }).click();
  await write(a, 'We return leads with one word.', 'Through the lens of sales');
  await c.getByText('Marketing’s lens', { exact: true }).click();
  await write(c, 'We hear of wishes too late.', 'Through the lens of marketing');
  for (const text of ['We return leads with one word.', 'We hear of wishes too late.']) await sees(lead, text);
  expect(await c.getByText('Sales’ lens', { exact: true }).count()).toBe(0);
  await sees(lead, 'No results for this step: no survey asked its tools of groups large enough to show.');
  await jumpTo('5. Synthesis');
  // Of the tools of this step the survey asked one.
  await expect.poll(() => Promise.all(['Tool 1', 'Tool 2', 'Tool 3'].map((tool) => lead.getByRole('radio', { name: tool }).isDisabled()))).toEqual([true, true, false]);
  await inspect('running, with results to show');
  await lead.getByText('Tool 3', { exact: true }).click();
  for (const page of [wall, a, lead]) await sees(page, 'Tool 3: Communication');
  await inspectAsItStands(wall, 'the wall with results');
  await inspectAsItStands(a, 'a seat with results');
  await lead.getByText('No results', { exact: true }).click();
  await wall.getByText('Tool 3: Communication').waitFor({ state: 'detached' });
  await next('Evening');
  await write(lead, 'Both want this to work.', 'Strengths');
  await next('Opening of the second day');
  await sees(wall, 'Both want this to work.');
});

/** Notes are put together by a finger on a phone, and parted again. */
const groupByTouch = async (page: Page, one: string, onto: string): Promise<void> => {
  const card = (text: string) => page.locator('li', { hasText: text }).filter({ hasNot: page.locator('li') });
  await card(one).getByRole('button', { name: 'Pick up to group' }).tap();
  await card(onto).getByRole('button', { name: 'Put here' }).tap();
  for (const at of [page, lead]) await at.locator('li', { hasText: onto }).locator('li', { hasText: one }).waitFor();
  await page.getByRole('alert').filter({ hasText: 'Grouped.' }).getByRole('button', { name: 'Undo' }).tap();
  for (const at of [page, lead]) await at.locator('li', { hasText: onto }).locator('li', { hasText: one }).waitFor({ state: 'detached' });
};

/** Two notes that say the same are put together without a mouse, named, and parted again. */
const groupByKeyboard = async (one: string, onto: string): Promise<void> => {
  const card = (text: string) => lead.locator('li', { hasText: text }).filter({ hasNot: lead.locator('li') });
  const press = async (on: Locator, key: string) => {
    await on.focus();
    await lead.keyboard.press(key);
  };
  await press(card(one).getByRole('button', { name: 'Pick up to group' }), 'Enter');
  await press(card(onto).getByRole('button', { name: 'Put here' }), 'Escape');
  await card(onto).getByRole('button', { name: 'Pick up to group' }).waitFor();
  await press(card(one).getByRole('button', { name: 'Pick up to group' }), 'Enter');
  await press(card(onto).getByRole('button', { name: 'Put here' }), 'Enter');
  await lead.locator('li', { hasText: onto }).locator('li', { hasText: one }).waitFor();
  // Whoever goes on by keyboard goes on from there.
  await expect.poll(() => lead.evaluate(() => [document.activeElement?.getAttribute('aria-label'), document.activeElement?.closest('li')?.textContent?.includes('Plans come late.')])).toEqual(['Pick up to group', true]);
  await press(lead.getByRole('alert').filter({ hasText: 'Grouped.' }).getByRole('button', { name: 'Undo' }), 'Enter');
  await lead.locator('li', { hasText: onto }).locator('li', { hasText: one }).waitFor({ state: 'detached' });
  await card(one).waitFor();
};

it('finds disconnects, votes blind with one phone dropping off again, and agrees on actions', async () => {
  const [a, b, c, d] = all();
  await next('Disconnects');
  for (const [page, text] of [[a, 'Plans come late.'], [b, 'Nobody asks the field.'], [c, 'Leads get no answer.'], [d, 'Prices are a surprise.']] as const) await write(page, text);
  await b.getByRole('button', { name: 'Mark as one of the team’s three' }).first().click();
  await expect.poll(() => lead.getByText('4 notes').count()).toBe(1);
  await click(lead, 'Open the notes to all');
  await sees(lead, 'Prices are a surprise.');
  await groupByKeyboard('Nobody asks the field.', 'Plans come late.');
  await sees(d, 'Plans come late.');
  await groupByTouch(d, 'Prices are a surprise.', 'Leads get no answer.');
  await click(lead, 'Open the vote');
  const place = (page: Page, text: string) => page.getByRole('group', { name: `Tokens on “${text}”` }).getByRole('button', { name: 'Place a token' }).click();
  await place(a, 'Plans come late.');
  await inspectAsItStands(a, 'a seat that votes');
  // On a small screen too, however far down the last note stands.
  await a.setViewportSize({ width: 390, height: 360 });
  await a.getByRole('group', { name: 'Tokens on “Prices are a surprise.”' }).scrollIntoViewIfNeeded();
  expect(await a.evaluate(() => scrollY)).toBeGreaterThan(200);
  expect(await a.getByText('4 tokens left').evaluate((element) => { const { top, bottom } = element.getBoundingClientRect(); return [top >= 0, bottom <= innerHeight]; })).toEqual([true, true]);
  await a.setViewportSize(PHONE.viewport);
  await tunnel.setOffline(true);
  await place(b, 'Plans come late.');
  await place(b, 'Nobody asks the field.');
  await place(c, 'Plans come late.');
  await place(d, 'Leads get no answer.');
  await expect.poll(() => lead.getByText('3 have voted').count()).toBe(1);
  expect(await wall.getByText('Plans come late.').count()).toBe(0);
  await tunnel.setOffline(false);
  await lead.getByText('4 have voted').waitFor();
  await click(lead, 'Close the vote and show it');
  await wall.locator('li', { hasText: 'Plans come late.' }).getByText('3').waitFor();
  await inspectAsItStands(wall, 'the wall with a ranking');
  await lead.getByRole('listitem').filter({ hasText: 'Plans come late.' }).getByRole('button', { name: 'Take', exact: true }).click();
  await lead.getByRole('heading', { name: '1 disconnect of five or six' }).waitFor();
  await inspect('running, with disconnects');
  await next('Summary');
  await next('Action plan');
  await click(c, 'Add an action');
  const drawer = c.getByRole('dialog', { name: 'Action' });
  await drawer.getByLabel('What will be done').fill('Plans a month earlier');
  await drawer.getByLabel('Who sees to it').fill('Mia and Sue');
  await drawer.getByLabel('By', { exact: true }).fill('2035-01-31');
  for (const name of ['Easy to do', 'Visible to both functions', 'A direct positive effect']) await drawer.getByLabel(name).check();
  await inspectAsItStands(c, 'an action on a phone');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await sees(b, 'Plans a month earlier');
  await sees(lead, 'Owner, date and all three criteria');
});

it('ends with a record, and what was agreed goes into the programme', async () => {
  const [a, b] = all();
  await next('Wrap-up');
  await write(a, 'One plan, signed by both.');
  await sees(wall, 'Plans come late.');
  await lead.getByText('Plan', { exact: true }).click();
  await pick(lead, /^Devices/u, 'One scribe’s device for each team');
  await click(lead, 'Link for the scribe’s device');
  const scribe = await phones.newPage();
  await scribe.goto(await lead.getByLabel('Link for the scribe’s device').inputValue());
  await titleIs(scribe, 'Wrap-up');
  await sees(scribe, 'One plan, signed by both.');
  await inspectAsItStands(scribe, 'the scribe’s device');
  await lead.getByText('Run', { exact: true }).click();
  await click(lead, 'End the Huddle');
  for (const page of [a, b]) await titleIs(page, 'The Huddle has ended');
  expect([sentBySam.some((sent) => sent.includes('We open doors.')), sentBySam.filter((sent) => sent.includes('Ask Max'))]).toEqual([true, []]);
  await lead.goto(`${lead.url().replace(/\/record$/u, '')}/record`);
  await titleIs(lead, 'Spring Huddle: 1 disconnect, 1 action');
  for (const text of ['Typed in the tunnel.', 'What do you mean by doors?', 'One plan, signed by both.', 'Mia and Sue']) await sees(lead, text);
  expect(await notesOf(lead, 'Typed in the tunnel as well.')).toBe(1);
  await inspect('record');
  await click(lead, 'Put right');
  await lead.getByText('What is changed here changes the record', { exact: false }).waitFor();
  await inspect('record, put right');
  await click(lead, 'Done');
  await pick(lead, 'Plans come late.', 'Too little joint activity');
  await click(lead, 'Put one into the programme');
  await sees(lead, 'What was agreed here is in the programme.');
  await lead.goto(`/w/${workspace}/improve`);
  await sees(lead, 'Plans come late.');
});

it('Home proposes the next one, which comes with the people, the agenda and what is still to do', async () => {
  await lead.goto(`/w/${workspace}`);
  await sees(lead, /^No Huddle is planned\. The next one is proposed for \d+ \w+ \d{4}\./u);
  await inspect('Home, with the next Huddle proposed');
  await lead.getByRole('link', { name: 'Look at it' }).click();
  await lead.getByRole('heading', { level: 2, name: /^The next Huddle: from \d+ \w+ \d{4}$/u }).waitFor();
  await sees(lead, /^After “Spring Huddle”\. .* 4 people who are still here, and one open action\.$/u);
  await inspect('Huddles, with the next proposed');
  await click(lead, 'Plan it from the last one');
  await sees(lead, 'Nobody of 4 joined');
  await lead.getByText('Run', { exact: true }).click();
  await sees(lead, 'Plans a month earlier');
  const made = lead.url();
  await lead.goto(`/w/${workspace}`);
  await sees(lead, 'Next Huddle:');
  expect(await lead.getByText('No Huddle is planned').count()).toBe(0);
  await lead.getByRole('link', { name: /^Huddle, \w+ \d{4}$/u }).click();
  await lead.waitForURL(made);
});

it('types a region’s sheets in, dots and all, and shows it beside the others', async () => {
  const call = sceneFor(leading, app.origin);
  const listed = (await (await leading.request.get(`${app.origin}/api/workspaces/${workspace}/huddles`)).json()) as { huddles: { id: string; name: string }[] };
  const parent = listed.huddles.find(({ name }) => name === 'Spring Huddle')?.id ?? '';
  const region = (await call(`/api/workspaces/${workspace}/huddles`, { name: 'In the barn', parent })).id ?? '';
  await lead.goto(`/w/${workspace}/huddles/${region}/record`);
  await titleIs(lead, 'In the barn has no record yet');
  await lead.goto(`/w/${workspace}/huddles/${region}/type-in`);
  await lead.getByLabel('People in the room').fill('14');
  await inspect('before typing in');
  await click(lead, 'Begin typing in');
  await lead.getByRole('button', { name: 'Add sheets' }).last().click();
  await lead.getByRole('button', { name: /^Both functions · Team 1/u }).click();
  await write(lead, 'Nobody owns the hand-over.', 'Disconnects');
  await inspect('a sheet');
  await lead.getByRole('button', { name: /^Disconnects and actions/u }).click();
  const dots = lead.getByRole('textbox', { name: 'Dots on “Nobody owns the hand-over.”' });
  await dots.fill('9');
  await dots.press('Enter');
  await lead.getByRole('button', { name: 'Take' }).first().click();
  await inspect('what was agreed on paper');
  await lead.goto(`/w/${workspace}/huddles/${parent}/regions`);
  await sees(lead, 'In the barn');
  await inspect('regions');
});

it('is played through beforehand by simulated people', async () => {
  const { id = '' } = await sceneFor(leading, app.origin)(`/api/workspaces/${workspace}/huddles`, { name: 'Rehearsal', rehearsal: true });
  await lead.goto(`/w/${workspace}/huddles/${id}`);
  await sees(lead, 'A rehearsal: simulated participants write, vote and say that they are ready.');
  await click(lead, 'Bring in 14');
  await lead.getByRole('button', { name: 'Let them take part in this step' }).waitFor();
  await click(lead, 'Draw');
  await lead.getByRole('button', { name: 'Draw anew' }).waitFor();
  await lead.getByText('Run', { exact: true }).click();
  await click(lead, 'Start');
  await lead.getByRole('heading', { level: 2, name: 'Kick-off' }).waitFor();
  await next('Open forum');
  await click(lead, 'Let them take part in this step');
  await sees(lead, 'They took part.');
  const counts = lead.getByRole('list', { name: 'Notes by team' });
  await expect.poll(async () => (await counts.innerText()).match(/\d+(?= notes?)/gu)?.reduce((sum, each) => sum + Number(each), 0)).toBe(42);
  await expect.poll(() => counts.getByText('ready').count()).toBeGreaterThan(1);
  await inspect('a rehearsal');
});
