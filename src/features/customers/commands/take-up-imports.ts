import type { Services } from '../../../platform/rpc/context';
import { giveUp } from '../give-up';
import { findImport, nobodyWorks, updateImport } from '../import-repo';
import { mappingFault } from '../domain/mapping';
import { dropUpload, isLeftOver, uploadPath, uploadsWaiting } from '../upload-files';

/** A job that was just sent begins within seconds. */
const LEFT_MS = 60_000;
/** A file that ends the server each time must not do so for ever. */
const MOST_TRIES = 3;

const JOB_OF = { uploaded: 'customers.check-import', checking: 'customers.check-import', applying: 'customers.apply-import', reverting: 'customers.revert-import' } as const;

/** A server that ended between keeping a file and noting it leaves up to two gigabytes that nobody knows of. */
const dropLeftOver = async (services: Services, workspaceId: string, name: string): Promise<void> => {
  const path = uploadPath(services.config.dataDir, workspaceId, name);
  if (await isLeftOver(path, services.now())) await dropUpload(path);
};

const takeUp = async (services: Services, workspaceId: string, importId: string): Promise<void> => {
  const next = await services.db.inWorkspace(workspaceId, async (tx) => {
    const row = await findImport(tx, importId);
    const state = row?.state;
    if (!row) return 'nobody';
    if (!state || !(state in JOB_OF) || services.now().getTime() - row.changedAt.getTime() < LEFT_MS) return undefined;
    if (state === 'uploaded' && mappingFault(row.mapping, row.headings)) return undefined;
    if (!(await nobodyWorks(tx, workspaceId, importId))) return undefined;
    const tries = (row.counts.tries ?? 0) + 1;
    if (tries > MOST_TRIES) return 'over';
    await updateImport(tx, importId, { counts: { ...row.counts, tries }, changedAt: services.now() });
    return JOB_OF[state as keyof typeof JOB_OF];
  });
  if (next === 'nobody') await dropLeftOver(services, workspaceId, importId);
  else if (next === 'over') await giveUp(services, workspaceId, importId, 'interrupted');
  else if (next) await services.jobs.send(next, { workspaceId, importId });
};

const ID = /^[0-9a-f-]{36}$/u;

/** Work on files that a server left when it was ended is sent on its way again; after some such ends it is given up, and said. */
export const takeUpImports = async (services: Services): Promise<void> => {
  for (const { workspaceId, importId } of await uploadsWaiting(services.config.dataDir)) {
    if (!ID.test(workspaceId)) continue;
    if (ID.test(importId)) await takeUp(services, workspaceId, importId);
    else if (importId.endsWith('.part')) await dropLeftOver(services, workspaceId, importId);
  }
};
