import { orderByTime, type FollowUp } from './event-times';
import { normalQuantile } from './normal';

/** Shares of subjects that had each cause by this time, in the order of causes 1, 2, …, with standard errors. */
export type IncidencePoint = { time: number; atRisk: number; eventFree: number; incidence: number[]; standardError: number[] };

/**
 * Running sums of one cause. The variance at t sums (I(t) - I(i))^2 g(i), own(i) and -2 (I(t) - I(i)) c(i) over the times i up to t; multiplied
 * out, every part is a sum that grows with i, so that no time is visited twice.
 */
type CauseSums = { incidence: number; g: number; gI: number; gII: number; own: number; c: number; cI: number };

const varianceOf = ({ incidence, g, gI, gII, own, c, cI }: CauseSums): number =>
  Math.max(0, incidence * incidence * g - 2 * incidence * gI + gII + own - 2 * (incidence * c - cI));

type Step = { atRisk: number; events: number; before: number };

const advance = (sums: CauseSums, { atRisk, events, before }: Step, ofCause: number): void => {
  sums.incidence += (before * ofCause) / atRisk;
  // Where nobody is left, nothing after this time can differ from it, and the term is nothing.
  const g = events === atRisk ? 0 : events / (atRisk * (atRisk - events));
  const c = (before * ofCause) / (atRisk * atRisk);
  sums.g += g;
  sums.gI += sums.incidence * g;
  sums.gII += sums.incidence * sums.incidence * g;
  sums.own += (before * before * (atRisk - ofCause) * ofCause) / atRisk ** 3;
  sums.c += c;
  sums.cI += sums.incidence * c;
};

/**
 * How often each of several causes has ended the wait, where any of them ends it (competing risks): Aalen & Johansen's estimate (1978), with the
 * delta-method variance (Marubini & Valsecchi 1995, ch. 10). Unlike one minus a Kaplan-Meier curve per cause, the shares and the event-free rest add up to 1.
 * @param causes how many there are; `followUp.cause` holds 0 (censored) to `causes`
 * @param rows the subjects meant; all when absent
 */
export const cumulativeIncidence = ({ time, cause }: FollowUp, causes: number, rows?: Int32Array): IncidencePoint[] => {
  const order = orderByTime(time, rows);
  const sums = Array.from({ length: causes }, (): CauseSums => ({ incidence: 0, g: 0, gI: 0, gII: 0, own: 0, c: 0, cI: 0 }));
  const points: IncidencePoint[] = [];
  let eventFree = 1;
  for (let at = 0; at < order.length; ) {
    const now = time[order[at] as number] as number;
    const atRisk = order.length - at;
    const tally = new Array<number>(causes + 1).fill(0);
    for (; at < order.length && time[order[at] as number] === now; at += 1) {
      const own = cause[order[at] as number] as number;
      tally[own] = (tally[own] ?? 0) + 1;
    }
    const events = tally.slice(1).reduce((total, count) => total + count, 0);
    sums.forEach((own, index) => advance(own, { atRisk, events, before: eventFree }, tally[index + 1] ?? 0));
    eventFree *= (atRisk - events) / atRisk;
    points.push({ time: now, atRisk, eventFree, incidence: sums.map(({ incidence }) => incidence), standardError: sums.map((own) => Math.sqrt(varianceOf(own))) });
  }
  return points;
};

/** An interval for a share strictly between 0 and 1 that stays there: symmetric for log(-log), as Choudhury 2002 advises for cumulative incidence. */
export const incidenceBounds = (share: number, standardError: number, confidence = 0.95): { low: number; high: number } => {
  if (!(share > 0 && share < 1)) return { low: share, high: share };
  const reach = (normalQuantile(1 - (1 - confidence) / 2) * standardError) / (share * Math.abs(Math.log(share)));
  return { low: share ** Math.exp(reach), high: share ** Math.exp(-reach) };
};
