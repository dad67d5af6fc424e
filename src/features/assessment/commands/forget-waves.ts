import type { WorkspaceTx } from '../../../platform/db/database';
import type { Services } from '../../../platform/rpc/context';
import { wave } from '../schema';
import { waveRuntimesOf } from '../wave-runtime';
import { waveKeys } from '../wave-secrets';

/**
 * For the removal of a workspace: what lies outside its rows and must go with them.
 * @returns the work to do once the removal is in: destroys the waves' key files, so that no backup of the open ones can be read any
 *   more, and forgets the keys in memory, so that no ballot is signed any more
 */
export const forgetWaves = async (services: Services, tx: WorkspaceTx): Promise<() => Promise<void>> => {
  const rows = await tx.select({ id: wave.id }).from(wave);
  return async () => {
    for (const { id } of rows) {
      waveRuntimesOf(services).forget(id);
      await waveKeys(services.config).destroy(id);
    }
  };
};
