import type { Job } from '../../platform/jobs/jobs';
import type { Services } from '../../platform/rpc/context';
import { lastChangeOfRecords, nothingMatched } from '../customers/public';
import { answerData } from './answer-data';
import { lastComputed, saveAnswers } from './answer-repo';
import { computeApart } from './answer-thread';
import { revisionOf } from './revision';

const JOB = 'pipeline.compute-answers';

/**
 * Reads, works out, keeps. What changes in between makes the answers stale by their revision, never wrong in part. Not while records are compared: both
 * at once take the memory of both, and what comes out of the comparing would have the answers worked out again.
 */
const compute = (services: Services, workspaceId: string): Promise<void> =>
  services.db.inWorkspace(workspaceId, async (tx) => {
    if (!(await nothingMatched(tx, workspaceId))) return;
    const now = services.now();
    const of = { revision: await revisionOf(tx), dataAt: await lastChangeOfRecords(tx, workspaceId) };
    await saveAnswers(tx, workspaceId, await computeApart(await answerData(tx, workspaceId, now)), now, of);
  });

/** Whether answers newer than those somebody saw are there already: working them out may take longer than it takes to wish for them again. */
const served = async (services: Services, workspaceId: string, seen: unknown): Promise<boolean> => {
  if (seen === undefined) return false;
  const latest = await services.db.inWorkspace(workspaceId, lastComputed);
  return latest !== null && (typeof seen !== 'string' || latest > new Date(seen));
};

export const answerJobs: Job<Services>[] = [
  { name: JOB, run: async ({ workspaceId, seen }, services) => {
    if (typeof workspaceId === 'string' && !(await served(services, workspaceId, seen))) await compute(services, workspaceId);
  } },
];

/** Has the answers worked out once what is running is done, e.g. after records changed. */
export const wakeAnswers = (services: Services, workspaceId: string): Promise<void> => services.jobs.send(JOB, { workspaceId });

/** As often as a page asks, it is one piece of work a minute, and none where newer answers than it showed are there by then. @param seen when those it showed were worked out */
export const wakeAnswersForPage = (services: Services, workspaceId: string, seen: Date | null): Promise<void> => services.jobs.send(JOB, { workspaceId, seen: seen?.toISOString() ?? null }, { singletonKey: workspaceId, singletonSeconds: 60 });
