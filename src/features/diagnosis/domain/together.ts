import { studentTwoSided } from '../../../lib/statistics/student';
import { CHAIN, type ChainPart } from './over-waves';

/** One group as the disclosure gate shows it, none inside another: its mean of each section that is told. */
export type GroupSaid = { readonly means: Readonly<Record<string, number>> };

/** `agreement`: Spearman's rank correlation, -1 to 1. `found` says whether so much order would come by chance in fewer than one of twenty cases. */
export type Together = { from: ChainPart; to: ChainPart; groups: number; agreement: number; found: 'up' | 'down' | 'unclear' };

/** With fewer groups even perfect order comes by chance too often to be told from it. */
export const FEWEST_GROUPS = 5;
const CHANCE = 0.05;
/** Up to so many groups every order is tried. */
const EXACT = 8;
const STEPS: readonly (readonly [ChainPart, ChainPart])[] = [['currents', 'characteristics'], ['characteristics', 'consequences']];

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Places from 1; equal values share the mean of theirs. */
const ranks = (values: readonly number[]): number[] => values.map((value) => {
  const [below, same] = [values.filter((other) => other < value).length, values.filter((other) => other === value).length];
  return below + (same + 1) / 2;
});

const correlation = (a: readonly number[], b: readonly number[]): number => {
  const [ma, mb] = [mean(a), mean(b)];
  const [ab, aa, bb] = a.reduce(([x, y, z], value, at) => { const [da, db] = [value - ma, (b[at] ?? 0) - mb]; return [x + da * db, y + da * da, z + db * db]; }, [0, 0, 0] as [number, number, number]);
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
};

const orders = (list: readonly number[]): number[][] => (list.length <= 1 ? [[...list]] : list.flatMap((value, at) => orders([...list.slice(0, at), ...list.slice(at + 1)]).map((rest) => [value, ...rest])));

/** How often chance alone brings at least this much order, either way: all orders tried for few groups, Student's t for many (Kendall & Stuart, 31.19). */
const byChance = (a: readonly number[], b: readonly number[], found: number): number => {
  if (a.length > EXACT) return studentTwoSided(found * Math.sqrt((a.length - 2) / Math.max(1e-12, 1 - found * found)), a.length - 2);
  const all = orders(b);
  return all.filter((order) => Math.abs(correlation(a, order)) >= Math.abs(found) - 1e-9).length / all.length;
};

/**
 * Whether groups that score higher on one link of the chain score higher on the next: an association across groups of one survey, and no more.
 * Only sections that every group tells are compared.
 * @returns one for each step of the chain; none for fewer than five groups or where nothing is told by all
 */
export const togetherAcross = (groups: readonly GroupSaid[]): Together[] => {
  if (groups.length < FEWEST_GROUPS) return [];
  const level = (part: ChainPart): number[] | null => {
    const told = CHAIN[part].filter((section) => groups.every(({ means }) => means[section] !== undefined));
    return told.length === 0 ? null : groups.map(({ means }) => mean(told.map((section) => means[section] ?? 0)));
  };
  return STEPS.flatMap(([from, to]) => {
    const [a, b] = [level(from), level(to)];
    if (!a || !b) return [];
    const [ra, rb] = [ranks(a), ranks(b)];
    const agreement = correlation(ra, rb);
    const found = byChance(ra, rb, agreement) >= CHANCE ? 'unclear' : agreement > 0 ? 'up' : 'down';
    return [{ from, to, groups: groups.length, agreement, found }];
  });
};
