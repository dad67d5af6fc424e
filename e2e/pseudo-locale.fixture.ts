import type { Page } from 'playwright-core';
import { settled } from './browser.fixture';

/** Languages call themselves by their own names in every language. */
const LANGUAGES = ['English', 'Deutsch', 'Nederlands', 'Français', 'Español'];

/** Visible texts, placeholders and names of parts that are no data. */
const textsOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
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

/** What is left of a text without what stands in brackets, also where one stands in another. */
const outside = (text: string): string => {
  const less = text.replaceAll(/\[[^[\]]*\]/gu, '');
  return less === text ? text : outside(less);
};

/**
 * With "?pseudo" every text of the message files stands in brackets; a letter outside of them is hard-wired. What the server
 * sent (names, questionnaires, refusals) is data: a text that stands word for word in an answer is not the page's own, nor is one put
 * together of such with a colon, a comma, a plus or the "and" that the browser puts into a list.
 */
export const watchPseudo = (page: Page) => {
  const sent = new Set<string>();
  /** Answers that are still being read; a busy machine draws the page before their text is here. */
  const coming: Promise<void>[] = [];
  const remember = (value: unknown): void => {
    if (typeof value === 'string') sent.add(value.trim());
    else if (Array.isArray(value)) value.forEach(remember);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(remember);
  };
  page.on('response', (response) => {
    if (response.url().includes('/rpc/')) coming.push(response.json().then(remember, () => undefined));
  });
  const known = (text: string): boolean => !/\p{L}/u.test(outside(text)) || sent.has(text) || LANGUAGES.includes(text);
  const unbracketed = async (): Promise<string[]> => {
    // Where a long word may be parted says nothing about who wrote it.
    const found = (await textsOn(page)).map((text) => text.replaceAll('\u00ad', ''));
    return [...new Set(found)].filter((text) => !known(text) && ![/: | \+ |, | and /u, /: /u].some((between) => text.split(between).every(known)));
  };
  const look = async (path: string): Promise<string[]> => {
    await page.goto(`${path}${path.includes('?') ? '&' : '?'}pseudo`.replace(/(#[^?]*)(\?pseudo)$/, '$2$1'));
    await page.locator('main').first().waitFor();
    await settled(page);
    await Promise.all(coming.splice(0));
    return unbracketed();
  };
  return { look, unbracketed };
};
