import { SIDES } from '../../../lib/vocabulary';
import { MEDIA_ASKED } from '../domain/media';
import { RULE_NAMES } from '../domain/reconcile';
import { STAGE_ENDS, STAGE_ROLES } from '../domain/stages';
import { LEAD_SORTS, type LeadSort } from '../domain/views';

export type Sort = LeadSort;

const oneOf = <const T extends string>(value: unknown, values: readonly T[]): T | undefined => values.find((candidate) => candidate === value);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined);
/** Blank says something: that nothing is given. */
const said = (value: unknown): string | undefined => (typeof value === 'string' ? value.slice(0, 200) : undefined);
const instant = (value: unknown): string | undefined => (typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined);
const version = (value: unknown): number | undefined => (Number.isInteger(Number(value)) && Number(value) > 0 && Number(value) <= 10_000 ? Number(value) : undefined);
const id = (value: unknown): string | undefined => (typeof value === 'string' && /^[0-9a-f-]{36}$/u.test(value) ? value : undefined);
const day = (value: unknown): string | undefined => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/u.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined);

/** The list's filters as they stand in the address, so that a figure elsewhere can open its leads; each with how it is read. */
const READERS = {
  layout: (value: unknown) => oneOf(value, ['board']),
  pipeline: id,
  stage: id,
  end: (value: unknown) => oneOf(value, STAGE_ENDS),
  origin: (value: unknown) => oneOf(value, SIDES),
  channel: said,
  owner: said,
  search: text,
  /** Not ended. */
  underWay: (value: unknown) => oneOf(value, ['true', 'false']),
  /** Instants; from inclusive, to exclusive. */
  enteredFrom: instant,
  enteredTo: instant,
  endedFrom: instant,
  endedTo: instant,
  /** Came at least as far as the stage that stands for this. */
  reached: (value: unknown) => oneOf(value, STAGE_ROLES),
  /** Counted by this rule in the two counts. */
  rule: (value: unknown) => oneOf(value, RULE_NAMES),
  /** What kind of source, by its name. */
  medium: (value: unknown) => oneOf(value, MEDIA_ASKED),
  /** Blank: no record says. */
  territory: said,
  industry: said,
  /** Qualified under this version of this agreed term. */
  term: id,
  termVersion: version,
  /** The lead whose log is shown beside the list. */
  lead: id,
  sort: (value: unknown) => oneOf(value, LEAD_SORTS),
  order: (value: unknown) => oneOf(value, ['asc', 'desc']),
  asOf: day,
} as const;

export type LeadSearch = { [Name in keyof typeof READERS]?: ReturnType<(typeof READERS)[Name]> };

/** Reads an address; whatever it does not know is left out. */
export const readSearch = (raw: Record<string, unknown>): LeadSearch => Object.fromEntries(Object.entries(READERS).map(([name, read]) => [name, read(raw[name])]));
