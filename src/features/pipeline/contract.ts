import { z } from 'zod';
import { api } from '../../lib/api';
import { SIDES } from '../../lib/vocabulary';
import { hooksContract } from './hooks-contract';
import { BUYER_STAGES, STAGE_ENDS, STAGE_ROLES } from './domain/stages';
import { setupContract } from './setup-contract';
import { twoCountsContract } from './two-counts-contract';
import { leadFilters, viewsContract } from './views-contract';
import { workContract } from './work-contract';

const inWorkspace = z.object({ workspace: z.uuid() });
const one = inWorkspace.extend({ id: z.uuid() });
const count = z.number().int().nonnegative();
const instant = z.iso.datetime();
const tags = ['pipeline'];

export const stageView = z.object({
  id: z.uuid(), position: count, name: z.string(), role: z.enum(STAGE_ROLES).nullable(), end: z.enum(STAGE_ENDS), owner: z.enum(SIDES), buyer: z.enum(BUYER_STAGES).nullable(),
  criteria: z.string(), contribution: z.string(), termId: z.uuid().nullable(), leads: count,
});
export const pipelineView = z.object({ id: z.uuid(), name: z.string(), isDefault: z.boolean(), stages: z.array(stageView) });

export const leadView = z.object({
  id: z.uuid(), name: z.string().nullable(), company: z.string().nullable(), origin: z.enum(SIDES), channel: z.string().nullable(), owner: z.string().nullable(), stageId: z.uuid(), stageSince: instant,
  enteredAt: instant, end: z.enum(STAGE_ENDS), endedAt: instant.nullable(), reason: z.string().nullable(), amount: z.number().nullable(), passedAt: instant.nullable(), arrivedAt: instant.nullable(),
  contactedAt: instant.nullable(), returnedAt: instant.nullable(), returnReason: z.string().nullable(), nurtureUntil: instant.nullable(),
  optedOut: z.boolean().describe('A record of either side says so'), version: z.number().int(),
});

export const pipelineContract = {
  ...hooksContract,
  ...setupContract,
  ...twoCountsContract,
  ...viewsContract,
  ...workContract,
  pipelines: api.route({ method: 'GET', path: '/workspaces/{workspace}/pipelines', tags, summary: 'Pipelines and their stages, with how many leads stand at each' }).input(inWorkspace).output(z.array(pipelineView)),
  leads: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/leads', tags, summary: 'Leads, filtered, sorted, by page; now, or as of the end of a past day' })
    .input(inWorkspace.extend(leadFilters.shape).extend({ limit: z.coerce.number().int().min(1).max(500).default(100), offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
      after: z.uuid().optional().describe('The last lead of the page before: quicker than an offset, and nothing is shown twice when leads move meanwhile'),
      counted: z.stringbool().or(z.boolean()).default(true).describe('false: `total` is null'), asOf: z.iso.date().optional().describe('As they stood at the end of this day of the workspace’s zone; what has no date is as it is known today') }))
    .output(z.object({ total: count.nullable(), rows: z.array(leadView) })),
  lead: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/leads/{id}', tags, summary: 'One lead with its log' })
    .input(one)
    .output(leadView.extend({ termVersions: z.array(z.object({ id: z.uuid(), name: z.string(), version: count, text: z.string(), stageId: z.uuid().nullable().describe('The stage it came to; null: from when it was last offered'), at: instant.nullable() })), log: z.array(z.object({ at: instant, stageId: z.uuid(), term: z.object({ name: z.string(), version: count }).nullable().describe('The agreed wording under which it came to the stage'), reason: z.string().nullable(), actor: z.string().nullable(), from: z.enum(['import', 'hand', 'link', 'api']), withdraws: z.boolean() })) })),
};
