import { cumulativeIncidence, incidenceBounds, type IncidencePoint } from '../../../../lib/statistics/cumulative-incidence';
import type { FollowUp } from '../../../../lib/statistics/event-times';
import { kaplanMeier } from '../../../../lib/statistics/kaplan-meier';
import { DAY } from '../../../../lib/moments';
import { MINIMUM_GROUP, type Interval, type StageVisit } from './records';

/** Ways out of a stage, in the order of causes 1, 2, 3. */
export const WAYS_OUT = ['forward', 'back', 'lost'] as const;
export type WayOut = (typeof WAYS_OUT)[number];

export type ShareByDay = { day: number; share: number; ci95: Interval };

/** How long leads stay in a stage and where they go. Null figures: too few stays, or the curve does not come down to one half. */
export type StageTime = {
  stage: string;
  stays: number;
  /** Stays that still last. */
  waiting: number;
  medianDays: number | null;
  ci95: [number | null, number | null];
  /** Share of stays that ended this way by each day asked for; the three and those still there add up to 1. */
  outBy: Record<WayOut, ShareByDay[]> | null;
};

const pointAt = (points: readonly IncidencePoint[], day: number): IncidencePoint | undefined => points.findLast(({ time }) => time <= day);

const outBy = (points: readonly IncidencePoint[], days: readonly number[]): Record<WayOut, ShareByDay[]> => {
  const last = points.at(-1);
  const known = days.filter((day) => last !== undefined && (day <= last.time || last.eventFree === 0));
  const of = (cause: number): ShareByDay[] =>
    known.map((day) => {
      const point = pointAt(points, day);
      const share = point?.incidence[cause] ?? 0;
      const { low, high } = incidenceBounds(share, point?.standardError[cause] ?? 0);
      return { day, share, ci95: [low, high] };
    });
  return { forward: of(0), back: of(1), lost: of(2) };
};

/** Stays in a stage that had begun by then. */
export const staysIn = (visits: readonly StageVisit[], stage: string, now: number): StageVisit[] => visits.filter((visit) => visit.stage === stage && visit.from <= now);

/** How long stays were seen, in days, and which way out ended them; 0 where they still last. */
export const followUpOf = (stays: readonly StageVisit[], now: number): FollowUp => ({
  // A stay that ends in the same minute or, by a wrong clock, before it began has lasted no time.
  time: Float64Array.from(stays, ({ from, to }) => Math.max(0, Math.min(to ?? now, now) - from) / DAY),
  cause: Uint8Array.from(stays, ({ to, end }) => (to === null || to > now || end === null ? 0 : WAYS_OUT.indexOf(end) + 1)),
});

export type MedianStay = Pick<StageTime, 'stays' | 'waiting' | 'medianDays' | 'ci95'>;

/** How long stays lasted, those that still last counted as such (Kaplan-Meier). */
export const medianStay = (followUp: FollowUp, minimum = MINIMUM_GROUP): MedianStay => {
  const stays = followUp.time.length;
  const waiting = followUp.cause.reduce((sum, cause) => sum + (cause === 0 ? 1 : 0), 0);
  if (stays < minimum) return { stays, waiting, medianDays: null, ci95: [null, null] };
  const { median, low, high } = kaplanMeier(followUp);
  return { stays, waiting, medianDays: median ?? null, ci95: [low ?? null, high ?? null] };
};

/**
 * The second question, where leads slow down: time in each stage with stays that still last counted as such (Kaplan-Meier), and the shares that went on, went
 * back or were lost as competing ways out (Aalen-Johansen). A mean over finished stays alone would call a stage quick because its slow leads are still in it.
 * @param now the moment up to which stays are known
 * @param stages in the order of the process; others are left out
 */
export const timeInStage = (visits: readonly StageVisit[], stages: readonly string[], now: number, days: readonly number[] = [7, 14, 30, 60, 90], minimum = MINIMUM_GROUP): StageTime[] =>
  stages.map((stage) => {
    const followUp = followUpOf(staysIn(visits, stage, now), now);
    const told = medianStay(followUp, minimum);
    return { stage, ...told, outBy: told.stays < minimum ? null : outBy(cumulativeIncidence(followUp, WAYS_OUT.length), days) };
  });

/** The stage with the longest median, if its interval lies wholly above that of every other stage with one; else null: no stage stands out. */
export const slowestStage = (times: readonly StageTime[]): StageTime | null => {
  const known = times.filter(({ medianDays }) => medianDays !== null).toSorted((a, b) => (b.medianDays ?? 0) - (a.medianDays ?? 0));
  const [first, ...others] = known;
  const from = first?.ci95[0] ?? null;
  if (!first || from === null || others.length === 0) return null;
  return others.every(({ ci95 }) => ci95[1] !== null && ci95[1] < from) ? first : null;
};
