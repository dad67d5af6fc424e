import type { WorkingTime, WorkUnit } from './working-time';

export type Pause = { from: number; to: number | null };

/** What happened to one lead, as far as one commitment is concerned. Times are milliseconds since 1970. */
export type ClockFacts = {
  startedAt: number;
  metAt: number | null;
  /** When there was nothing left to do, e.g. the customer withdrew. */
  stoppedAt: number | null;
  pauses: readonly Pause[];
};

export type Limit = { amount: number; unit: WorkUnit; /** Share of the time after which a warning is due, 0 to 1. */ warnAt: number; /** Working days after the due instant. */ escalateAfter: number };

/** Null instants: the clock is paused and nobody knows yet when it goes on. */
export type Clock = { startedAt: number; dueAt: number | null; warnAt: number | null; escalateAt: number | null; metAt: number | null; stopped: boolean };

export const CLOCK_STATES = ['running', 'warned', 'paused', 'kept', 'late', 'missed', 'stopped'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** In order of time, overlapping ones as one. */
const joined = (pauses: readonly Pause[]): Pause[] => {
  const whole: { from: number; to: number | null }[] = [];
  for (const pause of pauses.filter(({ from, to }) => to === null || to > from).toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last && (last.to === null || last.to >= pause.from)) last.to = last.to === null || pause.to === null ? null : Math.max(last.to, pause.to);
    else whole.push({ ...pause });
  }
  return whole;
};

/** What was promised ends a pause when it is done. */
const endedBy = (metAt: number | null, pauses: readonly Pause[]): Pause[] =>
  metAt === null ? [...pauses] : pauses.filter(({ from }) => from < metAt).map(({ from, to }) => ({ from, to: to === null ? metAt : Math.min(to, metAt) }));

/** When `amount` has been worked outside the pauses; null when an open pause comes first. */
const after = (start: number, amount: number, unit: WorkUnit, pauses: readonly Pause[], time: WorkingTime): number | null => {
  let [at, left] = [start, amount];
  for (const pause of pauses) {
    if (pause.to !== null && pause.to <= at) continue;
    if (pause.from > at) {
      const worked = time.between(at, pause.from, unit);
      if (worked >= left) break;
      left -= worked;
    }
    if (pause.to === null) return null;
    at = pause.to;
  }
  return time.add(at, left, unit);
};

/**
 * A commitment's clock for one lead. What was done before the clock began, by a wrong clock or in another order, was done at
 * once. A clock stops without a verdict when there was nothing left to do before it was due.
 */
export const clockOf = (facts: ClockFacts, limit: Limit, time: WorkingTime): Clock => {
  const metAt = facts.metAt === null ? null : Math.max(facts.metAt, facts.startedAt);
  const pauses = endedBy(metAt, joined(facts.pauses));
  const dueAt = after(facts.startedAt, limit.amount, limit.unit, pauses, time);
  return {
    startedAt: facts.startedAt, dueAt, metAt,
    warnAt: dueAt === null ? null : after(facts.startedAt, limit.amount * limit.warnAt, limit.unit, pauses, time),
    escalateAt: dueAt === null ? null : time.add(dueAt, limit.escalateAfter, 'days'),
    stopped: metAt === null && facts.stoppedAt !== null && (dueAt === null || facts.stoppedAt <= dueAt),
  };
};

export const stateOf = (clock: Clock, now: number): ClockState => {
  const { dueAt, metAt, warnAt } = clock;
  if (metAt !== null && metAt <= now) return dueAt === null || metAt <= dueAt ? 'kept' : 'late';
  if (clock.stopped) return 'stopped';
  if (dueAt === null) return 'paused';
  if (now >= dueAt) return 'missed';
  return warnAt !== null && now >= warnAt ? 'warned' : 'running';
};
