import { z } from 'zod';
import { api } from '../../lib/api';
import { SIDES } from '../../lib/vocabulary';
import { BUYER_STAGES, STAGE_ENDS, STAGE_ROLES } from './domain/stages';

const inWorkspace = z.object({ workspace: z.uuid() });
const one = inWorkspace.extend({ id: z.uuid() });
const count = z.number().int().nonnegative();
const instant = z.iso.datetime();
const tags = ['pipeline'];
const name = z.string().trim().min(1).max(80);
const long = z.string().trim().max(600);
const done = z.object({ done: z.literal(true) });

const stageSetup = z.object({ name, role: z.enum(STAGE_ROLES).nullable(), owner: z.enum(SIDES), buyer: z.enum(BUYER_STAGES).nullable(), criteria: long, contribution: long, termId: z.uuid().nullable() });
export type StageChange = z.infer<typeof stageSetup>;

export const setupView = z.object({
  pipelines: z.array(z.object({
    id: z.uuid(), name: z.string(), isDefault: z.boolean(), archivedAt: instant.nullable(),
    stages: z.array(stageSetup.extend({ id: z.uuid(), position: count, end: z.enum(STAGE_ENDS), leads: count, archivedAt: instant.nullable(), movesTo: z.uuid().nullable() })),
  })),
  /** Words that a system uses for a stage or status: `stageId` null = nobody has said what it means. */
  words: z.array(z.object({ sourceId: z.uuid(), sourceName: z.string(), word: z.string(), spelling: z.string(), stageId: z.uuid().nullable() })),
  /** Terms that a stage can rest on; `version` null = not signed by both heads yet. */
  terms: z.array(z.object({ id: z.uuid(), name: z.string(), version: count.nullable() })),
  setting: z.object({ returnReasons: z.array(z.string()), personViews: z.boolean() }),
});

/** The process itself: its stages, what systems' words mean in it, and what may be shown. */
export const setupContract = {
  setup: api.route({ method: 'GET', path: '/workspaces/{workspace}/pipeline-setup', tags, summary: 'Pipelines with all their stages, words of systems, terms to rest on, settings' }).input(inWorkspace).output(setupView),
  addPipeline: api.route({ method: 'POST', path: '/workspaces/{workspace}/pipelines', tags, summary: 'Add a pipeline with the usual stages', successStatus: 201 }).input(inWorkspace.extend({ name })).output(z.object({ id: z.uuid() })),
  changePipeline: api
    .route({ method: 'PUT', path: '/workspaces/{workspace}/pipelines/{id}', tags, summary: 'Rename a pipeline, or archive one that holds no leads' })
    .input(one.extend({ name, archived: z.boolean() })).output(done),
  addStage: api.route({ method: 'POST', path: '/workspaces/{workspace}/pipelines/{id}/stages', tags, summary: 'Add a stage before those that end the process', successStatus: 201 }).input(one.extend(stageSetup.shape)).output(z.object({ id: z.uuid() })),
  changeStage: api.route({ method: 'PUT', path: '/workspaces/{workspace}/stages/{id}', tags, summary: 'Change what a stage is called, stands for, rests on and asks of both' }).input(one.extend(stageSetup.shape)).output(done),
  orderStages: api.route({ method: 'PUT', path: '/workspaces/{workspace}/pipelines/{id}/order', tags, summary: 'Put the stages of a pipeline in another order' }).input(one.extend({ stages: z.array(z.uuid()).min(1).max(60) })).output(done),
  archiveStage: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/stages/{id}/archive', tags, summary: 'Close a stage; its leads move, and what systems put there from now on, to another' })
    .input(one.extend({ movesTo: z.uuid() })).output(z.object({ act: z.uuid(), moved: count })),
  restoreStage: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/stages/{id}/restore', tags, summary: 'Open a closed stage again; within a minute its leads come back too' })
    .input(one.extend({ act: z.uuid().nullable().default(null) })).output(done),
  sayWord: api
    .route({ method: 'PUT', path: '/workspaces/{workspace}/stage-words', tags, summary: 'Say what a system’s word for a stage or status means' })
    .input(inWorkspace.extend({ source: z.uuid(), word: z.string().min(1).max(300), stageId: z.uuid().nullable() })).output(done),
  changeSetting: api
    .route({ method: 'PUT', path: '/workspaces/{workspace}/pipeline-setting', tags, summary: 'Reasons to return a lead with, and whether views may compare single persons' })
    .input(inWorkspace.extend({ returnReasons: z.array(z.string().trim().min(1).max(120)).min(1).max(30), personViews: z.boolean() })).output(done),
};
