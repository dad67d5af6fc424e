/**
 * Follow-up of subjects: how long each was seen, and what ended it. `cause` is 0 where the event had not come when the subject was last
 * seen (censored), and the number of the event otherwise (1 where there is only one kind).
 */
export type FollowUp = { time: Float64Array; cause: Uint8Array };

/** Subjects at one time: those still under observation just before it, and what happened at it. */
export type RiskStep = { time: number; atRisk: number; events: number; censored: number };

/**
 * Positions ordered by time. Non-finite times are left out.
 * @param rows the subjects meant; all when absent
 */
export const orderByTime = (time: Float64Array, rows?: Int32Array): Int32Array => {
  const count = rows ? rows.length : time.length;
  const kept = new Int32Array(count);
  let found = 0;
  for (let i = 0; i < count; i += 1) {
    const row = rows ? (rows[i] as number) : i;
    if (Number.isFinite(time[row])) kept[found++] = row;
  }
  return kept.subarray(0, found).sort((a, b) => (time[a] as number) - (time[b] as number));
};

/**
 * The times at which something happens, ascending, with the number at risk. A subject censored at a time counts as at risk at it:
 * events come first (Kaplan & Meier 1958).
 */
export const riskSteps = ({ time, cause }: FollowUp, rows?: Int32Array): RiskStep[] => {
  const order = orderByTime(time, rows);
  const steps: RiskStep[] = [];
  for (let at = 0; at < order.length; ) {
    const now = time[order[at] as number] as number;
    const step: RiskStep = { time: now, atRisk: order.length - at, events: 0, censored: 0 };
    for (; at < order.length && time[order[at] as number] === now; at += 1) {
      if (cause[order[at] as number] === 0) step.censored += 1;
      else step.events += 1;
    }
    steps.push(step);
  }
  return steps;
};
