import { SIDES } from '../../../lib/vocabulary';
import { STAGE_ENDS } from '../domain/stages';
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
  sort?: Sort;
  order?: 'asc' | 'desc';
  asOf?: string;
};

const oneOf = <T extends string>(value: unknown, values: readonly T[]): T | undefined => values.find((candidate) => candidate === value);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined);
const id = (value: unknown): string | undefined => (typeof value === 'string' && /^[0-9a-f-]{36}$/u.test(value) ? value : undefined);
const day = (value: unknown): string | undefined => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/u.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined);

/** Reads an address; whatever it does not know is left out. */
export const readSearch = (raw: Record<string, unknown>): LeadSearch => ({
  layout: oneOf(raw['layout'], ['board']),
  pipeline: id(raw['pipeline']),
  stage: id(raw['stage']),
  end: oneOf(raw['end'], STAGE_ENDS),
  origin: oneOf(raw['origin'], SIDES),
  channel: text(raw['channel']),
  owner: text(raw['owner']),
  search: text(raw['search']),
  sort: oneOf(raw['sort'], LEAD_SORTS),
  order: oneOf(raw['order'], ['asc', 'desc']),
  asOf: day(raw['asOf']),
});
