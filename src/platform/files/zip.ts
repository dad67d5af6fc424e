import { crc32, inflateRawSync } from 'node:zlib';
import { FileFault } from './limits';

/**
 * The ZIP container (PKWARE APPNOTE), read by its central directory only and with every size checked while inflating: what the directory
 * says and what the data holds may differ, and a few kilobytes can claim to hold gigabytes.
 */
export type ZipLimits = { entries: number; unpackedBytes: number };

type Entry = { name: string; method: number; packed: number; size: number; offset: number; flags: number; mode: number };

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

const directoryOf = (buffer: Buffer): { count: number; offset: number } => {
  for (let at = buffer.length - 22; at >= Math.max(0, buffer.length - 22 - 0xffff); at--) {
    if (buffer.readUInt32LE(at) !== END) continue;
    return { count: buffer.readUInt16LE(at + 10), offset: buffer.readUInt32LE(at + 16) };
  }
  throw new FileFault('archive_damaged');
};

const entriesOf = (buffer: Buffer, limits: ZipLimits): Entry[] => {
  const { count, offset } = directoryOf(buffer);
  if (count > limits.entries) throw new FileFault('archive_bomb', String(count));
  const entries: Entry[] = [];
  let at = offset;
  for (let index = 0; index < count; index++) {
    if (at + 46 > buffer.length || buffer.readUInt32LE(at) !== CENTRAL) throw new FileFault('archive_damaged');
    const nameLength = buffer.readUInt16LE(at + 28);
    entries.push({
      name: buffer.toString('utf8', at + 46, at + 46 + nameLength),
      flags: buffer.readUInt16LE(at + 8),
      method: buffer.readUInt16LE(at + 10),
      packed: buffer.readUInt32LE(at + 20),
      size: buffer.readUInt32LE(at + 24),
      mode: buffer.readUInt32LE(at + 38) >>> 16,
      offset: buffer.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return entries;
};

const SYMLINK = 0o120000;

/** A name that leaves the folder, a link, or the same name twice: no spreadsheet program writes such an archive. */
const assertSafe = (entries: readonly Entry[]): void => {
  const names = new Set<string>();
  for (const { name, mode, flags } of entries) {
    if (/(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[A-Za-z]:|\0/u.test(name)) throw new FileFault('archive_unsafe', name.slice(0, 80));
    if ((mode & 0o170000) === SYMLINK) throw new FileFault('archive_unsafe', name.slice(0, 80));
    if (names.has(name.toLowerCase())) throw new FileFault('archive_unsafe', name.slice(0, 80));
    if ((flags & 1) !== 0) throw new FileFault('locked_excel');
    names.add(name.toLowerCase());
  }
};

const dataOf = (buffer: Buffer, entry: Entry, room: number): Buffer => {
  const at = entry.offset;
  if (at + 30 > buffer.length || buffer.readUInt32LE(at) !== LOCAL) throw new FileFault('archive_damaged', entry.name);
  const start = at + 30 + buffer.readUInt16LE(at + 26) + buffer.readUInt16LE(at + 28);
  const packed = buffer.subarray(start, start + entry.packed);
  if (packed.length !== entry.packed) throw new FileFault('archive_damaged', entry.name);
  if (entry.size > room) throw new FileFault('archive_bomb', entry.name);
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw new FileFault('archive_damaged', entry.name);
  try {
    const data = inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) });
    if (data.length !== entry.size) throw new FileFault('archive_damaged', entry.name);
    return data;
  } catch (error) {
    if (error instanceof FileFault) throw error;
    throw new FileFault(error instanceof RangeError ? 'archive_bomb' : 'archive_damaged', entry.name);
  }
};

/**
 * Unpacks the entries that `wanted` asks for, and refuses the archive when anything in it is unsafe.
 * @throws FileFault archive_damaged, archive_bomb, archive_unsafe, locked_excel
 */
export const readZip = (bytes: Uint8Array, limits: ZipLimits, wanted: (name: string) => boolean): Map<string, Buffer> => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 22) throw new FileFault('archive_damaged');
  const entries = entriesOf(buffer, limits);
  assertSafe(entries);
  const found = new Map<string, Buffer>();
  let room = limits.unpackedBytes;
  for (const entry of entries) {
    if (!wanted(entry.name)) continue;
    const data = dataOf(buffer, entry, room);
    room -= data.length;
    found.set(entry.name, data);
  }
  return found;
};

/** The names in the archive, unread. @throws FileFault as `readZip`. */
export const zipNames = (bytes: Uint8Array, limits: ZipLimits): string[] => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = entriesOf(buffer, limits);
  assertSafe(entries);
  return entries.map(({ name }) => name);
};

const header = (signature: number, name: Buffer, data: Buffer, offset: number): Buffer => {
  const central = signature === CENTRAL;
  const head = Buffer.alloc((central ? 46 : 30) + name.length);
  const shift = central ? 2 : 0;
  head.writeUInt32LE(signature, 0);
  if (central) head.writeUInt16LE(20, 4);
  head.writeUInt16LE(20, 4 + shift);
  head.writeUInt16LE(0x0800, 6 + shift);
  head.writeUInt16LE(0x21, 12 + shift);
  head.writeUInt32LE(crc32(data), 14 + shift);
  head.writeUInt32LE(data.length, 18 + shift);
  head.writeUInt32LE(data.length, 22 + shift);
  head.writeUInt16LE(name.length, 26 + shift);
  if (central) head.writeUInt32LE(offset, 42);
  name.copy(head, central ? 46 : 30);
  return head;
};

/** A plain archive of the entries, stored without compression. */
export const writeZip = (entries: ReadonlyMap<string, Buffer>): Buffer => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, data] of entries) {
    const name = Buffer.from(path, 'utf8');
    const local = header(LOCAL, name, data, 0);
    directory.push(header(CENTRAL, name, data, offset));
    parts.push(local, data);
    offset += local.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries.size, 8);
  end.writeUInt16LE(entries.size, 10);
  end.writeUInt32LE(directory.reduce((sum, part) => sum + part.length, 0), 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
};
