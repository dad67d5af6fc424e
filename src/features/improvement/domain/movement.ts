import type { Better, Reading } from './measures';

export type Change = { value: number; low: number | null; high: number | null };

/**
 * What changed between two readings of different people or cases, with a 95 % interval made from both readings' own (MOVER: Zou and Donner
 * 2008; for shares with Wilson's intervals this is Newcombe 1998, method 10). Without an interval on either side there is none.
 */
export const changeBetween = (before: Pick<Reading, 'value' | 'low' | 'high'>, now: Pick<Reading, 'value' | 'low' | 'high'>): Change => {
  const value = now.value - before.value;
  if (before.low === null || before.high === null || now.low === null || now.high === null) return { value, low: null, high: null };
  return {
    value,
    low: value - Math.hypot(now.value - now.low, before.high - before.value),
    high: value + Math.hypot(now.high - now.value, before.value - before.low),
  };
};

/** A target has to ask for more than there is. */
export const isBetter = (better: Better, value: number, than: number): boolean => (better === 'up' ? value > than : value < than);

/** In words, and never more: it moved after, and other causes are possible. */
export type Verdict = 'not_yet' | 'reached' | 'toward' | 'unclear' | 'away' | 'no_interval';
export type Movement = { planned: number; observed: Change | null; verdict: Verdict };

/**
 * Planned against observed. `unclear` while the interval holds nought, whatever the figure; `reached` when the figure stands at or beyond the
 * target; `toward` when it moved the planned way for certain but not so far; `away` when it moved the other way.
 */
export const movementOf = (baseline: Reading, target: number, now: Reading | null, better: Better, change?: Change): Movement => {
  const planned = target - baseline.value;
  if (now === null) return { planned, observed: null, verdict: 'not_yet' };
  const observed = change ?? changeBetween(baseline, now);
  if (observed.low === null || observed.high === null) return { planned, observed, verdict: 'no_interval' };
  if (observed.low <= 0 && observed.high >= 0) return { planned, observed, verdict: 'unclear' };
  const good = better === 'up' ? observed.value > 0 : observed.value < 0;
  if (!good) return { planned, observed, verdict: 'away' };
  const reached = better === 'up' ? now.value >= target : now.value <= target;
  return { planned, observed, verdict: reached ? 'reached' : 'toward' };
};

export type Watch = 'holds' | 'slipping' | 'no_reading';
/** The part of a gain that has to be lost before a solved problem is said to come back. Ours. */
export const LOST = 0.5;

/**
 * A solved problem tends to come back in another form (MB ch. 6), so its measure stays watched: it slips when half of what was gained by the
 * time it was called solved is gone, and, where nothing was gained, when it is worse than at the start.
 */
export const watchOf = (baseline: number | null, solved: number | null, now: number | null, better: Better): Watch => {
  if (solved === null || now === null) return 'no_reading';
  const sign = better === 'up' ? 1 : -1;
  const gain = baseline === null ? 0 : sign * (solved - baseline);
  if (gain <= 0) return sign * (now - (baseline ?? solved)) < 0 ? 'slipping' : 'holds';
  return sign * (solved - now) >= LOST * gain ? 'slipping' : 'holds';
};
