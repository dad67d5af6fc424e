import { refuse } from '../../../platform/http/refusal';
import { eraseWorkspace } from '../../../platform/db/erase-workspace';
import { renewEmptyTables } from '../../../platform/db/renew-tables';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { can } from '../policy';
import { findWorkspace } from '../repo';

/** Removes the workspace for good once its name was typed, with whatever lies outside its rows. */
export const removeWorkspace = async (scope: Scope, confirmName: string): Promise<void> => {
  allow(can(scope.me, 'workspace:remove'), 'remove this workspace');
  const workspace = await findWorkspace(scope.tx);
  if (workspace?.name.trim() !== confirmName.trim())
    throw refuse.invalid('The name you typed is not the name of this workspace. Nothing was removed.', 'Type the name exactly as it is shown.', [{ path: 'confirmName', message: 'differs' }]);
  scope.afterwards(await scope.services.beforeErasing(scope.tx));
  await eraseWorkspace(scope.tx, scope.workspaceId);
  // It may have held the last rows of a table, and what is written there next must not be slow.
  scope.afterwards(() => renewEmptyTables(scope.services.ownerUrl));
};
