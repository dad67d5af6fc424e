import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../lib/seeded';
import { FileFault, TABLE_LIMITS } from './limits';
import { readCsv } from './read-csv';
import { STREAM_LIMITS, streamTable } from './stream-table';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const streamed = async (bytes: Uint8Array, size = 1000) => {
  const { headings, batches, problems } = await streamTable(inPieces(bytes, size));
  const rows = [];
  for await (const batch of batches) rows.push(...batch);
  return { headings, rows, problems };
};

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A file of some megabytes with quotes, breaks in cells, slips and accents, so that windows end in awkward places. */
const awkward = (lines: number): string => {
  const random = seeded(11);
  const cell = (row: number): string =>
    ['plain', `"a ""quoted"" one"`, `"two\nlines ${row}"`, '"open slip', 'Müller', '', `"${'x'.repeat(Math.floor(random() * 300))}"`][Math.floor(random() * 7)] ?? '';
  return `id,a,b,c\n${Array.from({ length: lines }, (_, row) => `${row},${cell(row)},${cell(row)},${cell(row)}`).join('\n')}\n`;
};

describe('a table as a stream', () => {
  it('holds the same rows and lines as the file read whole, over many windows', async () => {
    const bytes = utf8(awkward(30_000));
    expect(bytes.length).toBeGreaterThan(2_500_000);
    const whole = readCsv(bytes, { ...TABLE_LIMITS, rows: 1e6 });
    const { headings, rows } = await streamed(bytes, 65_536);
    expect(headings).toEqual(whole.headings);
    expect(rows.length).toBe(whole.rows.length);
    expect(rows).toEqual(whole.rows);
  });

  it('does not depend on where the pieces end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('a', 'é', '"', ',', '\n', '\r\n', '\r', ' ', '日', '\uFEFF'), { minLength: 3, maxLength: 120 }), fc.integer({ min: 1, max: 40 }), async (parts, size) => {
        const bytes = utf8(`h,i\n1,2\n${parts.join('')}`);
        expect((await streamed(bytes, size)).rows).toEqual((await streamed(bytes, 1e6)).rows);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['UTF-16', new Uint8Array(Buffer.from('\uFEFFid;Näme\n1;Ö\n', 'utf16le'))],
    ['UTF-16 without a mark', new Uint8Array(Buffer.from('id;Näme\n1;Ö\n', 'utf16le'))],
    ['Windows-1252', new Uint8Array(Buffer.from('id;Näme\r\n1;Ö\r\n', 'latin1'))],
    ['a byte-order mark', utf8('\uFEFFid;Näme\n1;Ö')],
    ["Excel's first line", utf8('sep=;\nid;Näme\n1;Ö')],
    ['bare carriage returns', utf8('id;Näme\r1;Ö\r')],
  ])('reads %s', async (_, bytes) => {
    const { headings, rows } = await streamed(bytes, 7);
    expect(headings).toEqual(['id', 'Näme']);
    expect(rows.map(({ cells }) => cells)).toEqual([['1', 'Ö']]);
  });

  it.each([
    ['', 'file_empty'],
    ['\n\n', 'file_empty'],
    ['<!DOCTYPE html><html>', 'web_page'],
    ['%PDF-1.7', 'not_a_table'],
    ['PK\u0003\u0004 nothing behind', 'archive_damaged'],
  ])('refuses %j', async (text, code) => {
    await expect(streamed(utf8(text))).rejects.toMatchObject({ code });
  });

  it('stops at its limits', async () => {
    const many = streamTable(inPieces(utf8('a\n1\n2\n3\n'), 100), { ...STREAM_LIMITS, rows: 2 });
    await expect((async () => { for await (const batch of (await many).batches) expect(batch.length).toBeLessThan(3); })()).rejects.toBeInstanceOf(FileFault);
    await expect(streamTable(inPieces(utf8('a,b,c\n'), 100), { ...STREAM_LIMITS, columns: 2 })).rejects.toMatchObject({ code: 'too_many_columns' });
  });
});
