export type Tone = 'low' | 'middle' | 'high';

/** Shares of the answers, laid out so that the middle of the scale stands at zero; in shares of all answers, -1 to 1. */
export const spans = (counts: readonly number[]): { from: number; to: number }[] => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts.map(() => ({ from: 0, to: 0 }));
  const middle = (counts.length - 1) / 2;
  let at = -counts.reduce((sum, count, place) => sum + (place < middle ? count : place === middle ? count / 2 : 0), 0) / total;
  return counts.map((count) => {
    const from = at;
    at += count / total;
    return { from, to: at };
  });
};

const seven: Tone[] = ['low', 'low', 'middle', 'middle', 'high', 'high', 'high'];

/** Greys of the classes: the low end strongest, as everywhere. */
export const tones = (classes: number): Tone[] =>
  classes === 3 ? ['low', 'middle', 'high'] : Array.from({ length: classes }, (_, at) => seven[Math.round((6 * at) / Math.max(1, classes - 1))] ?? 'middle');
