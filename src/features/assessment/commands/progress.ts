import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../../platform/db/database';
import { FUNCTIONS } from '../../../lib/vocabulary';
import { leavesOfWave, type WaveRow } from '../ballots-repo';
import { wordsOfHash } from '../domain/public-list';
import { minimumFor } from '../domain/tree';
import { groupLabel } from '../group-label';

/**
 * How far a wave has come, told so that nobody can be singled out: per function rounded down to whole multiples of the
 * minimum, per group only "enough" or "not yet" (anonymity.md A, "Cases").
 */
export const waveProgress = async (tx: WorkspaceTx, row: WaveRow) => {
  const leaves = await leavesOfWave(tx, row.id);
  const { rows } = await tx.execute<{ leaf_id: string; n: number }>(sql`select leaf_id, count(*)::int as n from ballot_box where wave_id = ${row.id} group by 1`);
  const received = new Map(rows.map((each) => [each.leaf_id, each.n]));
  const of = (id: string) => received.get(id) ?? 0;
  return {
    functions: FUNCTIONS.flatMap((name) => {
      const own = leaves.filter((leaf) => leaf.function === name);
      if (own.length === 0) return [];
      const minimum = minimumFor(name, row.setup.minimum);
      const answered = own.reduce((sum, leaf) => sum + of(leaf.id), 0);
      return [{ function: name, invited: own.reduce((sum, leaf) => sum + leaf.invited, 0), atLeast: Math.floor(answered / minimum) * minimum, minimum }];
    }),
    groups: leaves.map((leaf) => ({ id: leaf.id, label: groupLabel(leaf.path).en, function: leaf.function, invited: leaf.invited, enough: of(leaf.id) >= minimumFor(leaf.function, row.setup.minimum) })),
    words: row.listHash ? wordsOfHash(Buffer.from(row.listHash, 'base64url')) : [],
  };
};
