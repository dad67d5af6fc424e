import { ROLES, type Role } from '../../lib/vocabulary';

export type PipelineAction = 'leads:read' | 'leads:move' | 'leads:export' | 'pipeline:setup' | 'dashboard:read' | 'webhooks:manage';

const LEAST: Readonly<Record<PipelineAction, Role>> = { 'dashboard:read': 'viewer', 'leads:read': 'member', 'leads:move': 'member', 'leads:export': 'facilitator', 'pipeline:setup': 'facilitator', 'webhooks:manage': 'admin' };

/** What a role may do with the shared process. Counts are open to everybody here, on both sides; names of customers to members. */
export const can = (me: { role: Role }, action: PipelineAction): boolean => ROLES.indexOf(me.role) <= ROLES.indexOf(LEAST[action]);

export const WORDS: Readonly<Record<PipelineAction, string>> = { 'dashboard:read': 'see the figures', 'leads:read': 'see leads', 'leads:move': 'move leads', 'leads:export': 'take leads out as a file', 'pipeline:setup': 'change the pipeline', 'webhooks:manage': 'manage webhooks' };
