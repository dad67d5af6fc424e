import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../../lib/vocabulary';
import { surveyCalendar } from './calendar';
import { makeCodeSheet, qrPath } from './code-sheet';
import { pdfPages, pdfTexts } from './pdf/pdf-text.test-support';

/** The dark modules a path of rectangles covers. */
const modulesOf = (path: string, size: number): boolean[][] => {
  const modules = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const run of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/gu)) {
    const [x, y, length] = [Number(run[1]), Number(run[2]), Number(run[3])];
    expect(run[4]).toBe(run[3]);
    for (let i = 0; i < length; i++) (modules[y] ?? [])[x + i] = true;
  }
  return modules;
};

const URL_OF = (i: number) => `http://192.168.1.20:4400/a#0198f3c2-aaaa-7bbb-8ccc-0123456789ab.AbCdEfGhIjKlMnOpQrStUv.k3x9a${i}`;
const entries = Array.from({ length: 11 }, (_, i) => ({ url: URL_OF(i), code: `ABCDEFGHJK${String(20 + i)}` }));
const sheet = { workspaceName: 'Nordwind', title: 'How we work together', kind: 'slips' as const, entries };

describe('slips with codes', () => {
  it('draw the very modules of the QR code', () => {
    const qr = encode(URL_OF(1), { ecc: 'M', border: 2 });
    expect(modulesOf(qrPath(qr.data), qr.size)).toEqual(qr.data);
  });

  it.each(LOCALES)('print every code, grouped for typing, eight to a page, in %s', async (locale) => {
    const pdf = await makeCodeSheet({ ...sheet, locale });
    const text = pdfTexts(pdf).join('').replace(/\s/gu, '');
    expect(pdfPages(pdf)).toBe(2);
    for (const { code } of entries) expect(text).toContain(code.replace(/(.{4})(.{4})(.{4})/u, '$1-$2-$3'));
  }, 60_000);

  it('name the person only on personal sheets, and survive any name', async () => {
    const named = [{ url: URL_OF(0), code: 'ABCDEFGHJK20', label: 'Ada <b>Łódź</b> 🙂 שלום' + 'x'.repeat(300) }];
    const pdf = await makeCodeSheet({ ...sheet, locale: 'en', kind: 'personal', entries: named });
    const text = pdfTexts(pdf).join('');
    expect(pdfPages(pdf)).toBe(1);
    expect(text).toContain('Ada <b>Łódź</b> ?');
    expect(text).not.toContain('For: Ada');
  }, 60_000);

  it('print one empty page rather than fail when there is nobody', async () => {
    expect(pdfPages(await makeCodeSheet({ ...sheet, locale: 'en', entries: [] }))).toBe(1);
  }, 60_000);
});

describe('calendar of a survey', () => {
  const dates = { waveId: 'w1', workspaceName: 'Nord;wind,\r\nBEGIN:VALARM', opensAt: '2026-03-01T08:00:00Z', closesAt: '2026-03-15T17:00:00Z', minutes: 9, minimum: 5 };
  const lines = (text: string) => text.replace(/\r\n[ \t]/gu, '').split('\r\n');

  it.each(LOCALES)('has the opening and the last half hour in %s', (locale) => {
    const got = lines(surveyCalendar({ ...dates, locale }));
    expect(got.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(2);
    expect(got.filter((line) => line.startsWith('DTSTART'))).toEqual(['DTSTART:20260301T080000Z', 'DTSTART:20260315T163000Z']);
    expect(got.filter((line) => line.startsWith('UID:'))).toEqual(['UID:w1-open@lockstep', 'UID:w1-close@lockstep']);
  });

  it('lets no name open a component of its own, and holds no link', () => {
    const text = surveyCalendar({ ...dates, locale: 'en' });
    expect(lines(text).filter((line) => line.startsWith('BEGIN:'))).toEqual(['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'BEGIN:VEVENT']);
    expect(text).toContain('Nord\\;wind\\,');
    expect(text).not.toMatch(/https?:/u);
  });
});
