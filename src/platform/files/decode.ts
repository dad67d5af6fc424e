import iconv from 'iconv-lite';
import type { TableProblem } from '../../lib/table';

export type Decoded = { text: string; encoding: string; problems: TableProblem[] };

const startsWith = (bytes: Uint8Array, ...mark: number[]): boolean => mark.every((byte, index) => bytes[index] === byte);

/** The encoding that a byte-order mark at the start names, and the mark's length. */
export const byMark = (bytes: Uint8Array): { encoding: string; skip: number } | undefined => {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return { encoding: 'utf-8', skip: 3 };
  if (startsWith(bytes, 0xff, 0xfe, 0, 0)) return { encoding: 'utf-32le', skip: 4 };
  if (startsWith(bytes, 0, 0, 0xfe, 0xff)) return { encoding: 'utf-32be', skip: 4 };
  if (startsWith(bytes, 0xff, 0xfe)) return { encoding: 'utf-16le', skip: 2 };
  if (startsWith(bytes, 0xfe, 0xff)) return { encoding: 'utf-16be', skip: 2 };
  return undefined;
};

/** UTF-16 without a mark: Western text has a zero in nearly every second byte, on one side only. */
export const wideWithoutMark = (bytes: Uint8Array): string | undefined => {
  const length = Math.min(bytes.length, 8192) & ~1;
  if (length < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  const half = length / 2;
  if (odd > half * 0.6 && even < half * 0.1) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.1) return 'utf-16be';
  return undefined;
};

const strictUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/**
 * Line by line: UTF-8 where it is valid, Windows-1252 elsewhere. A Windows-1252 line with an accent is practically never valid UTF-8,
 * and files glued together from two systems hold both.
 */
const lineByLine = (bytes: Uint8Array): Decoded => {
  const parts: string[] = [];
  let wide = false;
  let western = false;
  for (let from = 0; from < bytes.length; ) {
    const found = bytes.indexOf(10, from);
    const end = found < 0 ? bytes.length : found + 1;
    const slice = bytes.subarray(from, end);
    const utf8 = strictUtf8(slice);
    if (utf8 === undefined) western = true;
    else if (utf8.length !== slice.length) wide = true;
    parts.push(utf8 ?? iconv.decode(Buffer.from(slice), 'windows-1252'));
    from = end;
  }
  const mixed = wide && western;
  return { text: parts.join(''), encoding: western ? 'windows-1252' : 'utf-8', problems: mixed ? [{ code: 'mixed_encodings', line: 0 }] : [] };
};

/** A wide encoding whose length does not come out even was cut off on its way. */
const decodeWide = (bytes: Uint8Array, encoding: string): Decoded => ({
  text: iconv.decode(Buffer.from(bytes), encoding, { stripBOM: false }),
  encoding,
  problems: bytes.length % (encoding.startsWith('utf-32') ? 4 : 2) === 0 ? [] : [{ code: 'damaged_characters', line: 0 }],
});

const decodeBytes = (bytes: Uint8Array): Decoded => {
  const marked = byMark(bytes);
  if (marked && marked.encoding !== 'utf-8') return decodeWide(bytes.subarray(marked.skip), marked.encoding);
  const body = marked ? bytes.subarray(marked.skip) : bytes;
  const wide = marked ? undefined : wideWithoutMark(body);
  if (wide) return decodeWide(body, wide);
  const utf8 = strictUtf8(body);
  return utf8 === undefined ? lineByLine(body) : { text: utf8, encoding: 'utf-8', problems: [] };
};

/** Bytes of a text file as text: marks, UTF-16 without a mark, UTF-8, Windows-1252, or the last two mixed. NUL characters are taken out and said. */
export const decodeText = (bytes: Uint8Array): Decoded => {
  const decoded = decodeBytes(bytes);
  const problems = [...decoded.problems];
  let text = decoded.text.replaceAll('\uFEFF', '');
  if (text.includes('\0')) {
    text = text.replaceAll('\0', '');
    problems.push({ code: 'nul_removed', line: 0 });
  }
  const damaged = text.indexOf('\uFFFD');
  if (damaged >= 0) problems.push({ code: 'damaged_characters', line: text.slice(0, damaged).split(/\r\n|\r|\n/u).length });
  return { text, encoding: decoded.encoding, problems };
};
