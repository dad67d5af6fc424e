import { isHidden, type GroupScore, type Interval, type SectionResult, type Shown } from '../domain/results-view';
import type { ReportKey, Texts } from './texts';

type Show<T> = (value: T) => string;

const shown = <T>(value: Shown<T> | undefined, show: Show<T>, texts: Texts, absent: string): string =>
  value === undefined ? absent : isHidden(value) ? texts.t('hidden.short') : show(value);

/** The statistics of a group, each with the sentence that explains it. */
export const groupFigures = (texts: Texts): { label: string; explain: ReportKey; of: (group: GroupScore) => string }[] => {
  const interval: Show<Interval> = ({ low, high }) => texts.t('label.interval', { low: texts.score(low), high: texts.score(high) });
  const value = <T>(pick: (group: GroupScore) => Shown<T>, show: Show<T>) => (group: GroupScore) => shown(pick(group), show, texts, '');
  return [
    { label: texts.t('stat.mean'), explain: 'method.mean', of: value((group) => group.mean, texts.score) },
    { label: 'n', explain: 'method.small', of: (group) => (isHidden(group.mean) ? texts.t('hidden.short') : texts.whole(group.n)) },
    { label: texts.t('stat.sd'), explain: 'method.sd', of: value((group) => group.sd, texts.score) },
    { label: texts.t('stat.ci95'), explain: 'method.ci95', of: value((group) => group.ci95, interval) },
    { label: texts.t('stat.ci95Uncorrected'), explain: 'method.ci95Uncorrected', of: value((group) => group.method.ci95Uncorrected, interval) },
    { label: texts.t('stat.rwg'), explain: 'method.rwg', of: value((group) => group.method.rwg, texts.score) },
    { label: texts.t('stat.rwgStar'), explain: 'method.rwgStar', of: value((group) => group.method.rwgStar, texts.score) },
    { label: texts.t('stat.alpha'), explain: 'method.alpha', of: value((group) => group.method.alpha, texts.score) },
    { label: texts.t('stat.missingShare'), explain: 'method.missingShare', of: value((group) => group.method.missingShare, texts.share) },
    { label: texts.t('stat.cannotJudgeShare'), explain: 'method.cannotJudgeShare', of: value((group) => group.method.cannotJudgeShare, texts.share) },
  ];
};

/** The statistics of the difference between the two functions. */
export const gapFigures = (result: SectionResult, texts: Texts): { label: string; value: string }[] => {
  const { gap } = result;
  if (!gap) return [];
  const interval: Show<Interval> = ({ low, high }) => texts.t('label.interval', { low: texts.score(low), high: texts.score(high) });
  return [
    { label: texts.t('label.gap'), value: texts.signed(gap.difference) },
    { label: texts.t('label.verdict'), value: texts.t(`verdict.${gap.verdict}`) },
    { label: texts.t('stat.ci95'), value: shown(gap.ci95, interval, texts, '') },
    { label: texts.t('stat.ci95Uncorrected'), value: shown(gap.ci95Uncorrected, interval, texts, '') },
    { label: texts.t('stat.welchT'), value: shown(gap.welchT, texts.score, texts, '') },
    { label: texts.t('stat.df'), value: shown(gap.df, texts.score, texts, '') },
    { label: texts.t('stat.g'), value: shown(gap.g, texts.score, texts, '') },
    { label: texts.t('stat.holmP'), value: shown(gap.holmP, texts.score, texts, '') },
  ];
};

/** The sentences of the method appendix, in reading order. */
export const METHOD_KEYS = [
  'method.mean', 'method.bands', 'method.rounding', 'method.ci95', 'method.ci95Uncorrected', 'method.sd', 'method.verdict', 'method.gapInterval',
  'method.gapUncorrected', 'method.welchT', 'method.df', 'method.g', 'method.holmP', 'method.leadership', 'method.rwg', 'method.rwgStar', 'method.alpha',
  'method.missingShare', 'method.cannotJudgeShare', 'method.small', 'method.cap', 'method.coarse', 'method.tree', 'method.neutral', 'method.change',
] as const satisfies readonly ReportKey[];

/** Values the method sentences name: thresholds of this wave, on its own scale. */
export const methodValues = (results: { smallestGap: number; scale: { min: number; max: number } }, texts: Texts): Record<string, string> => ({
  smallestGap: texts.score(results.smallestGap),
  low: texts.score(results.scale.min + (results.scale.max - results.scale.min) / 12),
  high: texts.score(results.scale.max - (results.scale.max - results.scale.min) / 12),
  sd: '5',
  full: '10',
});
