/** One file inside the archive. */
export interface Entry {
  name: string;
  data: Buffer;
}

const BLOCK = 512;
/** Entries are written in parts well below this; anything larger is a damaged header. */
const LARGEST = 64 * 1024 * 1024;

/** The archive is not what it should be; the message says how. */
export class ArchiveError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ArchiveError';
  }
}

const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;

const checksumOf = (header: Buffer): number => {
  let sum = 0;
  for (let at = 0; at < BLOCK; at += 1) sum += at >= 148 && at < 156 ? 32 : (header[at] ?? 0);
  return sum;
};

const header = (name: string, size: number, seconds: number): Buffer => {
  if (Buffer.byteLength(name) > 100) throw new ArchiveError(`The name ${name} is too long for the archive.`);
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 'utf8');
  block.write(octal(0o600, 8) + octal(0, 8) + octal(0, 8) + octal(size, 12) + octal(seconds, 12), 100, 'latin1');
  block.write('ustar\u000000', 257, 'latin1');
  block.write('0', 156, 'latin1');
  block.write(`${checksumOf(block).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
};

/** POSIX ustar, so that any tar program can list and unpack a backup. `seconds` is the time written for every entry. */
export async function* writeTar(entries: AsyncIterable<Entry>, seconds: number): AsyncGenerator<Buffer> {
  for await (const { name, data } of entries) {
    yield header(name, data.length, seconds);
    yield data;
    const rest = data.length % BLOCK;
    if (rest > 0) yield Buffer.alloc(BLOCK - rest);
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** Hands out bytes in the sizes asked for, from chunks of any size. */
const collector = (chunks: AsyncIterable<Buffer>) => {
  const source = chunks[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  return async (size: number): Promise<Buffer> => {
    const pieces = [held];
    let have = held.length;
    while (have < size) {
      const next = await source.next();
      if (next.done) throw new ArchiveError('The archive ends too early: it was cut off.');
      pieces.push(next.value);
      have += next.value.length;
    }
    const all = pieces.length === 1 ? held : Buffer.concat(pieces);
    held = all.subarray(size);
    return all.subarray(0, size);
  };
};

const field = (block: Buffer, from: number, to: number): string => {
  const text = block.toString('latin1', from, to);
  const end = text.indexOf('\0');
  return (end < 0 ? text : text.slice(0, end)).trim();
};

/** @throws ArchiveError when the bytes are cut off or damaged */
export async function* readTar(chunks: AsyncIterable<Buffer>): AsyncGenerator<Entry> {
  const take = collector(chunks);
  for (;;) {
    const block = await take(BLOCK);
    if (block.every((byte) => byte === 0)) {
      await take(BLOCK);
      return;
    }
    const size = Number.parseInt(field(block, 124, 136), 8);
    if (Number.parseInt(field(block, 148, 156), 8) !== checksumOf(block) || !(size >= 0 && size <= LARGEST))
      throw new ArchiveError('The archive is damaged: a part of it cannot be read.');
    const data = await take(size);
    if (size % BLOCK > 0) await take(BLOCK - (size % BLOCK));
    yield { name: field(block, 0, 100), data };
  }
}
