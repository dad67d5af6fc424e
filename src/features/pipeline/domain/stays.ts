/** Stays of leads that have ended, at one stage: how many days each, and when its lead entered, in seconds since the start of 2000. */
export type StageStays = { stageId: string; days: Float64Array; entered: Int32Array };

/** Median days of stays that have ended, for a stage, and for all (null). */
export type Stays = { stageId: string | null; median: number; n: number };

/** The value that would stand at this place if all were in order (Hoare 1961); moves the values about. */
export const nth = (values: Float64Array, place: number): number => {
  let [left, right] = [0, values.length - 1];
  while (left < right) {
    const pivot = values[(left + right) >> 1] ?? 0;
    let [low, high] = [left, right];
    while (low <= high) {
      while ((values[low] ?? 0) < pivot) low += 1;
      while ((values[high] ?? 0) > pivot) high -= 1;
      if (low > high) break;
      const swapped = values[low] ?? 0;
      values[low] = values[high] ?? 0;
      values[high] = swapped;
      low += 1;
      high -= 1;
    }
    if (place <= high) right = high;
    else if (place >= low) left = low;
    else break;
  }
  return values[place] ?? 0;
};

/** The middle value, or the mean of the two in the middle; moves the values about. */
export const medianOf = (values: Float64Array): number => {
  const half = values.length >> 1;
  const upper = nth(values, half);
  return values.length % 2 === 1 ? upper : (nth(values, half - 1) + upper) / 2;
};

/** All values one after the other. */
export const joined = (parts: readonly Float64Array[]): Float64Array => {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** Days of the stays whose leads entered from `from` to before `until`; the column itself where that is all of them. */
export const daysWithin = ({ days, entered }: StageStays, from: number, until: number): Float64Array => {
  const own = new Float64Array(days.length);
  let n = 0;
  for (let row = 0; row < days.length; row += 1) {
    const at = entered[row] ?? 0;
    if (at >= from && at < until) own[n++] = days[row] ?? 0;
  }
  return n === days.length ? days : own.slice(0, n);
};

/** Stays of leads that entered from `from` to before `until`, in order of the stages given; of stages without any there is no row. */
export const medianStays = (portions: readonly (readonly StageStays[])[], from: number, until: number): Stays[] => {
  const byStage = new Map<string, Float64Array[]>();
  for (const stay of portions.flat()) {
    const own = daysWithin(stay, from, until);
    if (own.length > 0) byStage.set(stay.stageId, [...(byStage.get(stay.stageId) ?? []), own]);
  }
  const row = (stageId: string | null, parts: readonly Float64Array[]): Stays => {
    const values = joined(parts);
    return { stageId, n: values.length, median: medianOf(values) };
  };
  if (byStage.size === 0) return [];
  return [...[...byStage].map(([stageId, parts]) => row(stageId, parts)), row(null, [...byStage.values()].flat())];
};
