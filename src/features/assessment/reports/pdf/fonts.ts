import { createRequire } from 'node:module';
import { Font } from '@react-pdf/renderer';

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

/** Tells the PDF writer where the fonts are; once per process. */
export const registerFonts = (): void => {
  if (registered) return;
  const locate = createRequire(import.meta.url);
  for (const [family, script] of FAMILIES)
    Font.register({
      family,
      fonts: ([400, 600] as const).map((fontWeight) => ({ src: locate.resolve(`@fontsource/inter/files/inter-${script}-${fontWeight}-normal.woff`), fontWeight })),
    });
  Font.registerHyphenationCallback((word) => (word.length > LONGEST_WORD ? (word.match(new RegExp(`.{1,${LONGEST_WORD}}`, 'gu')) ?? [word]) : [word]));
  registered = true;
};

const COVERED = 'A-Za-z\\u0009\\u000a\\u0020-\\u007e\\u00a0-\\u02af\\u02bb-\\u02bc\\u0370-\\u03ff\\u0400-\\u045f\\u0490-\\u0491\\u1e00-\\u1eff\\u2010-\\u2027\\u202f-\\u203e\\u20a0-\\u20ac\\u2122\\u2191\\u2193\\u2212';
const UNCOVERED = new RegExp(`[^${COVERED}]+`, 'gu');
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]/gu;

/** Arrows our fonts lack, as the guillemets they have. */
const REPLACED: Record<string, string> = { '←': '‹', '→': '›' };

/**
 * A text as the report's fonts can print it: Latin, Greek and Cyrillic. Anything else (emoji, Arabic, Hebrew, Chinese) becomes one
 * replacement sign per run, since a wrong glyph would be worse than an honest gap; marks that turn the direction of text are dropped.
 */
export const printable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(/[←→]/gu, (arrow) => REPLACED[arrow] ?? arrow)
    .replace(UNCOVERED, '\ufffd');
