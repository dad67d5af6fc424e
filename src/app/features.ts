import { demoContract } from './demo-contract';
import { demoRouter } from './demo-http';
import { agreementsContract } from '../features/agreements/contract';
import { agreementsRouter } from '../features/agreements/http';
import { agreementsJobs } from '../features/agreements/jobs';
import { assessmentContract } from '../features/assessment/contract';
import { assessmentRouter } from '../features/assessment/http';
import { assessmentJobs } from '../features/assessment/jobs';
import { customersContract } from '../features/customers/contract';
import { customersRouter } from '../features/customers/http';
import { customersJobs } from '../features/customers/jobs';
import { diagnosisContract } from '../features/diagnosis/contract';
import { diagnosisRouter } from '../features/diagnosis/http';
import { goalsContract } from '../features/goals/contract';
import { goalsRouter } from '../features/goals/http';
import { goalsJobs } from '../features/goals/jobs';
import { improvementContract } from '../features/improvement/contract';
import { improvementRouter } from '../features/improvement/http';
import { huddleContract } from '../features/huddle/contract';
import { huddleRouter } from '../features/huddle/http';
import { improvementJobs } from '../features/improvement/jobs';
import { peopleContract } from '../features/people/contract';
import { peopleRouter } from '../features/people/http';
import { answerContract } from '../features/pipeline/answer-contract';
import { answerRouter } from '../features/pipeline/answer-http';
import { answerJobs, wakeAnswers } from '../features/pipeline/answer-jobs';
import { pipelineContract } from '../features/pipeline/contract';
import { pipelineRouter } from '../features/pipeline/http';
import { leadsUpdated } from '../features/pipeline/announce';
import { pipelineJobs } from '../features/pipeline/jobs';
import { leadProjection } from '../features/pipeline/projection';
import { warmLeads } from '../features/pipeline/warm-leads';
import { workspaceContract } from '../features/workspace/contract';
import { workspaceRouter } from '../features/workspace/http';
import { workspaceJobs } from '../features/workspace/jobs';
import type { Job } from '../platform/jobs/jobs';
import type { Services } from '../platform/rpc/context';

/** What follows from records, in the transaction that changes them. */
export const projections = [leadProjection, leadsUpdated];

/** Nobody waits for it: pages that are asked for meanwhile read what is left. */
const readAhead = async (services: Services, workspaceId: string): Promise<void> => void warmLeads(services, workspaceId);

/** What follows once files of records are in. */
const following = {
  changed: readAhead,
  matched: async (services: Services, workspaceId: string): Promise<void> => {
    await readAhead(services, workspaceId);
    await wakeAnswers(services, workspaceId);
  },
};

/** The one line of composition a new feature adds to: its contract, its router, its jobs. */
export const contracts = { agreements: agreementsContract, answers: answerContract, assessment: assessmentContract, customers: customersContract, demo: demoContract, diagnosis: diagnosisContract, goals: goalsContract, huddle: huddleContract, improvement: improvementContract, people: peopleContract, pipeline: pipelineContract, workspace: workspaceContract };
export const routers = { agreements: agreementsRouter, answers: answerRouter, assessment: assessmentRouter, customers: customersRouter(projections), demo: demoRouter, diagnosis: diagnosisRouter, goals: goalsRouter, huddle: huddleRouter, improvement: improvementRouter, people: peopleRouter, pipeline: pipelineRouter, workspace: workspaceRouter };
export const jobs: Job<Services>[] = [...workspaceJobs, ...assessmentJobs, ...agreementsJobs, ...goalsJobs, ...improvementJobs, ...customersJobs(projections, following), ...answerJobs, ...pipelineJobs];
