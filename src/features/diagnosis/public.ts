import type { Cause } from '../../lib/vocabulary';
import type { Scope } from '../../platform/rpc/with-workspace';
import { standsBehind, weighCauses, type EvidenceId, type EvidenceKind, type Standing } from './domain/causes';
import { gather } from './gather';
import { verdicts, type VerdictRow } from './repo';

export type CauseNow = {
  cause: Cause; standing: Standing; verdict: VerdictRow['verdict'] | null;
  /** Named as one that is behind it: confirmed, or likely and not overruled. */
  behind: boolean;
  /** Everything that could be told for or against it, the strongest first. */
  evidence: { id: EvidenceId; kind: EvidenceKind; signal: number; figure: { share: number; of: number } | null }[];
};

/** How the five root causes stand now, for this reader: what was said counts only where they may see the survey. */
export const causesNow = async (scope: Scope): Promise<CauseNow[]> => {
  const { readings, figures } = await gather(scope);
  const judged = await verdicts(scope.tx);
  return weighCauses(readings).map(({ cause, standing, items }) => {
    const verdict = judged.get(cause)?.verdict ?? null;
    const told = items.flatMap(({ id, kind, reading }) => ('signal' in reading ? [{ id, kind, signal: reading.signal, figure: figures[id] ?? null }] : []));
    return { cause, standing, verdict, behind: standsBehind(standing, verdict), evidence: told.toSorted((a, b) => b.signal - a.signal) };
  });
};
