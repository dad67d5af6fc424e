import { CANNOT_JUDGE, OPEN } from '../../answer-contract';

/**
 * Answers as few characters as possible, for a QR code: the answers are the digits of one large number whose base is the count
 * of possible answers (keys, "cannot judge", open). 80 statements on a seven-point scale take 32 bytes.
 */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export const toBase64url = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = Math.min(3, bytes.length - at);
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let place = 0; place <= left; place += 1) text += ALPHABET.charAt((bits >> (18 - 6 * place)) & 63);
  }
  return text;
};

/** @throws RangeError on a character outside base64url */
export const fromBase64url = (text: string): Uint8Array => {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) throw new RangeError('not base64url');
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8 && at < bytes.length) {
      held -= 8;
      bytes[at] = (bits >> held) & 255;
      at += 1;
    }
  }
  return bytes;
};

const digitOf = (answer: number): number => (answer === CANNOT_JUDGE ? 1 : answer === OPEN ? 0 : answer + 1);
const answerOf = (digit: number): number => (digit === 0 ? OPEN : digit === 1 ? CANNOT_JUDGE : digit - 1);

/** @param points number of keys on the scale */
export const packAnswers = (answers: readonly number[], points: number): string => {
  const base = BigInt(points + 2);
  let number = 1n;
  for (const answer of answers) number = number * base + BigInt(digitOf(answer));
  const bytes: number[] = [];
  for (; number > 0n; number >>= 8n) bytes.unshift(Number(number & 255n));
  return toBase64url(Uint8Array.from(bytes));
};

/** The answers again; undefined when the text was not packed for that many statements on such a scale. */
export const unpackAnswers = (text: string, count: number, points: number): number[] | undefined => {
  const base = BigInt(points + 2);
  let number = 0n;
  try {
    for (const byte of fromBase64url(text)) number = (number << 8n) | BigInt(byte);
  } catch {
    return undefined;
  }
  const answers: number[] = [];
  for (let at = 0; at < count; at += 1) {
    answers.unshift(answerOf(Number(number % base)));
    number /= base;
  }
  return number === 1n ? answers : undefined;
};
