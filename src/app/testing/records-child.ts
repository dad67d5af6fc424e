import { createInterface } from 'node:readline';
import { readConfig } from '../../platform/config/config';
import { openDatabase } from '../../platform/db/database';
import { createLog } from '../../platform/log/log';
import { jobs } from '../features';
import { createServices } from '../services';

/** A process of its own that runs one job, so that a test can kill it: says "ready", waits for the job as a line of JSON, says "done" once it is committed. */
const [appUrl = '', dataDir = ''] = process.argv.slice(2);

const db = openDatabase(appUrl, () => undefined, 4);
const services = createServices({
  config: readConfig({ BASE_URL: 'http://lockstep.test', DATA_DIR: dataDir }, null), db, ownerUrl: '', log: createLog('silent'), mail: null, version: 'test',
  jobs: { send: async () => undefined, stop: async () => undefined },
});
const lines = createInterface({ input: process.stdin });
process.stdout.write('ready\n');
for await (const line of lines) {
  const { name, data } = JSON.parse(line) as { name: string; data: Record<string, unknown> };
  const job = jobs.find((each) => each.name === name);
  if (!job) throw new Error(`no job is called ${name}`);
  process.stdout.write('begun\n');
  await job.run(data, services);
  process.stdout.write('done\n');
  break;
}
await db.close();
process.exit(0);
