import type { Job } from '../../platform/jobs/jobs';
import type { Services } from '../../platform/rpc/context';
import { faultKind } from '../../platform/log/fault';
import { hasMailDue } from '../workspace/public';
import { findWave, workspaceOfWave, type WaveRow } from './ballots-repo';
import { closeWave } from './commands/close';
import { mixWave } from './commands/mix';
import { sendInvitations } from './commands/reach-people';
import { remindOutstanding, type Occasion } from './commands/remind';
import { writeResults } from './commands/read-results';
import { dueReminders } from './domain/reminders';
import { waveKeys } from './wave-secrets';

const KEEP = 'assessment-keep-results';

/** A launch takes seconds; a key that old without a survey belongs to one that failed or was removed. */
const ORPHAN_MS = 3_600_000;

/**
 * Looks after every wave that has a key file: mixes what came in, closes what is due, finishes a closing that was interrupted.
 * One wave's failure keeps no other from its turn.
 */
export const tendWaves = async (services: Services): Promise<void> => {
  const faults: string[] = [];
  for (const waveId of await waveKeys(services.config).list()) {
    // Only the kind: a database error's message quotes rows, and the queue would keep it.
    await tendWave(services, waveId).catch((error: unknown) => faults.push(faultKind(error)));
  }
  if (faults.length > 0) throw new Error(`${faults.length} survey(s) could not be mixed or closed: ${[...new Set(faults)].join(', ')}`);
};

const tendWave = async (services: Services, waveId: string): Promise<void> => {
  const workspaceId = await services.db.outside((tx) => workspaceOfWave(tx, waveId));
  const row = workspaceId ? await services.db.inWorkspace(workspaceId, (tx) => findWave(tx, waveId)) : undefined;
  if (!workspaceId || !row) return destroyOrphan(services, waveId);
  if (await closeWave(services, workspaceId, waveId)) {
    await prepareResults(services, workspaceId, waveId);
    return;
  }
  await mixWave(services, workspaceId, waveId);
  await wakeMails(services, workspaceId, row);
};

/** Mails go out in jobs of their own: a slow mail server must keep no ballot from being mixed. */
const wakeMails = async (services: Services, workspaceId: string, row: WaveRow): Promise<void> => {
  if (!services.mail || !row.opensAt || !row.closesAt) return;
  const now = services.now();
  const ids = { workspaceId, waveId: row.id };
  if (await services.db.inWorkspace(workspaceId, (tx) => hasMailDue(tx, row.id, now))) await services.jobs.send('assessment-invite', ids);
  if (dueReminders(row.setup.reminderDaysBefore, row.reminded ?? [], row.opensAt, row.closesAt, now).length > 0) await services.jobs.send('assessment-remind', ids);
};

const destroyOrphan = async (services: Services, waveId: string): Promise<void> => {
  const keys = waveKeys(services.config);
  const madeAt = await keys.madeAt(waveId);
  if (!madeAt || services.now().getTime() - madeAt.getTime() < ORPHAN_MS) return;
  await keys.destroy(waveId);
  services.log.warn('the key of a survey that is no longer there was destroyed');
};

/** Computed once after closing, so that nobody waits at the first look. */
const prepareResults = (services: Services, workspaceId: string, waveId: string): Promise<void> =>
  services.db.inWorkspace(workspaceId, async (tx) => {
    const row = await findWave(tx, waveId);
    if (row?.state === 'closed') await writeResults(tx, row);
  });

/** Runs `work` for the wave a job names, if it is still there. */
const forWave = async (services: Services, data: Record<string, unknown>, work: (workspaceId: string, row: WaveRow) => Promise<void>): Promise<void> => {
  const { workspaceId, waveId } = data;
  if (typeof workspaceId !== 'string' || typeof waveId !== 'string') return;
  const row = await services.db.inWorkspace(workspaceId, (tx) => findWave(tx, waveId));
  if (row?.state !== 'open') return;
  // Only the kind, as above: the queue keeps a job's error.
  await work(workspaceId, row).catch((error: unknown) => {
    throw new Error(`a survey's mails could not be sent: ${faultKind(error)}`);
  });
};

export const assessmentJobs: Job<Services>[] = [
  { name: 'assessment-tend', cron: '* * * * *', run: (_data, services) => tendWaves(services) },
  { name: 'assessment-invite', run: (data, services) => forWave(services, data, async (workspaceId, row) => void (await sendInvitations(services, workspaceId, row))) },
  { name: 'assessment-remind', run: (data, services) => forWave(services, data, async (workspaceId, row) => void (await remindOutstanding(services, workspaceId, row, occasionOf(data)))) },
  { name: KEEP, run: async ({ workspaceId, waveId }, services) => {
    if (typeof workspaceId === 'string' && typeof waveId === 'string') await prepareResults(services, workspaceId, waveId);
  } },
];

/** Has the results kept that somebody looked at before they were, e.g. of a wave read from a file or made before an upgrade. */
export const wakeResults = (services: Services, workspaceId: string, waveId: string): Promise<void> => services.jobs.send(KEEP, { workspaceId, waveId }, { singletonKey: waveId, singletonSeconds: 60 });

/** A wish carries the moment it was made at, so that a job run twice serves it once. */
const occasionOf = ({ wishedAt }: Record<string, unknown>): Occasion => (typeof wishedAt === 'string' ? { by: 'hand', at: new Date(wishedAt) } : { by: 'schedule' });
