import { SIDES, type Side } from '../../../lib/vocabulary';
import type { ClockFacts, Limit, Pause } from './clock';
import type { Per } from './periods';

export const KINDS = ['response', 'count'] as const;
export const STARTS = ['passed', 'arrived', 'returned'] as const;
export const UNTILS = ['contact', 'answer', 'stage'] as const;
export const UNITS = ['hours', 'days', 'weeks'] as const;
export const EACH = ['all', 'territory'] as const;
/** Stages, by what they stand for, that a promise can reach for, in their order. */
export const REACHABLE = ['accepted', 'sales_qualified', 'opportunity', 'proposal', 'won'] as const;

/**
 * Who owes whom what. `response`: how fast, from one event of a lead to another. `count`: how many leads are passed on in each
 * period. Empty lists of origins and channels mean all. MB ch. 4, in the general form of the domain guide.
 */
export type Commitment = {
  owes: Side;
  kind: (typeof KINDS)[number];
  from: (typeof STARTS)[number];
  until: (typeof UNTILS)[number];
  stage: (typeof REACHABLE)[number] | null;
  limit: number;
  unit: (typeof UNITS)[number];
  atLeast: number;
  each: (typeof EACH)[number];
  per: Per;
  origins: readonly Side[];
  channels: readonly string[];
  /** Leads that were returned do not count. */
  credible: boolean;
  pauseReturned: boolean;
  pauseStages: readonly string[];
  /** Per cent of the time after which a warning is due. */
  warnAt: number;
  /** Working days after a miss until both heads hear of it. */
  escalateAfter: number;
  /** The day from which it counts, in the workspace's zone. */
  startsOn: string;
};

export type LeadFacts = {
  origin: Side; channel: string | null; end: 'open' | 'won' | 'lost' | 'recycled'; endedAt: number | null;
  passedAt: number | null; arrivedAt: number | null; contactedAt: number | null; returnedAt: number | null;
};

/** A stage a lead came to, with what the stage stands for. */
export type Step = { at: number; stageId: string; role: string | null };

export const otherSide = (side: Side): Side => (side === 'sales' ? 'marketing' : 'sales');

export const appliesTo = (commitment: Commitment, lead: LeadFacts): boolean =>
  (commitment.origins.length === 0 || commitment.origins.length === SIDES.length || commitment.origins.includes(lead.origin)) &&
  (commitment.channels.length === 0 || (lead.channel !== null && commitment.channels.includes(lead.channel))) &&
  !(commitment.kind === 'count' && commitment.credible && lead.returnedAt !== null);

export const startOf = (commitment: Commitment, lead: LeadFacts): number | null => ({ passed: lead.passedAt, arrived: lead.arrivedAt, returned: lead.returnedAt })[commitment.from];

/** Weeks are weeks of work: five days of a calendar with five working days. */
export const limitOf = (commitment: Commitment, workingDays: number): Limit => ({
  amount: commitment.unit === 'weeks' ? commitment.limit * workingDays : commitment.limit,
  unit: commitment.unit === 'hours' ? 'hours' : 'days', warnAt: commitment.warnAt / 100, escalateAfter: commitment.escalateAfter,
});

const earliest = (times: readonly (number | null)[]): number | null => times.reduce((least, at) => (at !== null && (least === null || at < least) ? at : least), null);

const reached = (commitment: Commitment, start: number, log: readonly Step[]): number | null => {
  const least = REACHABLE.findIndex((role) => role === commitment.stage);
  return earliest(log.filter(({ role, at }) => at >= start && REACHABLE.findIndex((each) => each === role) >= Math.max(0, least)).map(({ at }) => at));
};

/** What was done before a lead came back answers nothing: taking it up again is an answer, and so is an end for good. */
const answeredSince = (lead: LeadFacts, start: number, log: readonly Step[]): number | null => {
  const end = lead.end === 'won' || lead.end === 'lost' ? lead.endedAt : null;
  return earliest([lead.contactedAt, end, log.find(({ at, role }) => at > start && role !== 'recycled')?.at ?? null].filter((at) => at !== null && at > start));
};

/** An order is contact enough, whether or not anybody noted a call. */
const metAt = (commitment: Commitment, lead: LeadFacts, start: number, log: readonly Step[]): number | null => {
  if (commitment.until === 'stage') return reached(commitment, start, log);
  if (commitment.from === 'returned') return commitment.until === 'contact' ? earliest([lead.contactedAt].filter((at) => at !== null && at > start)) : answeredSince(lead, start, log);
  if (commitment.until === 'contact') return earliest([lead.contactedAt, lead.end === 'won' ? lead.endedAt : null]);
  return earliest([lead.contactedAt, lead.endedAt, lead.returnedAt]);
};

/** While it stood at a stage that pauses, and, where it was agreed, from being returned until it went on. */
export const pausesOf = (commitment: Commitment, lead: LeadFacts, log: readonly Step[]): Pause[] => {
  const pausing = ({ stageId, role }: Step): boolean => commitment.pauseStages.includes(stageId) || (commitment.pauseReturned && role === 'recycled');
  const pauses = log.flatMap((step, at): Pause[] => (pausing(step) ? [{ from: step.at, to: log[at + 1]?.at ?? null }] : []));
  if (commitment.pauseReturned && lead.returnedAt !== null && commitment.from !== 'returned') {
    const { returnedAt } = lead;
    const next = log.find((step) => step.at > returnedAt && step.role !== 'recycled');
    pauses.push({ from: returnedAt, to: next?.at ?? null });
  }
  return pauses;
};

/** @param log the lead's stages in order of time; only read for commitments that reach for a stage or pause */
export const clockFacts = (commitment: Commitment, lead: LeadFacts, log: readonly Step[]): ClockFacts | null => {
  const startedAt = startOf(commitment, lead);
  if (startedAt === null || commitment.kind !== 'response') return null;
  return {
    startedAt, metAt: metAt(commitment, lead, startedAt, log), pauses: pausesOf(commitment, lead, log),
    stoppedAt: lead.end === 'lost' || (lead.end === 'recycled' && !commitment.pauseReturned) ? lead.endedAt : null,
  };
};

export const readsLog = (commitment: Commitment): boolean => commitment.until === 'stage' || commitment.from === 'returned' || commitment.pauseReturned || commitment.pauseStages.length > 0;
