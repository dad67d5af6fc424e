import type { Marks } from './marks';
import type { StageDrop } from './drop-out';
import { slowestStage, type StageTime } from './time-in-stage';
import type { Usefulness } from './usefulness';

/** How far an answer can be trusted, in the words that pages show. */
export const CONFIDENCES = ['clear', 'early', 'cannot_say'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** The answer in one sentence: `code` chooses it, `values` stand in it. Shares are per cent with one decimal. */
export type Finding = { code: string; values: Record<string, string | number>; confidence: Confidence };

const percent = (share: number): number => Math.round(share * 1000) / 10;
const one = (value: number): number => Math.round(value * 10) / 10;

/** The first question. Where both functions have enough leads their difference speaks; else the source that stands out. */
export const usefulnessFinding = ({ byOrigin, difference, bySource }: Usefulness): Finding => {
  const marketing = byOrigin.find(({ name }) => name === 'marketing');
  const sales = byOrigin.find(({ name }) => name === 'sales');
  if (difference && marketing && sales && marketing.rate !== null && sales.rate !== null) {
    const values = { marketing: percent(marketing.rate), sales: percent(sales.rate), nMarketing: marketing.entrants, nSales: sales.entrants, points: one(Math.abs(difference.value) * 100) };
    const [low, high] = difference.ci95;
    if (low > 0 || high < 0) return { code: low > 0 ? 'usefulness.marketing' : 'usefulness.sales', values, confidence: 'clear' };
    return { code: 'usefulness.alike', values, confidence: 'early' };
  }
  const told = bySource.filter(({ rate }) => rate !== null).toSorted((a, b) => (b.rate ?? 0) - (a.rate ?? 0));
  const [best, worst] = [told[0], told.at(-1)];
  if (!best || !worst || best === worst) return { code: 'usefulness.none', values: {}, confidence: 'cannot_say' };
  const values = { best: best.name, bestRate: percent(best.rate ?? 0), worst: worst.name, worstRate: percent(worst.rate ?? 0), nBest: best.entrants, nWorst: worst.entrants };
  const apart = (best.wilson95?.[0] ?? 0) > (worst.wilson95?.[1] ?? 1);
  return { code: apart ? 'usefulness.source' : 'usefulness.sources_alike', values, confidence: apart ? 'clear' : 'early' };
};

/** Days for which stays of a stage are known. */
const followed = ({ outBy }: StageTime): number => outBy?.forward.at(-1)?.day ?? 0;

/** The stage in which most leads wait, of those that more than half of their leads have not left however long they are followed: no median tells of them. */
const stuckStage = (times: readonly StageTime[]): StageTime | undefined =>
  times.filter(({ outBy, medianDays, stays, waiting }) => outBy !== null && medianDays === null && waiting > stays / 2).toSorted((a, b) => b.waiting - a.waiting)[0];

/** The second question. A stage that half of its leads never left is slower than one with any median. */
export const slowFinding = (times: readonly StageTime[]): Finding => {
  const known = times.filter(({ medianDays }) => medianDays !== null).toSorted((a, b) => (b.medianDays ?? 0) - (a.medianDays ?? 0));
  const [first, ...others] = known;
  const stuck = stuckStage(times);
  if (stuck && followed(stuck) > (first?.medianDays ?? 0)) return { code: 'slow.waiting', values: { stage: stuck.stage, waiting: stuck.waiting, stays: stuck.stays }, confidence: first ? 'clear' : 'early' };
  if (!first) return { code: 'slow.none', values: {}, confidence: 'cannot_say' };
  const from = first.ci95[0] ?? 0;
  const second = others.find(({ ci95: [, high] }) => high === null || high >= from) ?? others[0];
  const values = { stage: first.stage, days: one(first.medianDays ?? 0), low: one(first.ci95[0] ?? 0), stays: first.stays, waiting: first.waiting, ...(second ? { next: second.stage, nextDays: one(second.medianDays ?? 0) } : {}) };
  if (!second) return { code: 'slow.only', values, confidence: 'early' };
  return slowestStage(times) ? { code: 'slow.stage', values, confidence: 'clear' } : { code: 'slow.unclear', values, confidence: 'early' };
};

/** The third question: the stage in which most leads were lost for good. */
export const dropFinding = (drops: readonly StageDrop[]): Finding => {
  const lost = drops.reduce((sum, drop) => sum + drop.lost, 0);
  const told = drops.filter(({ share }) => share !== null).toSorted((a, b) => b.lost - a.lost);
  const [first, second] = told;
  if (!first || first.lost === 0) return { code: 'dropout.none', values: {}, confidence: 'cannot_say' };
  const reason = first.reasons.find((each) => each.reason !== null);
  const values = { stage: first.stage, share: percent(first.share ?? 0), lost: first.lost, leads: first.leads, all: lost, ofAll: percent(first.lost / lost), ...(reason ? { reason: reason.reason ?? '', times: reason.count } : {}) };
  // Poisson: two counts differ when their difference exceeds twice the root of their sum.
  const apart = first.lost >= 20 && (!second || first.lost - second.lost > 2 * Math.sqrt(first.lost + second.lost));
  return { code: reason ? 'dropout.reason' : 'dropout.stage', values, confidence: apart ? 'clear' : 'early' };
};

/** The fourth and fifth question: the mark that stands most firmly, told as a positive one where there is one. */
export const marksFinding = (question: 'fast' | 'converting', { marks, reason, looks }: Marks): Finding => {
  if (reason !== null || looks === 0) return { code: `${question}.none`, values: {}, confidence: 'cannot_say' };
  const standing = marks.filter(({ stands }) => stands);
  const best = standing.filter(({ lift }) => (lift?.value ?? 0) > 1).toSorted((a, b) => (b.lift?.value ?? 0) - (a.lift?.value ?? 0))[0] ?? standing[0];
  if (!best) return { code: `${question}.nothing`, values: { looks }, confidence: 'early' };
  const values = { column: best.column, value: best.value, n: best.n, rate: percent(best.rate), other: percent(best.otherRate), way: best.rate < best.otherRate ? 'less' : 'more', marks: standing.length, looks };
  return { code: `${question}.mark`, values, confidence: 'clear' };
};
