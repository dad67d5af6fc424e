import type { Job } from '../../platform/jobs/jobs';
import type { Services } from '../../platform/rpc/context';
import { lastChangeOfRecords } from '../customers/public';
import { answerData } from './answer-data';
import { saveAnswers } from './answer-repo';
import { computeApart } from './answer-thread';
import { revisionOf } from './revision';

const JOB = 'pipeline.compute-answers';

/** Reads, works out, keeps. What changes in between makes the answers stale by their revision, never wrong in part. */
const compute = async (services: Services, workspaceId: string): Promise<void> => {
  const now = services.now();
  const { data, ...of } = await services.db.inWorkspace(workspaceId, async (tx) => ({ revision: await revisionOf(tx), dataAt: await lastChangeOfRecords(tx, workspaceId), data: await answerData(tx, workspaceId, now) }));
  const computed = await computeApart(data);
  await services.db.inWorkspace(workspaceId, (tx) => saveAnswers(tx, workspaceId, computed, now, of));
};

export const answerJobs: Job<Services>[] = [
  { name: JOB, run: async ({ workspaceId }, services) => {
    if (typeof workspaceId === 'string') await compute(services, workspaceId);
  } },
];

/** Has the answers worked out once what is running is done, e.g. after records changed. */
export const wakeAnswers = (services: Services, workspaceId: string): Promise<void> => services.jobs.send(JOB, { workspaceId });

/** As often as a page asks, it is one piece of work a minute. */
export const wakeAnswersForPage = (services: Services, workspaceId: string): Promise<void> => services.jobs.send(JOB, { workspaceId }, { singletonKey: workspaceId, singletonSeconds: 60 });
