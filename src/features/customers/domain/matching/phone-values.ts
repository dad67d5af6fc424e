import { levelNumber } from './levels';
import type { Values } from './values';

/** One number of a record; a fixed line may be everybody's at a company. */
export type ParsedPhone = { digits: string; fixed: boolean; shared: boolean };

const LEVEL = {
  same: levelNumber('phone', 'same'), desk: levelNumber('phone', 'desk'), shared: levelNumber('phone', 'shared'), ending: levelNumber('phone', 'ending'), extension: levelNumber('phone', 'extension'), different: levelNumber('phone', 'different'),
};

/** Numbers are the same line when they end alike, whatever was dialled in front; nine digits hold area and line in most plans. */
const compareLines = (left: string, right: string, fixed: boolean, shared: boolean): number => {
  if (left === right) return shared ? LEVEL.shared : fixed ? LEVEL.desk : LEVEL.same;
  const short = Math.min(left.length, right.length);
  if (short >= 7 && left.slice(-short) === right.slice(-short) && short >= Math.max(left.length, right.length) - 4) return fixed ? LEVEL.desk : LEVEL.ending;
  if (short >= 9 && left.slice(-9) === right.slice(-9)) return fixed ? LEVEL.desk : LEVEL.ending;
  if (short >= 9 && Math.abs(left.length - right.length) <= 3) {
    let front = 0;
    while (front < short && left[front] === right[front]) front += 1;
    if (front >= short - 3) return LEVEL.extension;
  }
  return LEVEL.different;
};

/** The numbers of a value as their texts stand, fixed lines with a mark behind (`joinPhones`). */
const lines = (text: string): string[] => (text.includes(' ') ? text.split(' ') : [text]);
const isFixed = (line: string): boolean => line.endsWith('f');
const digitsOf = (line: string): string => (isFixed(line) ? line.slice(0, -1) : line);

export const phoneValues = (texts: readonly string[]): Values => {
  // A bit a number: of one record there are twelve at most (gathered.ts).
  const shared = new Uint16Array(texts.length);
  const isShared = (id: number, nth: number): boolean => ((shared[id] as number) & (1 << nth)) !== 0;
  return {
    parsed: (id) => lines(texts[id] as string).map((line, nth): ParsedPhone => ({ digits: digitsOf(line), fixed: isFixed(line), shared: isShared(id, nth) })),
    compare: (left, right) => {
      let best = LEVEL.different;
      const others = lines(texts[right] as string);
      lines(texts[left] as string).forEach((line, nth) => {
        for (const other of others) best = Math.min(best, compareLines(digitsOf(line), digitsOf(other), isFixed(line) || isFixed(other), isShared(left, nth)));
      });
      return best;
    },
    share: (id, nth) => void (shared[id] = (shared[id] as number) | (1 << nth)),
  };
};
