import { FUNCTIONS, LEVELS } from '../../../lib/vocabulary';

const NONE = 'none';
const SORTS = ['name', 'function', 'level', 'territory', 'department', 'startDate'] as const;
const MISSING = ['function', 'level', 'territory', 'manager'] as const;
const FUNCTION_VALUES = [...FUNCTIONS, NONE] as const;
const LEVEL_VALUES = [...LEVELS, NONE] as const;

export type Sort = (typeof SORTS)[number];
export type Missing = (typeof MISSING)[number];

/** The filters of the list as they stand in the address, so that a figure elsewhere can open its people. */
export type PeopleSearch = {
  search?: string;
  function?: (typeof FUNCTION_VALUES)[number];
  level?: (typeof LEVEL_VALUES)[number];
  territory?: string;
  department?: string;
  missing?: Missing;
  archived?: 'only';
  sort?: Sort;
  order?: 'asc' | 'desc';
  page?: number;
};

const oneOf = <T extends string>(value: unknown, values: readonly T[]): T | undefined => values.find((candidate) => candidate === value);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined);

/** Reads an address; whatever it does not know is left out. */
export const readSearch = (raw: Record<string, unknown>): PeopleSearch => ({
  search: text(raw['search']),
  function: oneOf(raw['function'], FUNCTION_VALUES),
  level: oneOf(raw['level'], LEVEL_VALUES),
  territory: text(raw['territory']),
  department: text(raw['department']),
  missing: oneOf(raw['missing'], MISSING),
  archived: oneOf(raw['archived'], ['only']),
  sort: oneOf(raw['sort'], SORTS),
  order: oneOf(raw['order'], ['asc', 'desc']),
  page: typeof raw['page'] === 'number' && Number.isInteger(raw['page']) && raw['page'] > 1 ? raw['page'] : undefined,
});
