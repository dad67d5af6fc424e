import { recognised } from './mapping';

/** Which of a file's first rows holds the headings: reports begin with their title, a date, a filter. Without a better one, the first. */
export const findHeadingRow = (rows: readonly (readonly string[])[]): number => {
  const scores = rows.map((cells) => cells.filter((cell) => cell.trim() !== '' && recognised(cell)).length);
  const best = Math.max(0, ...scores);
  const first = scores[0] ?? 0;
  // One known word may stand in a title or in a cell; two side by side are headings.
  return best >= 2 && first < 2 ? scores.indexOf(best) : 0;
};
