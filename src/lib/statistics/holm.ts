/**
 * Holm's step-down adjustment (Holm 1979) of several p-values, with the share of the error that each comparison's interval may use,
 * so that interval and decision agree: an interval at confidence 1 - alpha / divisor excludes zero exactly when the adjusted p is at most alpha.
 */
export type HolmStep = { adjusted: number; divisor: number };

/** Results stand in the order of `pValues`. */
export const holm = (pValues: readonly number[], alpha = 0.05): HolmStep[] => {
  const order = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p || a.index - b.index);
  const steps: HolmStep[] = pValues.map(() => ({ adjusted: NaN, divisor: pValues.length }));
  let highest = 0;
  let stoppedAt: number | undefined;
  order.forEach(({ p, index }, rank) => {
    const remaining = pValues.length - rank;
    highest = Math.min(1, Math.max(highest, remaining * p));
    // After the first comparison that is kept, none that follows may be rejected: they keep its divisor.
    if (stoppedAt === undefined && remaining * p > alpha) stoppedAt = remaining;
    steps[index] = { adjusted: highest, divisor: stoppedAt ?? remaining };
  });
  return steps;
};
