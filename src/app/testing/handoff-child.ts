import { randomUUID } from 'node:crypto';
import { asc } from 'drizzle-orm';
import type { Acting } from '../../features/pipeline/acting';
import { decideHandoffs } from '../../features/pipeline/commands/decide-handoffs';
import { offerLeads } from '../../features/pipeline/commands/offer-leads';
import { handoff } from '../../features/pipeline/handoff-schema';
import { lead } from '../../features/pipeline/schema';
import { recordAudit } from '../../features/workspace/public';
import { readConfig } from '../../platform/config/config';
import { openDatabase } from '../../platform/db/database';
import { createLog } from '../../platform/log/log';
import { createServices } from '../services';

/** A process of its own that offers all leads to somebody of sales, or answers all offers, so that a test can kill it: says "ready", acts when told to, says "done" once it is committed. */
const [workspaceId = '', userId = '', appUrl = '', act = '', person = ''] = process.argv.slice(2);

const db = openDatabase(appUrl, () => undefined, 2);
const services = createServices({
  config: readConfig({ BASE_URL: 'http://lockstep.test', DATA_DIR: '/nowhere' }, null), db, ownerUrl: '', log: createLog('silent'), mail: null, version: 'test',
  jobs: { send: async () => undefined, stop: async () => undefined },
});
const go = new Promise<void>((resolve) => process.stdin.once('data', () => resolve()));
process.stdout.write('ready\n');
await go;
await db.inWorkspace(workspaceId, async (tx) => {
  const now = services.now();
  const by: Acting = {
    tx, workspaceId, now, newId: randomUUID, mailing: { services, afterwards: () => undefined }, label: 'Olga Owner', userId, from: 'hand',
    audit: (entry) => recordAudit(tx, workspaceId, randomUUID(), now, { id: userId, label: 'Olga Owner' }, entry),
  };
  if (act === 'offer') await offerLeads(by, { ids: (await tx.select({ id: lead.id }).from(lead).orderBy(asc(lead.id))).map((row) => row.id), toPersonId: person, note: 'All at once', dueAt: null });
  else await decideHandoffs(by, (await tx.select({ id: handoff.id }).from(handoff).orderBy(asc(handoff.id))).map((row) => row.id), { kind: 'reject', reason: 'No budget', note: null });
});
process.stdout.write('done\n');
await db.close();
process.stdin.destroy();
