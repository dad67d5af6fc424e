import { isDateColumn, isDistinct, type ColumnProfile } from './column-profile';
import { plainText } from './outcome';
import type { FileReading } from './detect-columns';

/**
 * How two files belong together. `deals`: the second tells how leads ended. `lookup`: the second describes values of a column of the first
 * (accounts, products).
 */
export type Join = { kind: 'deals' | 'lookup'; left: ColumnProfile; right: ColumnProfile };

/** Headings that every file has for its own rows: equal ones need not mean the same thing. */
const OWN_ID = /^(id|recordid|key|name|number|nr|no)$/u;
const ID = /(id|ids|key|email|emailaddress)$/u;
/** A deal names its lead; between a deal's own id and its lead's, this tells. */
const NAMES_LEAD = /lead|contact|mql|prospect|opportunity/u;

/** How well two columns link their files: equal headings, common values, values that come once. 0 where they do not. */
const score = (left: ColumnProfile, right: ColumnProfile, hits: number): number => {
  if (hits === 0 || isDateColumn(left) || isDateColumn(right)) return 0;
  const [a, b] = [plainText(left.heading), plainText(right.heading)];
  const alike = a === b && !OWN_ID.test(a);
  const ids = ID.test(a) && ID.test(b);
  const share = Math.min(1, hits / Math.max(1, Math.min(left.looked, right.keys.size)));
  if (!alike && !(share >= 0.3 && (ids || (right.keys.size >= 5 && (isDistinct(left) || isDistinct(right)))))) return 0;
  return (alike ? 1 : 0) + share + (isDistinct(left) ? 0.5 : 0) + (isDistinct(right) ? 0.5 : 0) + (ids ? 0.25 : 0) + (NAMES_LEAD.test(b) ? 0.75 : 0);
};

/**
 * The pair of columns that links two files, by headings and common values; undefined when there is none.
 * @param left columns of the first file, profiled with those of the second as `others`
 */
export const findJoin = (left: readonly ColumnProfile[], right: readonly ColumnProfile[], leads: FileReading, deals: FileReading): Join | undefined => {
  let best: { left: ColumnProfile; right: ColumnProfile; points: number } | undefined;
  for (const a of left) {
    right.forEach((b, at) => {
      const points = score(a, b, a.hits[at] ?? 0);
      if (points > 0 && (!best || points > best.points)) best = { left: a, right: b, points };
    });
  }
  if (!best) return undefined;
  const tellsEnd = deals.columns.outcome !== undefined || deals.columns.decided !== undefined || deals.columns.lost !== undefined;
  const firstTells = leads.columns.outcome !== undefined || leads.columns.decided !== undefined;
  const lookup = !tellsEnd && isDistinct(best.right) && (firstTells || !isDistinct(best.left));
  return { kind: lookup ? 'lookup' : 'deals', left: best.left, right: best.right };
};
