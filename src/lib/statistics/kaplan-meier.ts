import { riskSteps, type FollowUp, type RiskStep } from './event-times';
import { normalQuantile } from './normal';

/** The curve from this time on. `low` and `high` are NaN once everybody has had the event. */
export type CurvePoint = RiskStep & { survival: number; standardError: number; low: number; high: number };

/** A time that may not have been reached: undefined then. */
export type MedianTime = { median: number | undefined; low: number | undefined; high: number | undefined };

export type SurvivalCurve = MedianTime & { n: number; events: number; points: CurvePoint[] };

/** Shares closer to one half than this are taken to be one half; sums of fractions do not meet it exactly. */
const HALF_WIDTH = 1.5e-8;

/**
 * Where a falling step curve goes through one half: the first time at which it is at or under it. A curve that rests exactly on one half goes
 * through it half-way to its next fall.
 */
const halfTime = (points: readonly CurvePoint[], level: (point: CurvePoint) => number): number | undefined => {
  const at = points.findIndex((point) => level(point) < 0.5 + HALF_WIDTH);
  const first = points[at];
  if (!first) return undefined;
  if (Math.abs(level(first) - 0.5) >= HALF_WIDTH) return first.time;
  const next = points.slice(at + 1).find((point) => level(point) < level(first) - HALF_WIDTH);
  return next ? (first.time + next.time) / 2 : first.time;
};

/**
 * Kaplan and Meier's estimate (1958) with Greenwood's variance (1926) and intervals symmetric for the logarithm of survival, cut at 1.
 * The median's interval is where the band passes one half (Brookmeyer & Crowley 1982), which is what R's `survfit` gives with its default
 * `conf.type = "log"`.
 * @param rows the subjects meant; all when absent. Non-finite times are left out.
 */
export const kaplanMeier = (followUp: FollowUp, rows?: Int32Array, confidence = 0.95): SurvivalCurve => {
  const z = normalQuantile(1 - (1 - confidence) / 2);
  let survival = 1;
  let greenwood = 0;
  const points = riskSteps(followUp, rows).map((step): CurvePoint => {
    const { atRisk, events } = step;
    survival *= (atRisk - events) / atRisk;
    greenwood += events === 0 ? 0 : events / (atRisk * (atRisk - events));
    const reach = z * Math.sqrt(greenwood);
    const over = survival === 0;
    return {
      ...step,
      survival,
      standardError: over ? 0 : survival * Math.sqrt(greenwood),
      low: over ? NaN : survival * Math.exp(-reach),
      high: over ? NaN : Math.min(1, survival * Math.exp(reach)),
    };
  });
  return {
    n: points[0]?.atRisk ?? 0,
    events: points.reduce((total, { events }) => total + events, 0),
    points,
    median: halfTime(points, (point) => point.survival),
    low: halfTime(points, (point) => point.low),
    high: halfTime(points, (point) => point.high),
  };
};

/** Where the curve stands at a time; before the first step everybody survives. Undefined after the last subject was seen, unless none is left. */
export const survivalAt = ({ points }: SurvivalCurve, time: number): Pick<CurvePoint, 'survival' | 'low' | 'high'> | undefined => {
  const last = points.at(-1);
  if (!last || (time > last.time && last.survival > 0)) return undefined;
  const found = points.findLast((point) => point.time <= time);
  return found ? { survival: found.survival, low: found.low, high: found.high } : { survival: 1, low: 1, high: 1 };
};
