import { createServices } from '../services';
import { findWave, workspaceOfWave } from '../../features/assessment/ballots-repo';
import { mixWave } from '../../features/assessment/commands/mix';
import { tendWaves } from '../../features/assessment/jobs';
import { readConfig } from '../../platform/config/config';
import { openDatabase } from '../../platform/db/database';
import { createLog } from '../../platform/log/log';

/** A server's background work in a process of its own, to be killed at any moment: mixes without pause, or closes once. */
const [what, waveId, appUrl, ownerUrl, dataDir, now] = process.argv.slice(2) as [string, string, string, string, string, string];

const db = openDatabase(appUrl, () => undefined, 4);
const services = createServices({
  config: { ...readConfig({ DATA_DIR: dataDir, CLOSE_GRACE: '0' }, null) }, db, ownerUrl, log: createLog('silent'), mail: null, version: 'test',
  jobs: { send: async () => undefined, stop: async () => undefined }, now: () => new Date(now),
});

const workspaceId = await services.db.outside((tx) => workspaceOfWave(tx, waveId));
if (!workspaceId) throw new Error('no such survey');
await services.db.inWorkspace(workspaceId, (tx) => findWave(tx, waveId));
process.stdout.write('ready\n');
if (what === 'mix') for (;;) await mixWave(services, workspaceId, waveId);
await tendWaves(services);
await db.close();
process.stdout.write('done\n');
