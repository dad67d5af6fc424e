import type { Side } from '../../../lib/vocabulary';

/**
 * What a stage stands for, whatever a company calls it. Default process: domain guide, pipeline, "Stages" (MB ch. 4, fig. 4.2);
 * buyer's words after KRK's buying funnel.
 */
export const STAGE_ROLES = ['inquiry', 'qualified', 'accepted', 'sales_qualified', 'opportunity', 'proposal', 'won', 'lost', 'recycled'] as const;
export type StageRole = (typeof STAGE_ROLES)[number];

/** Where a lead stands at a stage: still under way, ended, or back with marketing for later. */
export const STAGE_ENDS = ['open', 'won', 'lost', 'recycled'] as const;
export type StageEnd = (typeof STAGE_ENDS)[number];

export const endOf = (role: StageRole | null): StageEnd => (role === 'won' || role === 'lost' || role === 'recycled' ? role : 'open');

export const BUYER_STAGES = ['customer_awareness', 'brand_awareness', 'brand_consideration', 'brand_preference', 'purchase_intention', 'purchase', 'loyalty', 'advocacy'] as const;
export type BuyerStage = (typeof BUYER_STAGES)[number];

export type StageSetup = { role: StageRole | null; name: string; owner: Side; buyer: BuyerStage | null; criteria: string; contribution: string };

/** The process a new workspace begins with. */
export const DEFAULT_STAGES: readonly StageSetup[] = [
  { role: 'inquiry', name: 'Inquiry', owner: 'marketing', buyer: 'brand_awareness', criteria: 'Somebody answered, asked or visited and can be reached.', contribution: 'Sales says which accounts and roles are worth reaching.' },
  { role: 'qualified', name: 'Marketing qualified', owner: 'marketing', buyer: 'brand_consideration', criteria: 'Fits the agreed definition of a qualified lead.', contribution: 'Sales helps set the definition and sees every lead that meets it.' },
  { role: 'accepted', name: 'Accepted by sales', owner: 'sales', buyer: 'brand_preference', criteria: 'Sales has looked at it and takes it on, or returns it with a reason.', contribution: 'Marketing passes on the whole history of touches.' },
  { role: 'sales_qualified', name: 'Sales qualified', owner: 'sales', buyer: 'purchase_intention', criteria: 'Need, people who decide and time are known.', contribution: 'Marketing provides value propositions for the need.' },
  { role: 'opportunity', name: 'Opportunity', owner: 'sales', buyer: 'purchase_intention', criteria: 'A concrete business with a value and an expected date.', contribution: 'Marketing provides templates and guides for the solution.' },
  { role: 'proposal', name: 'Proposal', owner: 'sales', buyer: 'purchase_intention', criteria: 'An offer is with the customer.', contribution: 'Marketing provides cases, references and site visits.' },
  { role: 'won', name: 'Won', owner: 'sales', buyer: 'purchase', criteria: 'The order is signed.', contribution: 'Marketing learns what decided it.' },
  { role: 'lost', name: 'Lost', owner: 'sales', buyer: null, criteria: 'The customer decided otherwise, or not at all; the reason is noted.', contribution: 'Marketing hears the reason.' },
  { role: 'recycled', name: 'Recycled', owner: 'marketing', buyer: 'brand_consideration', criteria: 'Not now: back to nurture until a date.', contribution: 'Sales says why and when to come back.' },
];
