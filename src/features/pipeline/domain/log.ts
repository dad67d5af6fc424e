import type { StageEnd } from './stages';

/** One entry of a lead's stage log: when it came where, and what was said. Times are milliseconds since 1970. */
export type LogEntry = {
  at: number;
  stageId: string;
  reason: string | null;
  actor: string | null;
  /** Only entries that can be taken back have one. */
  id?: string;
  /** The entry that this one takes back: from this instant on neither of them counts. */
  withdraws?: string | null;
};

export type StageInfo = { id: string; position: number; end: StageEnd };

/** Where a lead stands once its log is read to the end. */
export type LeadState = { stageId: string; since: number; enteredAt: number; end: StageEnd; endedAt: number | null; reason: string | null; furthest: number; moves: number; backward: number };

/** What counts up to and including `until`: entries without those that were taken back by then, and without the taking back itself. */
export const standing = <Entry extends LogEntry>(log: readonly Entry[], until = Number.POSITIVE_INFINITY): Entry[] => {
  const said = log.filter((entry) => entry.at <= until);
  const withdrawn = new Set(said.flatMap((entry) => entry.withdraws ?? []));
  return said.filter((entry) => !entry.withdraws && !(entry.id !== undefined && withdrawn.has(entry.id)));
};

/** In order of time; at one instant the later stage is the later entry, so that a log written at once reads forward. */
export const inOrder = (log: readonly LogEntry[], stages: ReadonlyMap<string, StageInfo>): LogEntry[] =>
  log.toSorted((a, b) => a.at - b.at || (stages.get(a.stageId)?.position ?? 0) - (stages.get(b.stageId)?.position ?? 0));

/** Entries that only repeat where the lead stands already say nothing new, unless they give a reason. */
export const withoutRepeats = (ordered: readonly LogEntry[]): LogEntry[] => ordered.filter((entry, index) => index === 0 || ordered[index - 1]?.stageId !== entry.stageId || entry.reason !== null);

/**
 * Replays a log up to and including `until`. Backward moves and coming back after an end are kept as they are: they are data.
 * @returns nothing for a log that has not begun by then
 */
export const replay = (log: readonly LogEntry[], stages: ReadonlyMap<string, StageInfo>, until = Number.POSITIVE_INFINITY): LeadState | undefined => {
  const ordered = inOrder(standing(log, until).filter((entry) => stages.has(entry.stageId)), stages);
  const [first] = ordered;
  if (!first) return undefined;
  let state: LeadState | undefined;
  for (const entry of ordered) {
    const stage = stages.get(entry.stageId);
    if (!stage) continue;
    const moved = state?.stageId !== entry.stageId;
    state = {
      stageId: entry.stageId,
      since: moved ? entry.at : (state?.since ?? entry.at),
      enteredAt: first.at,
      end: stage.end,
      endedAt: stage.end === 'open' ? null : moved ? entry.at : (state?.endedAt ?? entry.at),
      reason: entry.reason ?? (moved ? null : (state?.reason ?? null)),
      furthest: stage.end === 'lost' || stage.end === 'recycled' ? (state?.furthest ?? 0) : Math.max(state?.furthest ?? 0, stage.position),
      moves: (state?.moves ?? -1) + (moved ? 1 : 0),
      backward: (state?.backward ?? 0) + (moved && state !== undefined && stage.position < (stages.get(state.stageId)?.position ?? 0) ? 1 : 0),
    };
  }
  return state;
};
