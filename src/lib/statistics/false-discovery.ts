/**
 * Benjamini and Hochberg's adjusted p-values (1995), in the order given: calling everything real whose value is at most q keeps the expected
 * share of false calls among the calls under q, for independent or positively dependent looks.
 */
export const benjaminiHochberg = (pValues: readonly number[]): number[] => {
  const order = pValues.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p);
  const adjusted = pValues.map(() => NaN);
  let lowest = 1;
  order.forEach(({ p, index }, fromTop) => {
    lowest = Math.min(lowest, (p * pValues.length) / (pValues.length - fromTop));
    adjusted[index] = lowest;
  });
  return adjusted;
};
