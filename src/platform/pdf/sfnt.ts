import { inflateSync } from 'node:zlib';

const WOFF = { header: 44, entry: 20 } as const;
const SFNT = { header: 12, entry: 16 } as const;
const padded = (length: number): number => (length + 3) & ~3;

/**
 * A WOFF 1.0 font file as the plain font inside it (W3C WOFF File Format 1.0, sections 3-5): the PDF writer's font reader unpacks the table of all
 * letters anew for each letter that it draws, which was most of the time of a page.
 * @throws Error for bytes that are no WOFF file
 */
export const sfntOf = (woff: Buffer): Buffer => {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF font');
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, at) => {
    const entry = woff.subarray(WOFF.header + at * WOFF.entry, WOFF.header + (at + 1) * WOFF.entry);
    const [offset, packed, length] = [entry.readUInt32BE(4), entry.readUInt32BE(8), entry.readUInt32BE(12)];
    const bytes = woff.subarray(offset, offset + packed);
    return { tag: entry.subarray(0, 4), checksum: entry.readUInt32BE(16), bytes: packed < length ? inflateSync(bytes) : bytes };
  });
  const font = Buffer.alloc(tables.reduce((size, { bytes }) => size + padded(bytes.length), SFNT.header + count * SFNT.entry));
  const power = Math.floor(Math.log2(count));
  woff.copy(font, 0, 4, 8);
  for (const [at, value] of [count, 16 * 2 ** power, power, 16 * (count - 2 ** power)].entries()) font.writeUInt16BE(value, 4 + at * 2);
  let offset = SFNT.header + count * SFNT.entry;
  for (const [at, { tag, checksum, bytes }] of tables.entries()) {
    const entry = SFNT.header + at * SFNT.entry;
    tag.copy(font, entry);
    for (const [place, value] of [checksum, offset, bytes.length].entries()) font.writeUInt32BE(value, entry + 4 + place * 4);
    bytes.copy(font, offset);
    offset += padded(bytes.length);
  }
  return font;
};
