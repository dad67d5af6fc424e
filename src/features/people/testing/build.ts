import type { Table } from '../../../lib/table';
import { EMPTY_VALUES, type KnownPerson, type PersonValues } from '../domain/person';

let counter = 0;

export type PersonOverrides = Partial<Omit<KnownPerson, 'values'>> & { values?: Partial<PersonValues> };

/** A person for tests; every field can be overridden. */
export const buildPerson = (overrides: PersonOverrides = {}): KnownPerson => {
  counter++;
  const key = overrides.key ?? `person${counter}@example.org`;
  return {
    id: `00000000-0000-4000-8000-${String(counter).padStart(12, '0')}`,
    version: 1,
    archived: false,
    byRule: [],
    ...overrides,
    key,
    values: { ...EMPTY_VALUES, name: `Person ${counter}`, ...overrides.values },
  };
};

/** A table as a reader gives it; the first row is the headings, lines count from 2. */
export const buildTable = (rows: readonly (readonly string[])[]): Table => {
  const [headings = [], ...body] = rows;
  return {
    headings: [...headings],
    rows: body.map((cells, index) => ({ line: index + 2, cells: headings.map((_, column) => cells[column] ?? '') })),
    problems: [],
    source: { kind: 'csv', encoding: 'utf-8', delimiter: ',' },
  };
};
