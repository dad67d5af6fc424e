import type { FunctionName } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import { readResults } from './commands/read-results';
import { gate } from './domain/gate';
import { isHidden, type WaveResults } from './domain/results-view';
import { MINIMUM_DEFAULT } from './domain/wave-setup';
import { canSeeResults, type Me } from './policy';
import { latestClosed, latestPublished } from './waves-repo';

/** What one function said to one statement: one decimal, or hidden by the disclosure gate. `n` is its section's. */
export type Said = { waveId: string; wave: string; closedAt: string; mean: number | null; n: number; hidden: boolean };

/**
 * What a function said to one statement in the latest closed survey, as the disclosure gate lets it out; null when this reader may not
 * see that survey yet, or the statement or the function was not asked.
 */
export const saidLatest = async (tx: WorkspaceTx, me: Me, asked: readonly { function: FunctionName; statementId: string }[]): Promise<(Said | null)[]> => {
  const row = await latestClosed(tx);
  if (!row || !canSeeResults(me, row)) return asked.map(() => null);
  const results = await readResults(tx, row);
  const statements = results.tools.flatMap((tool) => tool.sections).flatMap((section) => section.statements);
  return asked.map(({ function: does, statementId }): Said | null => {
    const wasAsked = statements.find((statement) => statement.statementId === statementId);
    const invited = results.response.some((response) => response.function === does && response.invited > 0);
    if (!wasAsked || !invited) return null;
    const block = results.blocks.find((candidate) => candidate.kind === 'function' && candidate.function === does);
    const group = wasAsked.groups.find(({ blockId }) => blockId === block?.id);
    const mean = group === undefined || isHidden(group.mean) ? null : group.mean;
    return { waveId: row.id, wave: results.wave.name, closedAt: results.wave.closedAt, mean, n: mean === null ? 0 : (group?.n ?? 0), hidden: mean === null };
  });
};

/** As small as a group may be where nobody chose otherwise. */
const MINIMUM = { general: MINIMUM_DEFAULT, leadership: MINIMUM_DEFAULT };

/** Groups of a function whose number may be told beside each other: what is left over is then nobody, or enough people. @param counts by group */
export const shownGroups = (of: FunctionName, counts: ReadonlyMap<string, number>): Set<string> => {
  const children = [...counts.keys()].map((id) => ({ id: `${of}/${id}`, path: { function: of }, invited: counts.get(id) ?? 0, children: [] }));
  const count = (id: string): number => counts.get(id.slice(of.length + 1)) ?? [...counts.values()].reduce((sum, each) => sum + each, 0);
  return new Set(gate([{ id: of, path: { function: of }, invited: count(of), children }], count, MINIMUM).filter(({ kind }) => kind === 'part').map(({ id }) => id.slice(of.length + 1)));
};

export type { WaveResults };

/** What the disclosure gate lets out of the latest closed survey; null when there is none, or this reader may not see it yet. */
export const resultsLatest = async (tx: WorkspaceTx, me: Me): Promise<WaveResults | null> => {
  const row = await latestClosed(tx);
  return row && canSeeResults(me, row) ? readResults(tx, row) : null;
};

/** When the latest closed survey was closed, ISO 8601; null when there is none, or this reader may not see it yet. */
export const latestAsked = async (tx: WorkspaceTx, me: Me): Promise<string | null> => {
  const row = await latestClosed(tx);
  return row?.closedAt && canSeeResults(me, row) ? row.closedAt.toISOString() : null;
};

/** Whether everybody in the workspace may read the latest closed survey's results by now. */
export const latestIsPublished = async (tx: WorkspaceTx): Promise<boolean> => (await latestClosed(tx))?.publishedAt != null;

/** Published surveys, oldest first, six at most, each as the disclosure gate lets it out. Anybody in the workspace may read them. */
export const resultsPublished = async (tx: WorkspaceTx): Promise<WaveResults[]> => {
  const results: WaveResults[] = [];
  for (const row of (await latestPublished(tx, 6)).toReversed()) results.push(await readResults(tx, row));
  return results;
};
