import type { Summary } from '../../../lib/statistics/describe';
import type { RatingMatrix } from '../../../lib/statistics/matrix';
import type { Scale } from './instrument';
import { isHidden, type GroupScore, type StatementResult } from './results-view';
import { HIDDEN, shownWhen, toOneDecimal, withinCap } from './rounding';
import type { SectionScores } from './section-scores';
import { DETAIL_FROM } from './thresholds';
import type { WavePeople } from './wave-people';

type StatementGroup = StatementResult['groups'][number];
type Distribution = Exclude<StatementGroup['distribution'], { hidden: true }>;

export const cappedMean = (mean: number, scale: Scale): number => toOneDecimal(withinCap(mean, scale));

/** Three bands that stand where 3 and 4.5 stand on a 1-7 scale. */
const coarseBand = (rating: number, scale: Scale): 0 | 1 | 2 => {
  const place = (rating - scale.min) / (scale.max - scale.min);
  return place < 2 / 6 ? 0 : place <= 3.5 / 6 ? 1 : 2;
};

/** Counts per key; three coarse bands when all, or all but one, chose the same key. */
export const distributionOf = (counts: readonly number[], scale: Scale): Distribution => {
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (Math.max(...counts) < n - 1) return { kind: 'full', counts: [...counts] };
  const bands = [0, 0, 0];
  counts.forEach((count, place) => {
    const band = coarseBand(scale.min + place, scale);
    bands[band] = (bands[band] as number) + count;
  });
  return { kind: 'coarse', counts: bands };
};

/** How many of each part of the wave chose each key of a statement: a row of keys per part, lowest key first. One pass over everybody. */
const tally = ({ rows, columns, values }: RatingMatrix, column: number, { partOfRow, parts }: WavePeople, scale: Scale): Int32Array => {
  const keys = keysOf(scale);
  const counts = new Int32Array(parts * keys);
  for (let row = 0, cell = column; row < rows; row += 1, cell += columns) {
    const value = values[cell] as number;
    const part = partOfRow[row] as number;
    if (value !== value || part < 0) continue;
    const at = part * keys + value - scale.min;
    counts[at] = (counts[at] as number) + 1;
  }
  return counts;
};

const keysOf = (scale: Scale): number => scale.max - scale.min + 1;

/** The rows of some parts added up. */
const together = (tallies: Int32Array, parts: readonly number[], keys: number): Int32Array => {
  const counts = new Int32Array(keys);
  for (const part of parts) for (let key = 0; key < keys; key += 1) counts[key] = (counts[key] as number) + (tallies[part * keys + key] as number);
  return counts;
};

/** n, mean and spread of whole ratings, from their counts. */
const summaryOf = (counts: Int32Array, scale: Scale): Summary => {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const mean = counts.reduce((sum, count, place) => sum + count * (scale.min + place), 0) / n;
  const squares = counts.reduce((sum, count, place) => sum + count * (scale.min + place - mean) ** 2, 0);
  return { n, mean, sd: Math.sqrt(squares / (n - 1)) };
};

const statementGroup = (group: GroupScore, counts: Int32Array, scale: Scale): StatementGroup => {
  const summary = summaryOf(counts, scale);
  const shown = { blockId: group.blockId, n: group.n, mean: cappedMean(summary.mean, scale) };
  if (summary.n < DETAIL_FROM) return { ...shown, distribution: HIDDEN, sd: HIDDEN };
  const distribution = distributionOf([...counts], scale);
  // A spread of nothing tells as much as the full counts would.
  return { ...shown, distribution, sd: shownWhen(distribution.kind === 'full', summary.sd) };
};

const hiddenStatement = (blockId: string): StatementGroup => ({ blockId, n: 0, mean: HIDDEN, distribution: HIDDEN, sd: HIDDEN });

const meanIn = (groups: readonly StatementGroup[], blockId: string): number | undefined => {
  const mean = groups.find((group) => group.blockId === blockId)?.mean;
  return mean === undefined || isHidden(mean) ? undefined : mean;
};

/**
 * Statements of a section, in the instrument's order. The gate runs again on each statement's own counts, and only blocks the
 * section shows (`groups`) can be shown. `n` is the section's, because a statement's own n would tell who skipped it.
 */
export const statementResults = (scores: SectionScores, groups: readonly GroupScore[], people: WavePeople, scale: Scale): StatementResult[] => {
  const { ratings, section } = scores;
  const keys = keysOf(scale);
  return section.statements.map((statement, column) => {
    const tallies = tally(ratings, column, people, scale);
    const answered = Int32Array.from({ length: people.parts }, (_, part) => together(tallies, [part], keys).reduce((sum, count) => sum + count, 0));
    const shown = new Set(people.shownFor(answered).map((block) => block.id));
    const found = groups.map((group) =>
      isHidden(group.mean) || !shown.has(group.blockId)
        ? hiddenStatement(group.blockId)
        : statementGroup(group, together(tallies, people.partsOf(group.blockId), keys), scale),
    );
    const sales = meanIn(found, 'sales');
    const marketing = meanIn(found, 'marketing');
    const gap = sales === undefined || marketing === undefined ? undefined : toOneDecimal(sales - marketing);
    return { statementId: statement.id, groups: found, ...(gap === undefined ? {} : { gap }) };
  });
};
