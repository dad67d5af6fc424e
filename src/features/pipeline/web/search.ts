import { SIDES } from '../../../lib/vocabulary';
import { RULE_NAMES, type RuleName } from '../domain/reconcile';
import { STAGE_ENDS, STAGE_ROLES } from '../domain/stages';
import { LEAD_SORTS, type LeadSort } from '../domain/views';

export type Sort = LeadSort;

/** The list's filters as they stand in the address, so that a figure elsewhere can open its leads. */
export type LeadSearch = {
  layout?: 'board';
  pipeline?: string;
  stage?: string;
  end?: (typeof STAGE_ENDS)[number];
  origin?: (typeof SIDES)[number];
  channel?: string;
  owner?: string;
  search?: string;
  /** Not ended. */
  underWay?: 'true' | 'false';
  /** Instants; from inclusive, to exclusive. */
  enteredFrom?: string;
  enteredTo?: string;
  endedFrom?: string;
  endedTo?: string;
  /** Came at least as far as the stage that stands for this. */
  reached?: (typeof STAGE_ROLES)[number];
  /** Counted by this rule in the two counts. */
  rule?: RuleName;
  /** Blank: no record says. */
  territory?: string;
  industry?: string;
  /** Qualified under this version of this agreed term. */
  term?: string;
  termVersion?: number;
  /** The lead whose log is shown beside the list. */
  lead?: string;
  sort?: Sort;
  order?: 'asc' | 'desc';
  asOf?: string;
};

const oneOf = <T extends string>(value: unknown, values: readonly T[]): T | undefined => values.find((candidate) => candidate === value);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined);
/** Blank says something: that nothing is given. */
const said = (value: unknown): string | undefined => (typeof value === 'string' ? value.slice(0, 200) : undefined);
const instant = (value: unknown): string | undefined => (typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined);
const version = (value: unknown): number | undefined => (Number.isInteger(Number(value)) && Number(value) > 0 && Number(value) <= 10_000 ? Number(value) : undefined);
const id = (value: unknown): string | undefined => (typeof value === 'string' && /^[0-9a-f-]{36}$/u.test(value) ? value : undefined);
const day = (value: unknown): string | undefined => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/u.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined);

/** Reads an address; whatever it does not know is left out. */
export const readSearch = (raw: Record<string, unknown>): LeadSearch => ({
  layout: oneOf(raw['layout'], ['board']),
  pipeline: id(raw['pipeline']),
  stage: id(raw['stage']),
  end: oneOf(raw['end'], STAGE_ENDS),
  origin: oneOf(raw['origin'], SIDES),
  channel: said(raw['channel']),
  owner: said(raw['owner']),
  search: text(raw['search']),
  underWay: oneOf(raw['underWay'], ['true', 'false']),
  enteredFrom: instant(raw['enteredFrom']),
  enteredTo: instant(raw['enteredTo']),
  endedFrom: instant(raw['endedFrom']),
  endedTo: instant(raw['endedTo']),
  reached: oneOf(raw['reached'], STAGE_ROLES),
  rule: oneOf(raw['rule'], RULE_NAMES),
  territory: said(raw['territory']),
  industry: said(raw['industry']),
  term: id(raw['term']),
  termVersion: version(raw['termVersion']),
  lead: id(raw['lead']),
  sort: oneOf(raw['sort'], LEAD_SORTS),
  order: oneOf(raw['order'], ['asc', 'desc']),
  asOf: day(raw['asOf']),
});
