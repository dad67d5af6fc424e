import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { sfntOf } from './sfnt';

const folder = join(dirname(createRequire(import.meta.url).resolve('@fontsource/inter/package.json')), 'files');
const fonts = readdirSync(folder).filter((name) => name.endsWith('.woff') && /-(400|600)-normal/.test(name));

/** The sum of a table's 32-bit words (OpenType 1.9, "Calculating checksums"); of `head` without its own word on the whole file. */
const checksum = (tag: string, bytes: Buffer): number => {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) if (tag !== 'head' || at !== 8) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
};

test.each(fonts)('%s holds whole tables in order, each with the checksum it says', (name) => {
  const font = sfntOf(readFileSync(join(folder, name)));
  const count = font.readUInt16BE(4);
  const tables = Array.from({ length: count }, (_, at) => {
    const entry = 12 + at * 16;
    const [tag, said, offset, length] = [font.toString('latin1', entry, entry + 4), font.readUInt32BE(entry + 4), font.readUInt32BE(entry + 8), font.readUInt32BE(entry + 12)];
    return { tag, said, found: checksum(tag, font.subarray(offset, offset + ((length + 3) & ~3))) };
  });
  expect(tables.map(({ tag }) => tag)).toEqual(expect.arrayContaining(['cmap', 'glyf', 'head', 'hmtx', 'loca']));
  expect(tables.map(({ tag }) => tag)).toEqual(tables.map(({ tag }) => tag).toSorted());
  expect(tables.map(({ found }) => found)).toEqual(tables.map(({ said }) => said));
});

test('bytes that are no font are refused', () => {
  expect(() => sfntOf(Buffer.from('OTTO and more'))).toThrow('not a WOFF font');
});
