import { inflateSync } from 'node:zlib';

/** Bytes as Latin-1, so that offsets stay. */
const objectsOf = (pdf: Uint8Array): Map<string, { head: string; stream: string }> => {
  const raw = Buffer.from(pdf).toString('latin1');
  const objects = new Map<string, { head: string; stream: string }>();
  for (const match of raw.matchAll(/(\d+) 0 obj\s([\s\S]*?)endobj/gu)) {
    const body = match[2] ?? '';
    const at = body.indexOf('stream\n');
    const head = at < 0 ? body : body.slice(0, at);
    const packed = at < 0 ? '' : body.slice(at + 7, body.lastIndexOf('\nendstream'));
    const stream = head.includes('/FlateDecode') && !head.includes('/FontFile') && !head.includes('/Length1') ? tryInflate(packed) : packed;
    objects.set(match[1] ?? '', { head, stream });
  }
  return objects;
};

const tryInflate = (packed: string): string => {
  try {
    return inflateSync(Buffer.from(packed, 'latin1')).toString('latin1');
  } catch {
    return '';
  }
};

const utf16 = (hex: string): string => {
  const bytes = Buffer.from(hex.replace(/\s/gu, ''), 'hex');
  return bytes.length % 2 === 0 ? Buffer.from(bytes).swap16().toString('utf16le') : '';
};

/** Glyph number → text, from a font's ToUnicode table. */
const cmapOf = (stream: string): Map<number, string> => {
  const map = new Map<number, string>();
  for (const range of stream.matchAll(/<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*\[([^\]]*)\]/gu)) {
    const from = parseInt(range[1] ?? '0', 16);
    [...(range[3] ?? '').matchAll(/<([^>]*)>/gu)].forEach((entry, i) => map.set(from + i, utf16(entry[1] ?? '')));
  }
  return map;
};

/** Every run of text a PDF of ours shows, in drawing order; fonts of other writers are not understood. */
export const pdfTexts = (pdf: Uint8Array): string[] => {
  const objects = objectsOf(pdf);
  const fonts = new Map<string, Map<number, string>>();
  for (const { head } of objects.values())
    for (const match of head.matchAll(/\/(F\d+) (\d+) 0 R/gu)) {
      const unicode = /\/ToUnicode (\d+) 0 R/u.exec(objects.get(match[2] ?? '')?.head ?? '')?.[1];
      if (unicode) fonts.set(match[1] ?? '', cmapOf(objects.get(unicode)?.stream ?? ''));
    }
  const texts: string[] = [];
  for (const { stream } of objects.values()) {
    let font = new Map<number, string>();
    for (const match of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/gu)) {
      if (match[1]) font = fonts.get(match[1]) ?? new Map();
      else texts.push([...(match[2] ?? '').matchAll(/<([0-9a-fA-F]*)>/gu)].map((run) => (run[1]?.match(/.{4}/gu) ?? []).map((glyph) => font.get(parseInt(glyph, 16)) ?? '').join('')).join(''));
    }
  }
  return texts;
};

export const pdfPages = (pdf: Uint8Array): number => [...Buffer.from(pdf).toString('latin1').matchAll(/\/Type \/Page\b(?!s)/gu)].length;
