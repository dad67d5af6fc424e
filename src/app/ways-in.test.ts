import { describe, expect, test } from 'vitest';
import { createRateLimit } from '../platform/http/rate-limit';
import { codeAsPrinted, linkOf, linkToken, shortCode } from '../features/assessment/tokens';
import { linkIn, shortCodeIn } from '../features/assessment/web/answer/link';

const secret = Buffer.alloc(32, 1);
const wave = '6f9619ff-8b86-4011-b42d-00c04fc964ff';

describe('ways in', () => {
  test('differ by invitation and by wave, and are the same whenever they are computed', () => {
    const ids = Array.from({ length: 500 }, (_, index) => `invitation-${index}`);
    expect(new Set(ids.map((id) => linkToken(secret, id))).size).toBe(500);
    expect(new Set(ids.map((id) => shortCode(secret, id))).size).toBe(500);
    expect(linkToken(secret, 'a')).toBe(linkToken(Buffer.from(secret), 'a'));
    expect(linkToken(secret, 'a')).not.toBe(linkToken(Buffer.alloc(32, 2), 'a'));
  });

  test('have the length that was promised: 128 bits in a link, 60 in a code', () => {
    for (let index = 0; index < 200; index += 1) {
      expect(linkToken(secret, `${index}`)).toMatch(/^[\w-]{22}$/);
      expect(shortCode(secret, `${index}`)).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    }
  });

  test('are understood by the page, however they are written', () => {
    const token = linkToken(secret, 'a');
    const h = 'A'.repeat(22);
    expect(linkIn(linkOf('https://survey.example', wave, token, h))).toMatchObject({ wave, token, h });
    const code = shortCode(secret, 'a');
    expect(codeAsPrinted(code)).toMatch(/^\w{4}-\w{4}-\w{4}$/);
    expect(shortCodeIn(` ${codeAsPrinted(code).toLowerCase()} `)).toBe(code);
  });
});

describe('limits', () => {
  test('count by key and start again every minute', () => {
    const limit = createRateLimit(2);
    const now = new Date('2026-03-02T08:00:10Z');
    expect(['a', 'a', 'a', 'b'].map((key) => limit.allows(key, now))).toEqual([true, true, false, true]);
    expect(limit.allows('a', new Date(now.getTime() + 60_000))).toBe(true);
  });
});
