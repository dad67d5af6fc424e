import { refuse } from '../../../platform/http/refusal';
import { isReadOnly, type WorkspaceTx } from '../../../platform/db/database';
import { findWave, type WaveRow } from '../ballots-repo';
import type { ClosedWave } from '../domain/answers';
import { waveResults } from '../domain/results';
import type { WaveResults } from '../domain/results-view';
import { answersOf, commentsOf, keepResults, keptResults, peopleAsked } from '../waves-repo';

/** Counts up whenever the rules of scoring or disclosure change, so that kept results are computed again. */
const RULES = '1';

/**
 * The gated results of a closed wave: computed at the first view, kept, and read from then on.
 * @throws 409 while the wave is not closed: no score leaves before.
 */
export const readResults = async (tx: WorkspaceTx, row: WaveRow): Promise<WaveResults> => {
  const kept = await keptResults(tx, row.id, RULES);
  if (kept) return kept;
  const own = await closedWave(tx, row);
  const previous = row.previousWaveId ? await findWave(tx, row.previousWaveId) : undefined;
  const comparable = previous?.state === 'closed' && previous.instrument?.id === row.instrument?.id;
  const results = waveResults({
    ...own,
    smallestGap: row.setup.smallestGap,
    comments: await commentsOf(tx, row.id),
    ...(previous && comparable ? { previous: { ...(await closedWave(tx, previous)), turnover: await turnover(tx, row.id, previous.id) } } : {}),
  });
  if (!(await isReadOnly(tx))) await keepResults(tx, { workspaceId: row.workspaceId, waveId: row.id, rules: RULES, results });
  return results;
};

const closedWave = async (tx: WorkspaceTx, row: WaveRow): Promise<ClosedWave> => {
  const { instrument, trees, blocks, closedAt } = row;
  if (row.state !== 'closed' || !instrument || !trees || !blocks || !closedAt)
    throw refuse.conflict('This survey is not closed yet, so there are no results.', 'Scores open once it has closed; nobody sees them earlier.');
  return {
    wave: { id: row.id, name: row.name, instrumentId: instrument.id, instrumentVersion: instrument.version, openedAt: (row.opensAt ?? row.launchedAt ?? closedAt).toISOString(), closedAt: closedAt.toISOString() },
    instrument, toolIds: row.setup.toolIds, trees, minimum: row.setup.minimum, blocks,
    answers: await answersOf(tx, row.id),
  };
};

/** Share of today's invited, by name, who were not invited then. */
const turnover = async (tx: WorkspaceTx, waveId: string, previousId: string): Promise<number> => {
  const now = await peopleAsked(tx, waveId);
  const then = new Set(await peopleAsked(tx, previousId));
  return now.length === 0 || then.size === 0 ? 0 : now.filter((id) => !then.has(id)).length / now.length;
};
