import { z } from 'zod';
import { api } from '../../lib/api';
import { SIDES } from '../../lib/vocabulary';
import { MEDIA_ASKED } from './domain/media';
import { RULE_NAMES } from './domain/reconcile';
import { STAGE_ENDS, STAGE_ROLES } from './domain/stages';
import { LEAD_SORTS } from './domain/views';

const inWorkspace = z.object({ workspace: z.uuid() });
const tags = ['pipeline'];
const instant = z.iso.datetime();
const words = z.string().max(300);

/** Filters of the list; a blank channel, owner or reason asks for leads that have none. */
export const leadWhere = z.object({
  pipeline: z.uuid().optional(), stage: z.uuid().optional(), end: z.enum(STAGE_ENDS).optional(), origin: z.enum(SIDES).optional(), channel: words.optional(), owner: words.optional(), search: z.string().trim().max(200).optional(),
  /** Not ended: open, or back with marketing for later. */
  underWay: z.enum(['true', 'false']).optional(),
  /** Entered or ended from an instant on, and before another. */
  enteredFrom: instant.optional(), enteredTo: instant.optional(), endedFrom: instant.optional(), endedTo: instant.optional(),
  /** Came at least as far as the stage that stands for this. */
  reached: z.enum(STAGE_ROLES).optional(),
  /** Came last to a stage that rests on this term while this version of it counted; both or neither. */
  term: z.uuid().optional(), termVersion: z.coerce.number().int().min(1).max(10_000).optional(),
  /** Counted by this rule in the two counts, whenever it was; `agreed` meets 409 until a rule is. */
  rule: z.enum(RULE_NAMES).optional(),
  /** Told by the name of the source; `unknown`: the name does not say, or there is none. */
  medium: z.enum(MEDIA_ASKED).optional(),
  /** As a record of the lead says; blank: none does. */
  territory: words.optional(), industry: words.optional(),
});
export const leadFilters = leadWhere.extend({ sort: z.enum(LEAD_SORTS).default('enteredAt'), order: z.enum(['asc', 'desc']).default('desc') });
export type LeadFilters = z.infer<typeof leadFilters>;

const viewFilters = leadWhere.extend({ sort: z.enum(LEAD_SORTS).optional(), order: z.enum(['asc', 'desc']).optional(), layout: z.literal('board').optional() });
export const savedViewShape = z.object({ id: z.uuid(), name: z.string(), filters: viewFilters, shared: z.boolean(), mine: z.boolean(), madeBy: z.string() });

/** Views of the list that are kept under a name, and the list as a file. */
export const viewsContract = {
  views: api.route({ method: 'GET', path: '/workspaces/{workspace}/lead-views', tags, summary: 'Saved views of the leads: one’s own and shared ones' }).input(inWorkspace).output(z.array(savedViewShape)),
  saveView: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/lead-views', tags, summary: 'Keep filters and order under a name; the same name again replaces one’s own' })
    .input(inWorkspace.extend({ name: z.string().trim().min(1).max(80), filters: viewFilters, shared: z.boolean().default(false) }))
    .output(savedViewShape),
  removeView: api.route({ method: 'DELETE', path: '/workspaces/{workspace}/lead-views/{id}', tags, summary: 'Remove one of one’s own saved views' }).input(inWorkspace.extend({ id: z.uuid() })).output(z.object({ done: z.literal(true) })),
  leadsFile: api.route({ method: 'GET', path: '/workspaces/{workspace}/leads-file', tags, summary: 'The leads that the filters leave, as CSV' }).input(inWorkspace.extend(leadFilters.shape)).output(z.file()),
};
