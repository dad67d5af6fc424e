import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Font } from '@react-pdf/renderer';
import { sfntOf } from './sfnt';

/** Inter comes in one file per script; a letter is taken from the first family that has it. */
const FAMILIES = [
  ['Inter', 'latin'],
  ['Inter Latin Extended', 'latin-ext'],
  ['Inter Vietnamese', 'vietnamese'],
  ['Inter Greek', 'greek'],
  ['Inter Cyrillic', 'cyrillic'],
] as const;

export const FONT_FAMILY: string[] = FAMILIES.map(([family]) => family);

/** Words longer than this are broken, so that nobody's 300-letter name runs off the page. */
const LONGEST_WORD = 28;

let registered = false;

/** Gives the PDF writer its fonts; once per process. */
export const registerFonts = (): void => {
  if (registered) return;
  const locate = createRequire(import.meta.url);
  const plain = (name: string): string => `data:font/ttf;base64,${sfntOf(readFileSync(locate.resolve(`@fontsource/inter/files/${name}.woff`))).toString('base64')}`;
  for (const [family, script] of FAMILIES)
    Font.register({
      family,
      fonts: ([400, 600] as const).map((fontWeight) => ({ src: plain(`inter-${script}-${fontWeight}-normal`), fontWeight })),
    });
  Font.registerHyphenationCallback((word) => (word.length > LONGEST_WORD ? (word.match(new RegExp(`.{1,${LONGEST_WORD}}`, 'gu')) ?? [word]) : [word]));
  registered = true;
};

/** What the files above hold in both weights, read from the fonts themselves. */
const COVERED =
  '\\n\\u0020-\\u007e\\u00a0-\\u00ac\\u00ae-\\u0148\\u014a-\\u01c3\\u01c5-\\u0254\\u0256-\\u027b\\u02bb-\\u02bc\\u0300-\\u0301\\u0303-\\u0304\\u0308-\\u0309\\u0323' +
  '\\u0384-\\u038a\\u038c\\u038e-\\u03a1\\u03a3-\\u03ce\\u0400-\\u045f\\u0490-\\u0491\\u04b0-\\u04b1\\u1e00-\\u1e9b\\u1e9e-\\u1eff' +
  '\\u2013-\\u2014\\u2018-\\u201a\\u201c-\\u201e\\u2020\\u2022\\u2026\\u2032-\\u2033\\u2039-\\u203a\\u2044\\u20a0-\\u20af\\u20b1-\\u20b5\\u20b8-\\u20ba\\u20bc-\\u20bf\\u2116\\u2122\\u2191\\u2193\\u2212';
const UNCOVERED = new RegExp(`[^${COVERED}]+`, 'gu');
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]/gu;
const SPACES = /[\u0009\u2000-\u200a\u202f\u205f\u3000]/gu;

/** Signs our fonts lack, as the nearest they have. */
const REPLACED: Record<string, string> = { '←': '‹', '→': '›', '‐': '-', '‑': '-', '―': '—' };

/**
 * A text as the report's fonts can print it: Latin, Greek and Cyrillic. Anything else (emoji, Arabic, Hebrew, Chinese) becomes one
 * question mark per run, since a wrong glyph would be worse than an honest gap; marks that turn the direction of text are dropped.
 */
export const printable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(SPACES, '\u00a0')
    .replace(/[←→‐‑―]/gu, (sign) => REPLACED[sign] ?? sign)
    .replace(UNCOVERED, '?');
