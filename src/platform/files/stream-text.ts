import iconv from 'iconv-lite';
import type { TableProblem } from '../../lib/table';
import { byMark, decodeText, wideWithoutMark } from './decode';
import { FileFault } from './limits';

export type TextPart = { text: string; encoding: string; problems: TableProblem[] };

/** No line of a table is longer; more would have to be held at once. */
const LONGEST_LINE = 32 * 1024 * 1024;
const ENOUGH_TO_TELL = 64 * 1024;

const join = (parts: readonly Uint8Array[]): Uint8Array => (parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts));

/** Gathers pieces so that each but the last ends with a line, since a line is decoded as a whole. */
async function* wholeLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(10) + 1;
    if (end > 0 && size + end >= ENOUGH_TO_TELL) {
      yield join([...held, chunk.subarray(0, end)]);
      held = [];
      size = 0;
      if (end < chunk.length) held.push(chunk.subarray(end));
      size = chunk.length - end;
    } else {
      held.push(chunk);
      size += chunk.length;
      if (size > LONGEST_LINE) throw new FileFault('not_a_table');
    }
  }
  if (size > 0) yield join(held);
}

async function* wideText(first: Uint8Array, rest: AsyncIterator<Uint8Array>, encoding: string): AsyncGenerator<TextPart> {
  const decoder = iconv.getDecoder(encoding, { stripBOM: false });
  for (let chunk: Uint8Array | undefined = first; chunk; ) {
    const text = decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)).replaceAll('\uFEFF', '').replaceAll('\0', '');
    yield { text, encoding, problems: [] };
    const next = await rest.next();
    chunk = next.done ? undefined : next.value;
  }
  const last = decoder.end();
  if (last) yield { text: last, encoding, problems: [{ code: 'damaged_characters', line: 0 }] };
}

/**
 * Text of a file that comes in pieces; what `decodeText` knows about encodings, piece by piece. Problems are said without lines.
 * @throws FileFault not_a_table for a line of more than 32 MB
 */
export async function* streamText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TextPart> {
  const parts = chunks[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    head = head.length === 0 ? next.value : join([head, next.value]);
    if (head.length >= ENOUGH_TO_TELL) break;
  }
  if (head.length === 0) return;
  const mark = byMark(head);
  const wide = mark ? (mark.encoding === 'utf-8' ? undefined : mark.encoding) : wideWithoutMark(head);
  if (wide) {
    yield* wideText(head.subarray(mark?.skip ?? 0), parts, wide);
    return;
  }
  const again = async function* (): AsyncGenerator<Uint8Array> {
    yield head;
    for (let next = await parts.next(); !next.done; next = await parts.next()) yield next.value;
  };
  for await (const lines of wholeLines(again())) {
    const { text, encoding, problems } = decodeText(lines);
    yield { text, encoding, problems: problems.map((problem) => ({ ...problem, line: 0 })) };
  }
}
