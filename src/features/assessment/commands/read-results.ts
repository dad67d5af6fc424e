import { refuse } from '../../../platform/http/refusal';
import type { WorkspaceTx } from '../../../platform/db/database';
import { findWave, type WaveRow } from '../ballots-repo';
import type { ClosedWave } from '../domain/answers';
import { waveResults } from '../domain/results';
import type { WaveResults } from '../domain/results-view';
import { waveResultsSchema } from '../results-contract';
import { answersOf, areKept, commentsOf, keepResults, keptResults, peopleAsked } from '../waves-repo';

/** Counts up whenever the rules of scoring or disclosure change, so that kept results are computed again. */
export const RULES = '1';

/** The last few kept results as objects: reading megabytes of JSON again and again is most of a later view. */
const remembered = new Map<string, WaveResults>();
const MOST_REMEMBERED = 4;
const keyOf = (row: WaveRow): string => [row.workspaceId, row.id, row.version, row.closedAt?.getTime(), RULES].join('|');

/**
 * Remembers by all that the figures depend on: a closed wave's answers never change, and `version` counts up with everything else about it. Who
 * may see them has been decided before, on every request.
 */
const remember = (row: WaveRow, results: WaveResults): WaveResults => {
  const key = keyOf(row);
  // Checked once, when first held: whatever the API's picture of results does not name is dropped here.
  const checked = remembered.get(key) ?? waveResultsSchema.parse(results);
  remembered.delete(key);
  remembered.set(key, checked);
  for (const oldest of [...remembered.keys()].slice(0, Math.max(0, remembered.size - MOST_REMEMBERED))) remembered.delete(oldest);
  return checked;
};

/**
 * The gated results of a closed wave: as they were kept, or computed. Reading writes nothing, so that nobody who looks waits for a write.
 * @throws 409 while the wave is not closed: no score leaves before.
 */
export const readResults = async (tx: WorkspaceTx, row: WaveRow): Promise<WaveResults> => {
  const held = remembered.get(keyOf(row));
  if (held) return remember(row, held);
  return remember(row, (await keptResults(tx, row.id, RULES)) ?? (await computed(tx, row)));
};

/** Keeps a closed wave's results for every later reader, unless they are kept already. */
export const writeResults = async (tx: WorkspaceTx, row: WaveRow): Promise<void> => {
  if (await areKept(tx, row.id, RULES)) return;
  await keepResults(tx, { workspaceId: row.workspaceId, waveId: row.id, rules: RULES, results: await readResults(tx, row) });
};

const computed = async (tx: WorkspaceTx, row: WaveRow): Promise<WaveResults> => {
  const own = await closedWave(tx, row);
  const previous = row.previousWaveId ? await findWave(tx, row.previousWaveId) : undefined;
  const comparable = previous?.state === 'closed' && previous.instrument?.id === row.instrument?.id;
  return waveResults({
    ...own,
    smallestGap: row.setup.smallestGap,
    comments: await commentsOf(tx, row.id),
    ...(previous && comparable ? { previous: { ...(await closedWave(tx, previous)), turnover: await turnover(tx, row.id, previous.id) } } : {}),
  });
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
