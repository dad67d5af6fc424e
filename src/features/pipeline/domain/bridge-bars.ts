import type { DisputedRow } from './reconcile';

/** Where a bar begins and how long it is, as shares 0..1 of the whole width. */
export type BridgeBar = { row: DisputedRow; start: number; length: number };

/**
 * Bars of a bridge: the first and the last begin at nought, each loss hangs where the one before it ended, gains go back to the right.
 * Widths are shares of the longest reach, so that bars of one figure are equally long everywhere.
 */
export const bridgeBars = (rows: readonly { row: DisputedRow; figure: number }[]): BridgeBar[] => {
  let level = 0;
  const spans = rows.map(({ row, figure }) => {
    if (row === 'passed' || row === 'worked') {
      level = figure;
      return { row, from: 0, to: figure };
    }
    const next = row === 'own_find' ? level + figure : level - figure;
    const span = { row, from: Math.min(level, next), to: Math.max(level, next) };
    level = next;
    return span;
  });
  const widest = Math.max(1, ...spans.map(({ to }) => to));
  return spans.map(({ row, from, to }) => ({ row, start: from / widest, length: (to - from) / widest }));
};
