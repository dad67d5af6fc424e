import { wilson } from '../../../../lib/statistics/wilson';
import { MINIMUM_GROUP, type Interval, type StageVisit } from './records';

export type DropReason = { reason: string | null; count: number; share: number; leads: string[] };

/** Of the leads that ever were in a stage: how many dropped out there for good, and why. Shares are fractions; null under the minimum. */
export type StageDrop = { stage: string; leads: number; lost: number; share: number | null; wilson95: Interval | null; reasons: DropReason[]; /** Sent back for later and not taken up since. */ returned: number; returnReasons: DropReason[] };

const reasonsOf = (lost: readonly StageVisit[]): DropReason[] => {
  const byReason = new Map<string | null, string[]>();
  for (const { reason, lead } of lost) {
    const name = reason?.trim() ? reason.trim() : null;
    const same = byReason.get(name);
    if (same) same.push(lead);
    else byReason.set(name, [lead]);
  }
  return [...byReason]
    .map(([reason, leads]) => ({ reason, count: leads.length, share: leads.length / lost.length, leads }))
    .toSorted((a, b) => b.count - a.count || ((a.reason ?? '\uffff') < (b.reason ?? '\uffff') ? -1 : 1));
};

/** The stay in which each lead stands or ended. */
export const lastStays = (visits: readonly StageVisit[]): StageVisit[] => {
  const last = new Map<string, StageVisit>();
  for (const visit of visits) {
    const known = last.get(visit.lead);
    if (!known || visit.from >= known.from) last.set(visit.lead, visit);
  }
  return [...last.values()];
};

/**
 * The third question, where leads drop out. A lead that was lost and came back is not counted as lost where it was revived: only its last stay decides.
 * Reasons nobody gave stand as null, since a missing reason is a finding too.
 */
export const dropOut = (visits: readonly StageVisit[], stages: readonly string[], minimum = MINIMUM_GROUP): StageDrop[] => {
  const ends = lastStays(visits).filter(({ end }) => end === 'lost' || end === 'back');
  return stages.map((stage) => {
    const leads = new Set(visits.filter((visit) => visit.stage === stage).map(({ lead }) => lead)).size;
    const [lost, returned] = (['lost', 'back'] as const).map((end) => ends.filter((visit) => visit.stage === stage && visit.end === end)) as [StageVisit[], StageVisit[]];
    const told = leads >= minimum;
    const { low, high } = wilson(lost.length, leads);
    return { stage, leads, lost: lost.length, share: told ? lost.length / leads : null, wilson95: told ? [low, high] : null, reasons: reasonsOf(lost), returned: returned.length, returnReasons: reasonsOf(returned) };
  });
};
