import { agreement, uniformNullVariance } from '../../../lib/statistics/agreement';
import { hedgesG } from '../../../lib/statistics/hedges';
import { cronbachAlpha, type MissingRule } from '../../../lib/statistics/reliability';
import { interval, tStatistic } from '../../../lib/statistics/welch';
import type { AnswerTable } from './answer-table';
import { bandOf } from './bands';
import { compareTeams, judgeAll, smallestGapIn, smallestGapOn, type Comparison, type Team } from './compare';
import type { Instrument, Section } from './instrument';
import type { Verdict } from './results-view';
import { scorePeople, teamScore, type SectionScores } from './section-scores';

/** Figures in full precision: whoever scores a file holds its answers. Null = cannot be computed. */
export type GroupReport = {
  n: number;
  mean: number;
  sd: number | null;
  band: string | null;
  rwg: number | null;
  rwgStar: number | null;
};

export type GapReport = {
  between: [string, string];
  /** First group minus second. */
  difference: number;
  ci95: [number, number] | null;
  welchT: number | null;
  df: number | null;
  g: number | null;
  verdict: Verdict;
};

export type SectionReport = { id: string; groups: Record<string, GroupReport>; gap: GapReport | null; alpha: number | null };

export type ScoreReport = {
  instrument: { id: string; version: string };
  by: string | null;
  minimum: number;
  missing: MissingRule;
  sections: SectionReport[];
  /** Groups with answers in a section, but fewer than the minimum. */
  suppressed: { section: string; group: string; n: number }[];
  /** Rows without a value in the grouping column. */
  leftOut: number;
};

export type ScoreOptions = { minimum: number; missing: MissingRule };

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

type Scored = { section: Section; scores: SectionScores; teams: { name: string; rows: Int32Array; team: Team }[] };

const groupReport = ({ section, scores }: Scored, rows: Int32Array, { summary }: Team, instrument: Instrument): GroupReport => {
  const { min, max } = instrument.scale;
  const agreed = agreement(scores.ratings, rows, uniformNullVariance(max - min + 1));
  return {
    n: summary.n,
    mean: summary.mean,
    sd: finite(summary.sd),
    band: bandOf(section.bands, summary.mean)?.id ?? null,
    rwg: finite(agreed.rwg),
    rwgStar: finite(agreed.rwgStar),
  };
};

const gapReport = (between: [string, string], teams: [Team, Team], { uncorrected }: Comparison, verdict: Verdict): GapReport => {
  const { low, high } = interval(uncorrected, 0.95);
  return {
    between,
    difference: uncorrected.value,
    ci95: Number.isFinite(low) && Number.isFinite(high) ? [low, high] : null,
    welchT: finite(tStatistic(uncorrected)),
    df: finite(uncorrected.df),
    g: finite(hedgesG(teams[0].summary, teams[1].summary)),
    verdict,
  };
};

/** Gaps of the sections that exactly two groups answered, judged together (Holm), without a finite-population correction. */
const gapsOf = (scored: readonly Scored[], smallestGap: number): Map<string, GapReport> => {
  const pairs = scored.flatMap(({ section, teams }) => {
    const [first, second, third] = teams;
    if (!first || !second || third) return [];
    return [{ section, first, second, comparison: compareTeams(first.team, second.team) }];
  });
  const judged = judgeAll(pairs.map(({ section, comparison }) => ({ estimate: comparison.uncorrected, smallest: smallestGapIn(section, smallestGap) })));
  return new Map(
    pairs.map(({ section, first, second, comparison }, index) => [
      section.id,
      gapReport([first.name, second.name], [first.team, second.team], comparison, judged[index]?.verdict ?? 'unclear'),
    ]),
  );
};

/** Scores of an answers file, by the same rules as the pages: people first, then groups; bands on unrounded scores. */
export const scoreReport = (answers: AnswerTable, instrument: Instrument, { minimum, missing }: ScoreOptions): ScoreReport => {
  const suppressed: ScoreReport['suppressed'] = [];
  const scored = answers.sections.map(({ section, ratings }): Scored => {
    const scores = scorePeople(section, ratings, missing);
    const teams = answers.groups.flatMap(({ name, rows }) => {
      const summary = teamScore(scores, rows);
      if (summary.n === 0) return [];
      if (summary.n >= minimum) return [{ name, rows, team: { summary } }];
      suppressed.push({ section: section.id, group: name, n: summary.n });
      return [];
    });
    return { section, scores, teams };
  });
  const gaps = gapsOf(scored, smallestGapOn(instrument.scale));
  return {
    instrument: { id: instrument.id, version: instrument.version },
    by: answers.by,
    minimum,
    missing,
    sections: scored.map((one) => {
      const everybody = Int32Array.from({ length: answers.people }, (_, row) => row).filter((row) => !Number.isNaN(one.scores.scores[row]));
      return {
        id: one.section.id,
        groups: Object.fromEntries(one.teams.map(({ name, rows, team }) => [name, groupReport(one, rows, team, instrument)])),
        gap: gaps.get(one.section.id) ?? null,
        alpha: everybody.length < minimum ? null : finite(cronbachAlpha(one.scores.ratings, everybody, missing)),
      };
    }),
    suppressed,
    leftOut: answers.leftOut,
  };
};
