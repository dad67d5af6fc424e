import { DETAIL_FROM, SPREAD_FROM } from '../../domain/thresholds';
import { isHidden, type Gap, type GroupScore, type Interval, type Shown } from '../../domain/results-view';
import { change, figure, share } from './format';
import { said, t } from './text';

/** One statistic: its name, its value in print or why it is kept back, and what it means in a plain sentence. */
export type MethodRow = { name: string; value: string | null; why?: string; sentence: string };

const row = <T>(name: string, value: Shown<T>, print: (value: T) => string, sentence: string, why: string): MethodRow =>
  isHidden(value) ? { name, value: null, why, sentence } : { name, value: print(value), sentence };

const interval = (print: (value: number) => string) => ({ low, high }: Interval) => said('label.interval', { low: print(low), high: print(high) });

// Rounded to one decimal before they came here, so that "0.0" means no more than "under 0.05".
const probability = (value: number) => (value === 0 ? t('method.p.small') : figure(value));
const about = (value: number) => (value === 0 ? t('method.share.small') : t('method.share.about', { share: share(value) }));

/** Figures of one group in one section. */
export const groupRows = (score: GroupScore, sum: boolean): MethodRow[] => {
  const few = t('method.why.spread', { from: SPREAD_FROM });
  const detail = t('method.why.detail', { from: DETAIL_FROM });
  const { method } = score;
  return [
    row(sum ? said('label.sum') : said('stat.mean'), score.mean, figure, sum ? said('method.sum') : said('method.mean'), t('method.why.group')),
    row(said('stat.ci95'), score.ci95, interval(figure), said('method.ci95'), few),
    row(said('stat.ci95Uncorrected'), method.ci95Uncorrected, interval(figure), said('method.ci95Uncorrected'), few),
    row(said('stat.sd'), score.sd, figure, said('method.sd'), few),
    row(said('stat.rwg'), method.rwg, figure, said('method.rwg'), detail),
    row(said('stat.rwgStar'), method.rwgStar, figure, said('method.rwgStar'), detail),
    row(said('stat.alpha'), method.alpha, figure, said('method.alpha'), detail),
    row(said('stat.missingShare'), method.missingShare, about, said('method.missingShare'), detail),
    row(said('stat.cannotJudgeShare'), method.cannotJudgeShare, about, said('method.cannotJudgeShare'), detail),
  ];
};

/** Figures of the difference between the two functions. */
export const gapRows = (gap: Gap): MethodRow[] => {
  const why = t('method.why.gap', { from: SPREAD_FROM });
  return [
    { name: t('method.difference'), value: change(gap.difference), sentence: t('method.difference.sentence') },
    row(said('stat.ci95'), gap.ci95, interval(change), said('method.gapInterval'), why),
    row(said('stat.ci95Uncorrected'), gap.ci95Uncorrected, interval(change), said('method.gapUncorrected'), why),
    row(said('stat.g'), gap.g, change, said('method.g'), why),
    row(said('stat.welchT'), gap.welchT, change, said('method.welchT'), why),
    row(said('stat.df'), gap.df, figure, said('method.df'), why),
    row(said('stat.holmP'), gap.holmP, probability, said('method.holmP'), why),
  ];
};
