import { inOrder, withoutRepeats, type LogEntry, type StageInfo } from '../log';
import type { StageVisit } from './records';

/**
 * A lead's stays, from its stage log. An entry into an end stage ends the stay before it and is no stay itself; recycling counts as going back.
 * @param lead the lead's id
 */
export const visitsOf = (lead: string, log: readonly LogEntry[], stages: ReadonlyMap<string, StageInfo>): StageVisit[] => {
  const known = log.filter(({ stageId }) => stages.has(stageId));
  const moves = withoutRepeats(inOrder(known, stages)).filter((entry, at, all) => at === 0 || all[at - 1]?.stageId !== entry.stageId);
  return moves.flatMap((entry, at): StageVisit[] => {
    const here = stages.get(entry.stageId);
    if (!here || here.end !== 'open') return [];
    const next = moves[at + 1];
    const there = next && stages.get(next.stageId);
    if (!next || !there) return [{ lead, stage: here.id, from: entry.at, to: null, end: null, reason: null }];
    const end = there.end === 'lost' ? 'lost' : there.end === 'recycled' || (there.end === 'open' && there.position < here.position) ? 'back' : 'forward';
    return [{ lead, stage: here.id, from: entry.at, to: next.at, end, reason: end === 'forward' ? null : next.reason }];
  });
};
