/** Numbers as files write them, with a point or a comma before the decimals. */
export type DecimalMark = '.' | ',';

/** `open` is one mark with three digits behind it, as in 1.234: decimals or thousands. */
export type DecimalForm = 'point' | 'comma' | 'open' | 'none';

const SHAPE = /^[+-]?(?:\d{1,3}(?:[.,'\s]\d{3})+|\d+)?(?:[.,]\d+)?$/u;
const DRESSING = /^[\s\u00A0$€£¥]+|[\s\u00A0$€£¥%]+$|^(?:R\$|US\$|EUR|USD|GBP|CHF)\s*|\s*(?:EUR|USD|GBP|CHF)$/giu;

const undress = (text: string): string => (/^[\d.-]+$/u.test(text) ? text : text.trim().replace(DRESSING, '').replaceAll('\u00A0', ' ').replaceAll('\u202F', ' '));

/** Which mark a cell uses before its decimals; undefined when it is no number. */
export const decimalForm = (raw: string): DecimalForm | undefined => {
  const text = undress(raw);
  if (!/\d/u.test(text) || !SHAPE.test(text)) return undefined;
  const marks = text.replace(/[^.,]/gu, '');
  if (marks === '') return 'none';
  const last = marks.at(-1) as string;
  if (marks.includes('.') && marks.includes(',')) return last === '.' ? 'point' : 'comma';
  // The same mark twice parts thousands, so the other one would stand before decimals.
  if (marks.length > 1) return last === '.' ? 'comma' : 'point';
  const behind = text.length - text.lastIndexOf(last) - 1;
  if (behind === 3 && !/^[+-]?0/u.test(text) && text.lastIndexOf(last) > 0) return 'open';
  return last === '.' ? 'point' : 'comma';
};

/** The number in a cell, currency and thousands marks taken off; NaN when it holds none. */
export const readNumber = (raw: string, mark: DecimalMark): number => {
  const text = undress(raw);
  if (!/\d/u.test(text) || !SHAPE.test(text)) return NaN;
  const bare = text.replace(mark === '.' ? /[,'\s]/gu : /[.'\s]/gu, '');
  return Number(mark === '.' ? bare : bare.replace(',', '.'));
};
