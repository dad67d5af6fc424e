import type { Summary } from '../../../lib/statistics/describe';
import { holm, type HolmStep } from '../../../lib/statistics/holm';
import { contrast, interval, pValue, type Bounds, type Estimate } from '../../../lib/statistics/welch';
import type { Section, Scale } from './instrument';
import type { Verdict } from './results-view';

/** A team's score in a section, with how many people could have given one. */
export type Team = {
  summary: Summary;
  invited?: number;
  /** The mean was held off the end of the scale: its spread would tell what the cap keeps. */
  atEnd?: boolean;
  /** How many people a spread needs here, where it is more than usual. */
  spreadFrom?: number;
};

/** A difference between teams: with the finite-population correction where head counts are known, and without. */
export type Comparison = { corrected: Estimate; uncorrected: Estimate };

/** Half a point on a 1-7 scale, scaled by range / 6 elsewhere, unless a workspace chose its own. */
export const smallestGapOn = (scale: Scale, chosen: number | null = null): number => chosen ?? (0.5 * (scale.max - scale.min)) / 6;

/** The smallest gap in a section's own unit: sums are as many times larger as there are statements. */
export const smallestGapIn = (section: Section, smallestGap: number): number =>
  section.scoring === 'sum' ? smallestGap * section.statements.length : smallestGap;

const weigh = (parts: readonly { weight: number; team: Team }[]): Comparison => ({
  corrected: contrast(parts.map(({ weight, team }) => ({ weight, group: { ...team.summary, population: team.invited } }))),
  uncorrected: contrast(parts.map(({ weight, team }) => ({ weight, group: team.summary }))),
});

/** First team minus second. */
export const compareTeams = (first: Team, second: Team): Comparison =>
  weigh([
    { weight: 1, team: first },
    { weight: -1, team: second },
  ]);

/** Leadership minus the mean of both teams; each side weighs the same however many people it has. */
export const compareWithBoth = (leadership: Team, sales: Team, marketing: Team): Comparison =>
  weigh([
    { weight: 1, team: leadership },
    { weight: -0.5, team: sales },
    { weight: -0.5, team: marketing },
  ]);

const ERROR = 0.05;
/** A difference of exactly the smallest gap must not be lost to floating point. */
const HAIR = 1e-9;

export type Judged = { verdict: Verdict; adjustedP: number; interval: Bounds };

const judge = (estimate: Estimate, { adjusted, divisor }: HolmStep, smallest: number): Judged => {
  const adjustedInterval = interval(estimate, 1 - ERROR / divisor);
  const excludesZero = adjustedInterval.low > 0 || adjustedInterval.high < 0;
  const inner = interval(estimate, 1 - 2 * ERROR);
  let verdict: Verdict = 'unclear';
  if (excludesZero && Math.abs(estimate.value) >= smallest - HAIR) verdict = 'real';
  else if (inner.low >= -smallest - HAIR && inner.high <= smallest + HAIR) verdict = 'none';
  return { verdict, adjustedP: adjusted, interval: adjustedInterval };
};

/**
 * The word for each of several gaps judged together, and the Holm-adjusted interval behind it. Real: the interval excludes zero and
 * the difference is at least `smallest`. None: the 90 % interval lies within ± `smallest`. Otherwise unclear. Gaps without an
 * interval (a team of one) are unclear and do not count among the comparisons.
 */
export const judgeAll = (gaps: readonly { estimate: Estimate; smallest: number }[]): Judged[] => {
  const pValues = gaps.map(({ estimate }) => pValue(estimate));
  const steps = holm(pValues.filter((p) => !Number.isNaN(p)), ERROR);
  let next = 0;
  return gaps.map(({ estimate, smallest }, index) => {
    const step = Number.isNaN(pValues[index]) ? undefined : steps[next++];
    return step ? judge(estimate, step, smallest) : { verdict: 'unclear', adjustedP: NaN, interval: { low: NaN, high: NaN } };
  });
};
