import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { violationsOn, WCAG } from './browser.fixture';

/** No violation of WCAG 2.2 AA in either theme, and nothing wider than a phone. */
export const expectAccessible = async (page: Page, name: string): Promise<void> => {
  const wide = page.viewportSize() ?? { width: 1440, height: 900 };
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const found = (await violationsOn(page, WCAG)).map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`);
    expect(found, `${name}, ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth), `${name} at 390`).toBeLessThanOrEqual(390);
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: 'light' });
};

type Answer = { status: number; body: unknown };

/** A call of the public interface with the page's own session, as its scripts would make it. */
export const callApi = async (page: Page, method: string, path: string, body?: object): Promise<unknown> => {
  const answer = await page.evaluate(
    async ([verb, address, sent]): Promise<Answer> => {
      const response = await fetch(`/api${address}`, { method: verb, ...(sent ? { headers: { 'content-type': 'application/json' }, body: sent } : {}) });
      return { status: response.status, body: await response.json() };
    },
    [method, path, body ? JSON.stringify(body) : ''] as const,
  );
  expect([path, answer.status < 400 ? 'ok' : answer]).toEqual([path, 'ok']);
  return answer.body;
};

/** Where a download link leads, fetched with the page's session. */
export const fileAt = (page: Page, path: string): Promise<{ status: number; type: string; disposition: string; text: string; size: number }> =>
  page.evaluate(async (address) => {
    const response = await fetch(address);
    const bytes = await response.arrayBuffer();
    return { status: response.status, type: response.headers.get('content-type') ?? '', disposition: response.headers.get('content-disposition') ?? '', text: new TextDecoder().decode(bytes), size: bytes.byteLength };
  }, path);
