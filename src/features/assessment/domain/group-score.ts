import { agreement, uniformNullVariance } from '../../../lib/statistics/agreement';
import { cronbachAlpha } from '../../../lib/statistics/reliability';
import { interval, meanOf, type Bounds } from '../../../lib/statistics/welch';
import { BLANK, CANNOT_JUDGE, type ClosedAnswer } from './answers';
import { bandOf, cutsBetween } from './bands';
import type { Team } from './compare';
import type { Scale } from './instrument';
import type { GroupScore, Interval, Shown } from './results-view';
import { HIDDEN, shownWhen, toOneDecimal } from './rounding';
import type { offsetsOf, SectionScores } from './section-scores';
import { DETAIL_FROM, SPREAD_FROM } from './thresholds';

/** An interval for readers, held inside the values a score can take (`within`). */
export const shownInterval = (enough: boolean, bounds: Bounds, within?: Bounds): Shown<Interval> => {
  if (!enough || !Number.isFinite(bounds.low) || !Number.isFinite(bounds.high)) return HIDDEN;
  return {
    low: toOneDecimal(Math.max(bounds.low, within?.low ?? -Infinity)),
    high: toOneDecimal(Math.min(bounds.high, within?.high ?? Infinity)),
  };
};

/** Lowest and highest score of a section. */
const rangeOf = ({ section }: SectionScores, scale: Scale): Bounds => {
  const factor = section.scoring === 'sum' ? section.statements.length : 1;
  return { low: scale.min * factor, high: scale.max * factor };
};

/** Counts of cells left open and of "can't judge". */
export type OpenCells = { cells: number; blank: number; cannotJudge: number };

export const openCells = (
  answers: readonly ClosedAnswer[],
  rows: Int32Array,
  offsets: ReturnType<typeof offsetsOf>,
  statements: number,
): OpenCells => {
  const found: OpenCells = { cells: rows.length * statements, blank: 0, cannotJudge: 0 };
  for (const row of rows) {
    const answer = answers[row] as ClosedAnswer;
    const offset = offsets[answer.function] ?? 0;
    for (let c = 0; c < statements; c += 1) {
      const code = (answer.ratings[offset + c] ?? BLANK) & 255;
      if (code === BLANK) found.blank += 1;
      else if (code === CANNOT_JUDGE) found.cannotJudge += 1;
    }
  }
  return found;
};

/** A block in a section where the gate keeps it back: it is named, and nothing about it is told. */
export const hiddenGroup = (blockId: string): GroupScore => ({
  blockId,
  n: 0,
  mean: HIDDEN,
  band: HIDDEN,
  nearBorder: [],
  sd: HIDDEN,
  ci95: HIDDEN,
  method: { ci95Uncorrected: HIDDEN, rwg: HIDDEN, rwgStar: HIDDEN, alpha: HIDDEN, missingShare: HIDDEN, cannotJudgeShare: HIDDEN },
});

const methodOf = (scores: SectionScores, rows: Int32Array, n: number, open: OpenCells, scale: Scale): Omit<GroupScore['method'], 'ci95Uncorrected'> => {
  if (n < DETAIL_FROM) return { rwg: HIDDEN, rwgStar: HIDDEN, alpha: HIDDEN, missingShare: HIDDEN, cannotJudgeShare: HIDDEN };
  const agreed = agreement(scores.ratings, rows, uniformNullVariance(scale.max - scale.min + 1));
  const answered = rows.filter((row) => !Number.isNaN(scores.scores[row]));
  return {
    rwg: shownWhen(agreed.rows >= DETAIL_FROM, agreed.rwg),
    rwgStar: shownWhen(agreed.rows >= DETAIL_FROM, agreed.rwgStar),
    alpha: shownWhen(true, cronbachAlpha(scores.ratings, answered, 'pairwise')),
    missingShare: shownWhen(open.cells > 0, open.blank / open.cells),
    cannotJudgeShare: shownWhen(open.cells > 0, open.cannotJudge / open.cells),
  };
};

/** One block's figures in one section, each from the number of people it needs. The gate has let the block out for this section. */
export const groupScore = (blockId: string, team: Team, scores: SectionScores, rows: Int32Array, open: OpenCells, scale: Scale): GroupScore => {
  const { summary, invited } = team;
  const { n, mean, sd } = summary;
  const { bands } = scores.section;
  const spread = n >= SPREAD_FROM;
  const corrected = interval(meanOf({ ...summary, population: invited }), 0.95);
  const within = rangeOf(scores, scale);
  return {
    blockId,
    n,
    mean: toOneDecimal(mean),
    band: bandOf(bands, mean)?.id ?? HIDDEN,
    nearBorder: spread ? cutsBetween(bands, corrected.low, corrected.high) : [],
    sd: shownWhen(spread, sd),
    ci95: shownInterval(spread, corrected, within),
    method: {
      ci95Uncorrected: shownInterval(spread, interval(meanOf(summary), 0.95), within),
      ...methodOf(scores, rows, n, open, scale),
    },
  };
};
