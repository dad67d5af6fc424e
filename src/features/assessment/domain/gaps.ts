import { hedgesG } from '../../../lib/statistics/hedges';
import { interval, tStatistic } from '../../../lib/statistics/welch';
import { compareTeams, compareWithBoth, judgeAll, smallestGapIn, type Comparison, type Judged, type Team } from './compare';
import { enoughPeople, shownInterval, tellsSpread } from './group-score';
import type { Gap, SectionResult } from './results-view';
import { shownWhen, toOneDecimal } from './rounding';
import type { SectionTeams } from './section-teams';

type LeadershipGap = NonNullable<SectionResult['leadershipGap']>;
export type SectionGaps = Pick<SectionResult, 'gap' | 'leadershipGap'>;

const trioOf = ({ teams }: SectionTeams): { sales?: Team; marketing?: Team; leadership?: Team } => ({
  sales: teams.get('sales'),
  marketing: teams.get('marketing'),
  leadership: teams.get('leadership'),
});

/** Under five people an interval would give answers away, so neither it nor the word that rests on it is told. */
const enough = (...teams: Team[]): boolean => teams.every(enoughPeople);

const gapOf = (sales: Team, marketing: Team, { corrected, uncorrected }: Comparison, judged: Judged): Gap => {
  const spread = tellsSpread(sales) && tellsSpread(marketing);
  return {
    between: ['sales', 'marketing'],
    difference: toOneDecimal(corrected.value),
    verdict: enough(sales, marketing) ? judged.verdict : 'unclear',
    ci95: shownInterval(spread, judged.interval),
    ci95Uncorrected: shownInterval(spread, interval(uncorrected, 0.95)),
    welchT: shownWhen(spread, tStatistic(uncorrected)),
    df: shownWhen(spread, uncorrected.df),
    g: shownWhen(spread, hedgesG(sales.summary, marketing.summary)),
    holmP: shownWhen(spread, judged.adjustedP),
  };
};

const leadershipGapOf = (teams: Team[], { corrected }: Comparison, judged: Judged): LeadershipGap => {
  const ci95 = shownInterval(teams.every(tellsSpread), judged.interval);
  return { difference: toOneDecimal(corrected.value), verdict: enough(...teams) ? judged.verdict : 'unclear', ...('hidden' in ci95 ? {} : { ci95 }) };
};

/**
 * Gaps of all sections of a wave, judged together: sales against marketing over the sections both answered, and leadership against
 * the mean of both teams over the sections all three answered. `smallestGap` is on the instrument's scale.
 */
export const gapsOf = (sections: readonly SectionTeams[], smallestGap: number): SectionGaps[] => {
  const found: SectionGaps[] = sections.map(() => ({}));
  const sides = sections.flatMap((section, index) => {
    const { sales, marketing } = trioOf(section);
    return sales && marketing ? [{ index, sales, marketing, comparison: compareTeams(sales, marketing) }] : [];
  });
  const smallestOf = (index: number): number => smallestGapIn((sections[index] as SectionTeams).scores.section, smallestGap);
  const judgedSides = judgeAll(sides.map(({ index, comparison }) => ({ estimate: comparison.corrected, smallest: smallestOf(index) })));
  sides.forEach(({ index, sales, marketing, comparison }, i) => {
    (found[index] as SectionGaps).gap = gapOf(sales, marketing, comparison, judgedSides[i] as Judged);
  });

  const leaders = sides.flatMap(({ index, sales, marketing }) => {
    const { leadership } = trioOf(sections[index] as SectionTeams);
    return leadership ? [{ index, teams: [leadership, sales, marketing], comparison: compareWithBoth(leadership, sales, marketing) }] : [];
  });
  const judgedLeaders = judgeAll(leaders.map(({ index, comparison }) => ({ estimate: comparison.corrected, smallest: smallestOf(index) })));
  leaders.forEach(({ index, teams, comparison }, i) => {
    (found[index] as SectionGaps).leadershipGap = leadershipGapOf(teams, comparison, judgedLeaders[i] as Judged);
  });
  return found;
};
