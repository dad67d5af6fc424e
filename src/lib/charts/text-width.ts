/**
 * Advance widths of Inter in thousandths of the font size, from space to tilde. Drawings are laid out without a browser,
 * so that page, paper and slide break lines at the same place.
 */
const REGULAR = [
  281, 288, 466, 633, 642, 982, 644, 300, 365, 365, 501, 662, 288, 460, 288, 360, 631, 407, 610, 618, 646, 593, 620, 566, 619, 620, 288, 302,
  662, 662, 662, 511, 966, 690, 654, 730, 722, 601, 590, 746, 743, 269, 571, 672, 565, 903, 753, 765, 639, 765, 644, 642, 646, 744, 690, 985,
  682, 679, 629, 365, 360, 365, 471, 456, 323, 562, 612, 571, 612, 583, 370, 613, 591, 242, 242, 549, 242, 876, 591, 600, 612, 612, 376, 528,
  327, 591, 562, 818, 546, 562, 552, 426, 333, 426, 662,
];
/** Semibold runs about three per cent wider. */
const SEMIBOLD_FACTOR = 1.03;
const FIRST = 32;
/** Letters outside ASCII: marks combine with nothing, wide scripts take a full square. */
const OTHER = 620;
const WIDE = 1000;
const isMark = (code: number): boolean => code >= 0x300 && code <= 0x36f;
const isWide = (code: number): boolean => code >= 0x1100 && (code <= 0x11ff || code >= 0x2e80);

const charWidth = (char: string): number => {
  const code = (char.normalize('NFD').codePointAt(0) ?? 0) as number;
  if (isMark(code)) return 0;
  return REGULAR[code - FIRST] ?? (isWide(code) ? WIDE : OTHER);
};

/** Width in pixels at a font size in pixels. */
export const textWidth = (text: string, size: number, weight: 400 | 600 = 400): number => {
  let sum = 0;
  for (const char of text) sum += charWidth(char);
  return (sum / 1000) * size * (weight === 600 ? SEMIBOLD_FACTOR : 1);
};

/** The longest beginning that fits, with an ellipsis when something was cut. */
export const fit = (text: string, width: number, size: number, weight: 400 | 600 = 400): string => {
  if (textWidth(text, size, weight) <= width) return text;
  const room = width - textWidth('…', size, weight);
  let kept = '';
  let used = 0;
  for (const char of text) {
    used += textWidth(char, size, weight);
    if (used > room) break;
    kept += char;
  }
  return `${kept.trimEnd()}…`;
};

const VOWEL = /[aeiouyäöüàâéèêëíîïóôúùûáœæ]/iu;
/** Consonants that open a syllable together. */
const ONSET = /^(?:sch|ch|ph|th|sh|qu|[bcdfgkptv][lr]|gn)/iu;

/** Words of the questionnaires and the page's own, whose English syllables spelling does not tell. */
const KNOWN = new Map(['sales-people', 'sales-person', 'them-selves', 'mar-ket-ers', 'mar-ket-ing', 'com-mu-ni-ca-tion', 'com-mu-ni-cat-ing', 'im-ple-ment-ing', 'de-vel-op-ing', 'cred-i-bil-i-ty', 'sup-port-ive-ness', 'con-nec-tion', 'lead-er-ship'].map((parted) => [parted.replaceAll('-', ''), parted.split('-')]));

const knownPartings = (parts: string[]): number[] => parts.slice(0, -1).map((_, at) => parts.slice(0, at + 1).join('').length);

/** Where a word may be parted: before the consonants that open a syllable, two letters at least on either side. */
const partings = (word: string): number[] => {
  const known = KNOWN.get(word.toLowerCase());
  if (known) return knownPartings(known);
  const found: number[] = [];
  for (let at = 2; at <= word.length - 3; at += 1) {
    if (VOWEL.test(word[at] as string) || !VOWEL.test(word.slice(0, at))) continue;
    const onset = ONSET.exec(word.slice(at))?.[0].length ?? 1;
    const inside = ONSET.test(word.slice(at - 1)) && !VOWEL.test(word[at - 1] as string);
    if (!inside && VOWEL.test(word[at + onset] ?? '')) found.push(at);
  }
  return found;
};

/** Long words with soft hyphens at their syllables, for a browser to part where it must. */
export const softlyHyphenated = (text: string): string =>
  text.replace(/[\p{Script=Latin}]{9,}/gu, (word) => {
    let from = 0;
    const parts = partings(word).map((at) => word.slice(from, (from = at)));
    return [...parts, word.slice(from)].join('\u00ad');
  });

/** A word in parts that fit, each but the last with a hyphen; undefined where no parting fits. */
const hyphenated = (word: string, width: number, size: number, weight: 400 | 600): string[] | undefined => {
  if (!/^[\p{Script=Latin}\p{P}]+$/u.test(word)) return undefined;
  const fits = (part: string) => textWidth(part, size, weight) <= width;
  const parts: string[] = [];
  let rest = word;
  while (!fits(rest)) {
    const at = partings(rest).filter((place) => fits(`${rest.slice(0, place)}-`)).at(-1);
    if (at === undefined) return undefined;
    parts.push(`${rest.slice(0, at)}-`);
    rest = rest.slice(at);
  }
  return [...parts, rest];
};

const breakWord = (word: string, width: number, size: number, weight: 400 | 600): string[] => {
  const syllables = hyphenated(word, width, size, weight);
  if (syllables) return syllables;
  const parts: string[] = [];
  let part = '';
  for (const char of word) {
    if (part && textWidth(part + char, size, weight) > width) {
      parts.push(part);
      part = '';
    }
    part += char;
  }
  return part ? [...parts, part] : parts;
};

/**
 * Words set into lines no wider than `width` pixels; a word wider than the line is broken.
 * @returns at most `maxLines` lines, the last one ending in an ellipsis when text was left over.
 */
export const wrap = (text: string, width: number, size: number, maxLines: number, weight: 400 | 600 = 400): string[] => {
  const words = text
    .split(/\s+/u)
    .filter(Boolean)
    .flatMap((word) => (textWidth(word, size, weight) > width ? breakWord(word, width, size, weight) : [word]));
  const lines: string[] = [];
  for (const word of words) {
    const last = lines[lines.length - 1];
    if (last !== undefined && textWidth(`${last} ${word}`, size, weight) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  kept[maxLines - 1] = fit(`${lines[maxLines - 1]} ${lines[maxLines]}…`, width, size, weight);
  return kept;
};
