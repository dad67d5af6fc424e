import { existsSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OpenResponse } from '../src/features/assessment/answer-contract';
import { CODE, startSurvey, strangeToken, TOKEN, WAVE, type Survey } from './answer-page.fixture';
import { builtPages, launchBrowser, newDevice, PATIENCE, still, violationsOn } from './browser.fixture';
import { readQr } from './read-qr';

const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'en-GB' };
const DESKTOP: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, locale: 'en-GB' };

let dist: string;
let browser: Browser;
const open: { close(): Promise<unknown> }[] = [];

beforeAll(async () => {
  dist = builtPages();
  browser = await launchBrowser();
});
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});
afterAll(() => browser?.close());

const survey = async (overrides: Partial<OpenResponse> = {}, host?: string): Promise<Survey> => {
  const started = await startSurvey(dist, overrides, host);
  open.push(started);
  return started;
};
const device = async (options: BrowserContextOptions = PHONE): Promise<BrowserContext> => {
  const context = await newDevice(browser, options);
  open.push(context);
  return context;
};
const visit = async (address: string, options: BrowserContextOptions = PHONE): Promise<Page> => {
  const page = await (await device(options)).newPage();
  await page.goto(address);
  return page;
};

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const group = (page: Page, statement: string | RegExp) => page.getByRole('radiogroup', { name: statement });
const answer = (page: Page, statement: string | RegExp, key: string | RegExp) => group(page, statement).getByRole('radio', { name: key }).tap();
const next = (page: Page) => page.getByRole('button', { name: 'Next' }).click();
const checked = async (page: Page, statement: string | RegExp): Promise<string[]> => {
  await group(page, statement).waitFor();
  return group(page, statement).locator('[aria-checked=true]').allTextContents();
};
const answersSent = (of: Survey) => [...of.box.values()].map(({ answers }) => answers);

/** From the first page to the review, with one answer. */
const toReview = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /Answer now/ }).click();
  await answer(page, /what we do shapes/, '6');
  for (let part = 0; part < 3; part += 1) await next(page);
  await page.getByRole('button', { name: 'Review' }).click();
  await heading(page, 'Ready to send?');
};
const send = (page: Page) => page.getByRole('button', { name: 'Send my answers' }).click();
/** The page tries by itself as well and may be faster. */
const tryNow = (page: Page) => page.getByRole('button', { name: 'Try now' }).click({ timeout: 3_000 }).catch(() => undefined);
const thanks = (page: Page) => heading(page, /Thank you/);

describe('answering on a phone', () => {
  it('goes from link to sent by touch, and sends exactly what was tapped, without token or cookie', async () => {
    const of = await survey();
    const page = await visit(of.link());
    await page.getByText('Counted with: Sales, North (13 people)').waitFor();
    expect(await page.locator('.words').textContent()).toBe(of.opened.words.join(' '));
    await page.getByRole('button', { name: /Answer now \(about 9 minutes\)/ }).tap();
    await answer(page, /what we do shapes/, '6');
    await answer(page, /as much weight/, 'Can’t judge');
    await page.getByRole('button', { name: /1 statement is open/ }).waitFor();
    await next(page);
    for (const [statement, key] of [[/other parts of the company/, '2'], [/have in hand/, /^1/], [/put our differences aside/, '4'], [/when we do well/, /^7/]] as const) await answer(page, statement, key);
    expect(of.seen.map(({ path }) => path)).not.toContain('/api/answer/ballot');
    await next(page);
    await answer(page, /free of much tension/, '5');
    await next(page);
    await page.getByText('Your wording may be recognised.').waitFor();
    await page.getByLabel(/Your comment/).fill('  More joint visits.  ');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByText('6 statements answered, 1 marked “can’t judge”, 2 left open.').waitFor();
    await send(page);
    await thanks(page);
    await page.getByText(/open from 20 March 2031/).waitFor();

    expect(answersSent(of)).toEqual([[6, -1, 0, 2, 1, 4, 7, 5, 0]]);
    expect([...of.box.values()][0]?.comments).toBe('More joint visits.');
    const sent = of.seen.find(({ path }) => path === '/api/answer');
    expect(sent?.body).not.toContain(TOKEN);
    expect(of.seen.every(({ cookie }) => !cookie)).toBe(true);
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(kept).not.toContain([...of.box.keys()][0]);

    await page.getByText('See your own answers').tap();
    await page.getByText('Kept on this device only').waitFor();
    await page.getByRole('button', { name: 'Delete from this device' }).tap();
    await page.getByRole('button', { name: 'Yes, delete' }).tap();
    await page.getByText('Deleted from this device.').waitFor();
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('-')).filter((key) => key.split(':').length > 2))).toEqual([]);
  });

  it('scrolls on after a first answer and stays after a change', async () => {
    const of = await survey();
    const page = await visit(of.link());
    await page.getByRole('button', { name: /Answer now/ }).click();
    await answer(page, /what we do shapes/, '3');
    const second = page.locator('.statement').nth(1);
    await expect.poll(async () => Math.round((await second.boundingBox())?.y ?? -1)).toBe(84);
    await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    await answer(page, /what we do shapes/, '5');
    await still(page);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    expect(await checked(page, /what we do shapes/)).toEqual(['5']);
  });

  it('keeps everything over a reload and a return, and says so', async () => {
    const of = await survey();
    const page = await visit(of.link());
    await page.getByRole('button', { name: /Answer now/ }).click();
    await answer(page, /what we do shapes/, '6');
    await next(page);
    await answer(page, /have in hand/, '3');
    await page.getByRole('status').filter({ hasText: 'saved' }).waitFor();
    await page.reload();
    await heading(page, /The marketing people I deal with/);
    expect(await checked(page, /have in hand/)).toEqual(['3']);
    await page.getByRole('button', { name: 'Back' }).click();
    expect(await checked(page, /what we do shapes/)).toEqual(['6']);
    await page.goBack();
    await heading(page, /The marketing people I deal with/);
  });

  it('waits offline with the answers and sends them when the connection is back, once', async () => {
    const of = await survey();
    const page = await visit(of.link());
    await toReview(page);
    await expect.poll(() => of.seen.filter(({ path }) => path === '/api/answer/ballot').length).toBe(1);
    await page.context().setOffline(true);
    await send(page);
    await heading(page, 'Not sent yet');
    expect(of.box.size).toBe(0);
    await page.context().setOffline(false);
    await thanks(page);
    expect(answersSent(of)).toHaveLength(1);
  });

  it('opens again without a connection, with everything in it', async () => {
    const of = await survey();
    const page = await visit(of.link());
    await page.getByRole('button', { name: /Answer now/ }).click();
    await answer(page, /what we do shapes/, '6');
    await expect.poll(() => page.evaluate(async () => (await (await caches.open('lockstep-answer-1')).keys()).length)).toBeGreaterThan(3);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.context().setOffline(true);
    await page.reload();
    expect(await checked(page, /what we do shapes/)).toEqual(['6']);
    await page.getByRole('status').filter({ hasText: 'saved, offline' }).waitFor();
    const kept = await page.evaluate(async () => (await (await caches.open('lockstep-answer-1')).keys()).map(({ url }) => url).join());
    expect(kept).not.toContain(TOKEN);
    await page.context().setOffline(false);
    await answer(page, /as much weight/, '2');
    for (let part = 0; part < 3; part += 1) await next(page);
    await page.getByRole('button', { name: 'Review' }).click();
    await send(page);
    await thanks(page);
    expect(answersSent(of)).toEqual([[6, 2, 0, 0, 0, 0, 0, 0, 0]]);
  });

  it('sends after a reload what was waiting, and asks again when the acknowledgement was lost', async () => {
    const of = await survey();
    const page = await visit(of.link());
    await toReview(page);
    of.refuse.set('/api/answer', 'drop');
    await send(page);
    await heading(page, 'Not sent yet');
    const tries = () => of.seen.filter(({ path }) => path === '/api/answer').length;
    await page.getByRole('button', { name: 'Back to my answers' }).focus();
    const before = tries();
    await expect.poll(tries, { timeout: PATIENCE }).toBeGreaterThan(before);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Back to my answers');
    of.refuse.clear();
    await page.reload();
    await thanks(page);
    const bodies = of.seen.filter(({ path }) => path === '/api/answer').map(({ body }) => body);
    expect(bodies.length).toBeGreaterThan(1);
    expect(new Set(bodies).size).toBe(1);
    expect(of.box.size).toBe(1);
  });

  it('picks the ballot up later when there was no connection at the last part', async () => {
    const of = await survey();
    of.refuse.set('/api/answer/ballot', 'drop');
    const page = await visit(of.link());
    await toReview(page);
    await send(page);
    await heading(page, 'Not sent yet');
    of.refuse.clear();
    await tryNow(page);
    await thanks(page);
    const blinded = of.seen.filter(({ path }) => path === '/api/answer/ballot').map(({ body }) => body);
    expect(new Set(blinded).size).toBe(1);
  });

  it('shows own answers after the survey has closed, and takes no others', async () => {
    const of = await survey();
    const page = await visit(of.link());
    await toReview(page);
    await send(page);
    await thanks(page);
    of.refuse.set('/api/answer/open', 'closed');
    await page.reload();
    await thanks(page);
    const late = await visit(of.link());
    await heading(late, 'This survey has closed');
  });
});

describe('answering by keyboard', () => {
  it('needs nothing else from the first page to the last', async () => {
    const of = await survey();
    const page = await visit(of.link(), DESKTOP);
    await heading(page, /How do sales and marketing/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await heading(page, /As salespeople/);
    await page.keyboard.press('Tab');
    for (const key of ['6', 'ArrowRight', 'ArrowRight', 'Enter', '2']) await page.keyboard.press(key);
    expect(await checked(page, /what we do shapes/)).toEqual(['6']);
    expect(await checked(page, /as much weight/)).toEqual(['2']);
    expect(await checked(page, /looking far ahead/)).toEqual(['2']);
    await page.keyboard.press('Delete');
    expect(await checked(page, /looking far ahead/)).toEqual([]);
    await page.keyboard.press('ArrowLeft');
    expect(await checked(page, /looking far ahead/)).toEqual(['Can’t judge']);
    // A new page takes the focus to its heading; who pressed on before would press nothing.
    const press = async (name: string) => {
      await page.getByRole('button', { name }).focus();
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    };
    for (let part = 0; part < 3; part += 1) await press('Next');
    await heading(page, /anything you want to add/);
    await page.keyboard.press('Tab');
    await page.keyboard.type('7');
    await press('Review');
    await press('Send my answers');
    await thanks(page);
    expect(answersSent(of)).toEqual([[6, 2, -1, 0, 0, 0, 0, 0, 0]]);
  });

  it('jumps to the first open statement, with the focus on its keys', async () => {
    const of = await survey();
    const page = await visit(of.link(), DESKTOP);
    await page.getByRole('button', { name: /Answer now/ }).click();
    await group(page, /what we do shapes/).getByRole('radio', { name: '4' }).click();
    await page.getByRole('button', { name: /2 statements are open/ }).press('Enter');
    expect(await page.evaluate(() => document.activeElement?.closest('.statement')?.id)).toBe('s-1');
  });
});

describe('ways in', () => {
  it.each([
    ['# written as %23', (tail: string) => `/a%23${tail}`],
    ['# lost into the path', (tail: string) => `/a/${tail}`],
    ['# turned into a query', (tail: string) => `/a?${tail}&utm_source=x`],
    ['a full stop behind', (tail: string) => `/a#${tail}.`],
  ])('opens with %s, and mends the address', async (_, written) => {
    const of = await survey();
    const page = await visit(of.origin + written(`${WAVE}.${TOKEN}.${of.opened.h}`));
    await heading(page, /How do sales and marketing/);
    expect(page.url()).toBe(of.link());
  });

  it('opens with the short code, however it is typed, and comes back on a reload', async () => {
    const of = await survey();
    const page = await visit(`${of.origin}/a`);
    await page.getByLabel('Code').fill('7K2M');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('This is not a complete code').waitFor();
    await page.getByLabel('Code').fill('0'.repeat(12));
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('No questionnaire belongs to this code').waitFor();
    await page.getByLabel('Code').fill(`${CODE.slice(0, 4)}-${CODE.slice(4, 8)} ${CODE.slice(8).replace('0', 'o')}`.toLowerCase());
    await page.getByRole('button', { name: 'Open' }).click();
    await heading(page, /How do sales and marketing/);
    await page.reload();
    await heading(page, /How do sales and marketing/);
    await toReview(page);
    await send(page);
    await thanks(page);
  });

  it('says what to do about a link nobody has', async () => {
    const of = await survey();
    const page = await visit(`${of.origin}/a#${WAVE}.${strangeToken()}.${of.opened.h}`);
    await heading(page, 'This link does not open a questionnaire');
    await page.getByRole('button', { name: 'Type a code instead' }).click();
    await heading(page, 'Type your code');
  });

  it('says when it opens, and retries without a server', async () => {
    const of = await survey();
    of.refuse.set('/api/answer/open', 'not_open_yet');
    await heading(await visit(of.link()), 'Not open yet');
    of.refuse.set('/api/answer/open', 'drop');
    const page = await visit(of.link());
    await heading(page, 'No connection');
    of.refuse.clear();
    await heading(page, /How do sales and marketing/);
  });

  it('refuses to let anybody answer when list, words, key or group are not as promised', async () => {
    const other = `${WAVE}.${TOKEN}.${'A'.repeat(22)}`;
    const of = await survey();
    await heading(await visit(`${of.origin}/a#${other}`), 'Something is wrong with this survey');
    await heading(await visit((await survey({ words: ['lusab', 'babad', 'gutih', 'tugad'] })).link()), 'Something is wrong with this survey');
    await heading(await visit((await survey({ list: [{ leaf: 'sales/North', invited: 13, spki: 'AAAA' }] })).link()), 'Something is wrong with this survey');
    const small = await visit((await survey({ minimum: 14 })).link());
    await heading(small, 'Your group is too small');
    expect(await small.getByRole('button').count()).toBe(0);
  });

  it('speaks the browser’s language, and remembers another one', async () => {
    const of = await survey();
    const page = await visit(of.link(), { ...PHONE, locale: 'de-CH' });
    await page.getByRole('button', { name: /Jetzt antworten/ }).waitFor();
    await page.getByLabel('Sprache').selectOption('es');
    await page.getByRole('button', { name: /Responder ahora/ }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('es');
    await page.reload();
    await page.getByRole('button', { name: /Responder ahora/ }).waitFor();
  });
});

describe('several devices and tabs', () => {
  it('tells the second device that the ballot was picked up, and keeps its answers', async () => {
    const of = await survey();
    await toReview(await visit(of.link()));
    await expect.poll(() => of.seen.some(({ path }) => path === '/api/answer/ballot')).toBe(true);
    const second = await visit(of.link());
    await second.getByRole('button', { name: /Answer now/ }).click();
    await answer(second, /what we do shapes/, '2');
    await next(second);
    await next(second);
    await heading(second, 'Your ballot was picked up on another device');
    await second.getByText('somebody else has used your link').waitFor();
    await second.getByRole('button', { name: 'Back to my answers' }).click();
    await second.getByRole('button', { name: 'Back' }).click();
    await second.getByRole('button', { name: 'Back' }).click();
    expect(await checked(second, /what we do shapes/)).toEqual(['2']);
  });

  it('lets two tabs write into one answer and send one ballot', async () => {
    const of = await survey();
    const context = await device();
    const [left, right] = [await context.newPage(), await context.newPage()];
    for (const tab of [left, right]) await tab.goto(of.link());
    for (const tab of [left, right]) await tab.getByRole('button', { name: /Answer now/ }).click();
    await answer(left, /what we do shapes/, '6');
    await answer(right, /as much weight/, '3');
    await expect.poll(() => checked(left, /as much weight/)).toEqual(['3']);
    await expect.poll(() => checked(right, /what we do shapes/)).toEqual(['6']);
    await Promise.all([left, right].map((tab) => next(tab)));
    await Promise.all([left, right].map((tab) => next(tab)));
    await next(left);
    await left.getByRole('button', { name: 'Review' }).click();
    await send(left);
    await thanks(left);
    await thanks(right);
    expect(answersSent(of)).toEqual([[6, 3, 0, 0, 0, 0, 0, 0, 0]]);
  });

  it('hands answers and ballot over to another device by QR code', async () => {
    const of = await survey();
    const page = await visit(of.link());
    await toReview(page);
    await expect.poll(() => page.evaluate(() => Object.values({ ...localStorage }).some((text) => text.includes('"sig"')))).toBe(true);
    await page.getByRole('button', { name: 'Continue on another device' }).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    const picture = page.locator('.elsewhere svg');
    const address = await readQr(picture);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/a#/);
    expect(address).toBe(await picture.getAttribute('data-address'));
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await readQr(picture)).toBe(address);
    const second = await visit(address ?? '');
    await second.getByRole('button', { name: /Go on/ }).waitFor();
    expect(second.url()).toBe(of.link());
    await second.getByRole('button', { name: /Go on/ }).click();
    expect(await checked(second, /what we do shapes/)).toEqual(['6']);
    await answer(second, /as much weight/, '3');
    for (let part = 0; part < 3; part += 1) await next(second);
    await second.getByRole('button', { name: 'Review' }).click();
    await send(second);
    await thanks(second);
    expect(answersSent(of)).toEqual([[6, 3, 0, 0, 0, 0, 0, 0, 0]]);
  });
});

describe('a shared device', () => {
  const enter = async (of: Survey, options = PHONE): Promise<Page> => {
    const page = await (await device(options)).newPage();
    await page.clock.install();
    await page.goto(`${of.origin}/a?kiosk`);
    await page.getByLabel('Code').fill(CODE);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('button', { name: /Answer now/ }).click();
    await answer(page, /what we do shapes/, '6');
    return page;
  };
  const keptOn = (page: Page) => page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }).filter((key) => key.startsWith('lockstep-answer')));

  it('counts down in sight and wipes after a minute without a touch', async () => {
    const of = await survey({ kiosk: true });
    const page = await enter(of);
    expect(page.url()).toBe(`${of.origin}/a?kiosk`);
    await page.clock.runFor(45_000);
    await page.getByRole('alertdialog').getByText(/wiped in 1\d seconds/).waitFor();
    await page.getByRole('button', { name: 'I am still here' }).click();
    expect(await page.getByRole('alertdialog').count()).toBe(0);
    await page.clock.runFor(61_000);
    await heading(page, 'Type your code');
    expect(await keptOn(page)).toEqual([]);
    await page.goBack().catch(() => null);
    expect(await page.getByText('what we do shapes').count()).toBe(0);
  });

  it('survives a reload, and wipes after sending', async () => {
    const of = await survey({ kiosk: true });
    const page = await enter(of);
    await page.reload();
    expect(await checked(page, /what we do shapes/)).toEqual(['6']);
    for (let part = 0; part < 3; part += 1) await next(page);
    await page.clock.runFor(2_000);
    await page.getByRole('button', { name: 'Review' }).click();
    await send(page);
    await page.clock.runFor(1_000);
    await thanks(page);
    expect(await page.getByText('See your own answers').count()).toBe(0);
    await page.getByText(/This screen clears in \d+ seconds/).waitFor();
    await page.clock.runFor(21_000);
    await heading(page, 'Type your code');
    expect(await keptOn(page)).toEqual([]);
    expect(of.box.size).toBe(1);
  });
});

describe('plain http on a local network', () => {
  const address = Object.values(networkInterfaces()).flat().find((each) => each?.family === 'IPv4' && !each.internal)?.address;

  it.runIf(address !== undefined)('runs the same protocol where there is no WebCrypto, and states the risk', async () => {
    const of = await survey({}, address);
    const page = await visit(of.link());
    expect(await page.evaluate(() => [isSecureContext, typeof crypto.subtle])).toEqual([false, 'undefined']);
    await page.getByText('What can they see?').click();
    await page.getByText('connection without encryption (http)').waitFor();
    await toReview(page);
    await send(page);
    await thanks(page);
    expect(answersSent(of)).toEqual([[6, 0, 0, 0, 0, 0, 0, 0, 0]]);
  });

  it('says nothing of the sort where the browser trusts the way', async () => {
    const of = await survey();
    const page = await visit(of.link());
    await page.getByText('What can they see?').click();
    await page.getByText('those who run this system can see that you took part').waitFor();
    expect(await page.getByText('(http)').count()).toBe(0);
  });
});

describe('fit and reach', () => {
  const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const small = (page: Page) =>
    page.$$eval('button, summary, select, textarea, input', (all) =>
      all.filter((each) => each.getClientRects().length > 0).map((each) => each.getBoundingClientRect()).filter((box) => box.width < 24 || box.height < 24).length,
    );

  it.each([
    ['320 px, seven points, German', { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true, locale: 'de' }, { min: 1, max: 7 }, 36],
    ['320 px, eleven points', { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true, locale: 'en' }, { min: 0, max: 10 }, 36],
    ['390 px, seven points', PHONE, { min: 1, max: 7 }, 46],
    ['400 % zoom of 1280 x 1024', { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4, locale: 'fr' }, { min: 1, max: 7 }, 36],
    ['two points', PHONE, { min: 1, max: 2 }, 46],
  ] as const)('%s: nothing runs off the side, every target is large enough', async (_, options, ends, width) => {
    const words = { low: { en: 'Disagree fully', de: 'Stimme überhaupt nicht zu' }, high: { en: 'Agree fully', de: 'Stimme voll und ganz zu' } };
    const of = await survey({ scale: { ...ends, ...words } });
    const page = await visit(of.link(), options);
    await page.locator('h1').waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.locator('.actions .primary').click();
    await page.locator('.statement').first().waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await small(page)).toBe(0);
    const keys = await page.locator('.statement').first().locator('.key').evaluateAll((all) => all.map((each) => each.getBoundingClientRect()));
    expect(keys).toHaveLength(ends.max - ends.min + 1);
    for (const key of keys) {
      expect(Math.round(key.width)).toBeGreaterThanOrEqual(width);
      expect(key.height).toBeGreaterThanOrEqual(48);
    }
    await page.locator('.bar .primary').click();
    await page.locator('.bar .primary').click();
    await page.locator('.bar .primary').click();
    await page.locator('textarea').waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.locator('.bar .primary').click();
    await page.locator('.parts').waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });

  it('covers nothing that has the focus at 400 % zoom', async () => {
    const of = await survey();
    const page = await visit(of.link(), { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4, locale: 'en' });
    await page.locator('.actions .primary').click();
    await page.locator('.statement').first().waitFor();
    for (let stop = 0; stop < 9; stop += 1) {
      await page.keyboard.press('Tab');
      const hidden = await page.evaluate(() => {
        const focused = document.activeElement;
        const box = focused?.getBoundingClientRect();
        const top = box && document.elementFromPoint(box.left + box.width / 2, Math.min(innerHeight - 1, box.top + box.height / 2));
        return focused !== document.body && !(top && (focused?.contains(top) || top.contains(focused)));
      });
      expect(hidden).toBe(false);
    }
  });

  /** Everything the page can ever load: named in it, or in a script or style that is. */
  const filesReachable = (): string[] => {
    const namesIn = (text: string) => [...text.matchAll(/[\w.-]+\.(?:js|css)\b/g)].map(([name]) => name).filter((name) => existsSync(join(dist, 'assets', name)));
    const found = new Set(namesIn(readFileSync(join(dist, 'answer.html'), 'utf8')));
    for (const file of found) for (const name of namesIn(readFileSync(join(dist, 'assets', file), 'utf8'))) found.add(name);
    return [...found];
  };

  it('weighs at most 35 KB: page, styles, one language, QR code', () => {
    const files = filesReachable();
    const weigh = (wanted: (file: string) => boolean) => files.filter(wanted).map((file) => gzipSync(readFileSync(join(dist, 'assets', file)), { level: 9 }).length);
    const isLanguage = (file: string) => /^answer\.[a-z]{2}-/.test(file);
    const language = weigh(isLanguage);
    const others = weigh((file) => !isLanguage(file));
    expect(language).toHaveLength(5);
    const whole = others.reduce((sum, size) => sum + size, 0) + Math.max(...language);
    expect(whole).toBeGreaterThan(10_000);
    expect(whole).toBeLessThanOrEqual(35 * 1024);
  });
});

describe.each(['light', 'dark'] as const)('axe finds nothing in the %s theme', (colorScheme) => {
  const faults = async (page: Page, state: string): Promise<string[]> =>
    (await violationsOn(page)).map(({ id, nodes }) => `${state}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`);

  // Colours do not depend on the device, so that a desktop in the dark shows nothing new.
  it.each(colorScheme === 'light' ? ([['phone', PHONE], ['desktop', DESKTOP]] as const) : ([['phone', PHONE]] as const))('on every page and state, on a %s', async (_, options) => {
    const of = await survey();
    const page = await visit(of.link(), { ...options, colorScheme, reducedMotion: 'reduce' });
    const found: string[] = [];
    const check = async (state: string) => found.push(...(await faults(page, state)));
    await heading(page, /How do sales/);
    await page.getByText('What can they see?').click();
    await check('start');
    await page.getByRole('button', { name: /Answer now/ }).click();
    await group(page, /what we do shapes/).getByRole('radio', { name: '6' }).click();
    await group(page, /as much weight/).getByRole('radio', { name: 'Can’t judge' }).click();
    await check('part');
    await page.getByRole('button', { name: 'Continue on another device' }).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    await check('elsewhere');
    for (let part = 0; part < 3; part += 1) await next(page);
    await check('comment');
    await page.getByRole('button', { name: 'Review' }).click();
    await check('review');
    of.refuse.set('/api/answer', 'drop');
    await send(page);
    await heading(page, 'Not sent yet');
    await check('waiting');
    of.refuse.clear();
    await tryNow(page);
    await thanks(page);
    await page.getByText('See your own answers').click();
    await page.getByRole('button', { name: 'Delete from this device' }).click();
    await check('done');
    for (const code of ['unknown_link', 'not_open_yet', 'closed', 'other_device', 'malformed'] as const) {
      of.refuse.set('/api/answer/open', code);
      await page.goto(`${of.origin}/a?${code}#${WAVE}.${strangeToken()}`);
      await page.locator('h1').waitFor();
      await check(code);
    }
    await page.goto(`${of.origin}/a`);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('This is not a complete code').waitFor();
    await check('code');
    expect(found).toEqual([]);
  });

  it('on a shared device about to be wiped', async () => {
    const of = await survey({ kiosk: true });
    const page = await (await device({ ...PHONE, colorScheme })).newPage();
    await page.clock.install();
    await page.goto(of.link());
    await page.getByRole('button', { name: /Answer now/ }).click();
    await page.clock.runFor(45_000);
    await page.getByRole('alertdialog').waitFor();
    await page.clock.resume();
    expect(await faults(page, 'idle')).toEqual([]);
  });
});
