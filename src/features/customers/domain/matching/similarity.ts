/** The share of an agreement that a common beginning adds, and how many letters of it count (Winkler 1990). */
const PREFIX_WEIGHT = 0.1;
const PREFIX_LENGTH = 4;

const matchedOnce = new Uint8Array(64);
const matchedTwice = new Uint8Array(64);

/**
 * Jaro's similarity of two texts, raised for a common beginning (Winkler 1990, "String comparator metrics"): 1 is the same text,
 * 0 has nothing in common. Texts beyond 64 letters are compared by their first 64.
 */
export const jaroWinkler = (left: string, right: string): number => {
  if (left === right) return 1;
  const a = Math.min(left.length, 64);
  const b = Math.min(right.length, 64);
  if (a === 0 || b === 0) return 0;
  const reach = Math.max(0, (Math.max(a, b) >> 1) - 1);
  matchedOnce.fill(0, 0, a);
  matchedTwice.fill(0, 0, b);
  let common = 0;
  for (let i = 0; i < a; i += 1) {
    const code = left.charCodeAt(i);
    for (let j = Math.max(0, i - reach), end = Math.min(b, i + reach + 1); j < end; j += 1) {
      if (matchedTwice[j] === 0 && right.charCodeAt(j) === code) {
        matchedOnce[i] = 1;
        matchedTwice[j] = 1;
        common += 1;
        break;
      }
    }
  }
  if (common === 0) return 0;
  let moved = 0;
  for (let i = 0, j = 0; i < a; i += 1) {
    if (matchedOnce[i] === 0) continue;
    while (matchedTwice[j] === 0) j += 1;
    if (left.charCodeAt(i) !== right.charCodeAt(j)) moved += 1;
    j += 1;
  }
  const jaro = (common / a + common / b + (common - moved / 2) / common) / 3;
  let prefix = 0;
  while (prefix < Math.min(PREFIX_LENGTH, a, b) && left.charCodeAt(prefix) === right.charCodeAt(prefix)) prefix += 1;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
};

/** Whether one letter added, left out, changed, or two neighbours swapped turn one text into the other (optimal string alignment ≤ 1). */
export const oneSlipApart = (left: string, right: string): boolean => {
  const longer = left.length - right.length;
  if (longer > 1 || longer < -1) return false;
  const [short, long] = longer <= 0 ? [left, right] : [right, left];
  let start = 0;
  while (start < short.length && short.charCodeAt(start) === long.charCodeAt(start)) start += 1;
  if (short.length < long.length) return short.slice(start) === long.slice(start + 1);
  if (start >= short.length - 1) return true;
  if (short.slice(start + 1) === long.slice(start + 1)) return true;
  return short[start] === long[start + 1] && short[start + 1] === long[start] && short.slice(start + 2) === long.slice(start + 2);
};

/** Words that both texts hold, as a share of the words that either holds (Jaccard), and whether one holds all of the other's. */
export const wordOverlap = (left: readonly string[], right: readonly string[]): { share: number; within: boolean } => {
  const other = new Set(right);
  const own = new Set(left);
  let common = 0;
  for (const word of own) if (other.has(word)) common += 1;
  const union = own.size + other.size - common;
  return { share: union === 0 ? 0 : common / union, within: common > 0 && common === Math.min(own.size, other.size) };
};
