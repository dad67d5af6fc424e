import { assessmentJobs } from '../features/assessment/jobs';
import type { Job } from '../platform/jobs/jobs';
import type { Services } from '../platform/rpc/context';
import { peopleContract } from '../features/people/contract';
import { peopleRouter } from '../features/people/http';
import { workspaceContract } from '../features/workspace/contract';
import { workspaceRouter } from '../features/workspace/http';
import { workspaceJobs } from '../features/workspace/jobs';

/** The one line of composition a new feature adds to: its contract, its router, its jobs. */
export const contracts = { people: peopleContract, workspace: workspaceContract };
export const routers = { people: peopleRouter, workspace: workspaceRouter };
export const jobs: Job<Services>[] = [...workspaceJobs, ...assessmentJobs];
