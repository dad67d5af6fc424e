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

/** Per person: how many of a section's statements were left open, and how many were answered "can't judge". */
export type OpenCells = { blank: Uint16Array; cannotJudge: Uint16Array };

export const openCells = (answers: readonly ClosedAnswer[], offsets: ReturnType<typeof offsetsOf>, statements: number): OpenCells => {
  const found: OpenCells = { blank: new Uint16Array(answers.length), cannotJudge: new Uint16Array(answers.length) };
  for (let row = 0; row < answers.length; row += 1) {
    const { function: name, ratings } = answers[row] as ClosedAnswer;
    const offset = offsets[name] ?? 0;
    let blank = 0;
    let cannotJudge = 0;
    for (let cell = offset; cell < offset + statements; cell += 1) {
      const code = (ratings[cell] ?? BLANK) & 255;
      if (code === BLANK) blank += 1;
      else if (code === CANNOT_JUDGE) cannotJudge += 1;
    }
    found.blank[row] = blank;
    found.cannotJudge[row] = cannotJudge;
  }
  return found;
};

/** Share of a block's cells that `counts` counts. */
const shareOf = (counts: Uint16Array, rows: Int32Array, statements: number): number => {
  let total = 0;
  for (let i = 0; i < rows.length; i += 1) total += counts[rows[i] as number] as number;
  return total / (rows.length * statements);
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

const methodOf = (scores: SectionScores, rows: Int32Array, { summary: { n }, atEnd }: Team, open: OpenCells, scale: Scale): Omit<GroupScore['method'], 'ci95Uncorrected'> => {
  if (n < DETAIL_FROM) return { rwg: HIDDEN, rwgStar: HIDDEN, alpha: HIDDEN, missingShare: HIDDEN, cannotJudgeShare: HIDDEN };
  const agreed = agreement(scores.ratings, rows, uniformNullVariance(scale.max - scale.min + 1));
  const { columns } = scores.ratings;
  const alike = agreed.rows >= DETAIL_FROM && !atEnd;
  return {
    rwg: shownWhen(alike, agreed.rwg),
    rwgStar: shownWhen(alike, agreed.rwgStar),
    alpha: shownWhen(!atEnd, cronbachAlpha(scores.ratings, rows, 'pairwise')),
    missingShare: shownWhen(true, shareOf(open.blank, rows, columns)),
    cannotJudgeShare: shownWhen(true, shareOf(open.cannotJudge, rows, columns)),
  };
};

/** Whether intervals hold enough people. */
export const enoughPeople = (team: Team): boolean => team.summary.n >= (team.spreadFrom ?? SPREAD_FROM);
/** Whether a team's spread, and what can be turned back into it, may be told beside its mean. */
export const tellsSpread = (team: Team): boolean => enoughPeople(team) && team.atEnd !== true;

/** One block's figures in one section, each from the number of people it needs. The gate has let the block out for this section. */
export const groupScore = (blockId: string, team: Team, scores: SectionScores, rows: Int32Array, open: OpenCells, scale: Scale): GroupScore => {
  const { summary, invited } = team;
  const { n, mean, sd } = summary;
  const { bands } = scores.section;
  const spread = tellsSpread(team);
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
      ...methodOf(scores, rows, team, open, scale),
    },
  };
};
