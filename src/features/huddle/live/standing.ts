import { refuse } from '../../../platform/http/refusal';
import { sealerOf } from '../../../platform/crypto/server-key';
import type { WorkspaceTx } from '../../../platform/db/database';
import type { Services } from '../../../platform/rpc/context';
import { apply } from '../domain/apply';
import type { Saved } from '../domain/operation';
import type { State, Touched } from '../domain/state';
import { huddleById, operationsAfter, startOf, type HuddleRow } from '../repo';

/** Where a Huddle stands in this process: the fold of its log, and what each operation touched, by its number. The history is only ever written on. */
export type Standing = { row: HuddleRow; secret: string; state: State; history: Touched[] };

export const purposeOf = (huddle: string): string => `huddle ${huddle}`;

/** The standing after these operations. Should their transaction fail, what they left in the history is written over by those that come in their place. */
export const advanced = (standing: Standing, entries: readonly Saved[]): Standing => {
  let { state } = standing;
  for (const entry of entries) {
    const next = apply(state, entry);
    state = next.state;
    standing.history[entry.seq - 1] = next.touched;
  }
  return { ...standing, state };
};

/** The secret seats' passes are made of. @throws 404 when it was sealed under a key this server does not have */
export const secretOf = (services: Services, row: HuddleRow): string => {
  const secret = row.sealedSecret ? sealerOf(services.config).open(row.sealedSecret, purposeOf(row.id)) : undefined;
  if (secret === undefined) throw refuse.notFound('Huddle');
  return secret;
};

/** What has become of a Huddle, without a way to act in it. */
export const stateOf = async (tx: WorkspaceTx, row: HuddleRow): Promise<State> => advanced({ row, secret: '', state: startOf(row), history: [] }, await operationsAfter(tx, row.id, 0)).state;

/** Reads a Huddle and everything that happened in it. @throws 404 when there is none */
export const readStanding = async (services: Services, workspaceId: string, huddleId: string): Promise<Standing> =>
  services.db.inWorkspace(workspaceId, async (tx) => {
    const row = await huddleById(tx, huddleId);
    if (!row) throw refuse.notFound('Huddle');
    return advanced({ row, secret: secretOf(services, row), state: startOf(row), history: [] }, await operationsAfter(tx, huddleId, 0));
  });
