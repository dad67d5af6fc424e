import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { importPeople, previewImport } from '../../features/people/commands/import-people';
import { withUpload } from '../../features/people/commands/read-upload';
import { recordAudit } from '../../features/workspace/public';
import { readConfig } from '../../platform/config/config';
import { openDatabase } from '../../platform/db/database';
import { createLog } from '../../platform/log/log';
import type { Scope } from '../../platform/rpc/with-workspace';
import { createServices } from '../services';

/** A process of its own that imports one file, so that a test can kill it: says "ready", imports, says "done" once it is committed. */
const [workspaceId = '', userId = '', appUrl = '', id = '', path = ''] = process.argv.slice(2);

const db = openDatabase(appUrl, () => undefined, 2);
const services = createServices({
  config: readConfig({ BASE_URL: 'http://lockstep.test', DATA_DIR: '/nowhere' }, null), db, ownerUrl: '', log: createLog('silent'), mail: null, version: 'test',
  jobs: { send: async () => undefined, stop: async () => undefined },
});
await withUpload(new Blob([readFileSync(path)]), async (upload) => {
  process.stdout.write('ready\n');
  await db.inWorkspace(workspaceId, async (tx) => {
    const now = services.now();
    const me = { userId, label: 'Importer', role: 'owner' as const, personId: null, headOf: null };
    const scope: Scope = {
      tx, workspaceId, me, now, newId: randomUUID, services, afterwards: () => undefined,
      audit: (entry) => recordAudit(tx, workspaceId, randomUUID(), now, { id: userId, label: me.label }, entry),
    };
    const { mapping, fingerprint } = await previewImport(scope, upload);
    await importPeople(scope, upload, { id, label: 'staff.csv', mapping, fingerprint, skipLines: [] }, { step: async () => undefined, end: async () => undefined });
  });
});
process.stdout.write('done\n');
await db.close();
