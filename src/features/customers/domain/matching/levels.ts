/** What can be compared, in the order in which evidence is told. */
export const FIELDS = [
  'given', 'surname', 'organisation', 'email', 'phone', 'site', 'street', 'number', 'place', 'city', 'postcode', 'region', 'country', 'birthDate', 'idNumber', 'category',
] as const;

export type Field = (typeof FIELDS)[number];

/**
 * One way in which two values can stand to each other. `m` and `u` are what is believed before any data is seen: how often records of
 * one customer, and of different customers, stand like that; data soon outweighs them (estimate.ts).
 */
export type Level = { id: string; m: number; u: number };

const level = (id: string, m: number, u: number): Level => ({ id, m, u });

/** Shares of `u` that are left out belong to the last level, "different". */
const field = (...told: readonly Level[]): readonly Level[] => {
  const m = told.reduce((sum, each) => sum + each.m, 0);
  const u = told.reduce((sum, each) => sum + each.u, 0);
  return [...told, level('different', Math.max(0.001, 1 - m), 1 - u)];
};

export const LEVELS: Readonly<Record<Field, readonly Level[]>> = {
  given: field(level('same', 0.8, 0.006), level('variant', 0.06, 0.002), level('unsure_short', 0.005, 0.001), level('initial', 0.03, 0.002), level('near', 0.05, 0.002), level('similar', 0.01, 0.01)),
  surname: field(level('same', 0.85, 0.001), level('variant', 0.02, 0.0002), level('part', 0.02, 0.0002), level('near', 0.06, 0.001), level('similar', 0.01, 0.008), level('generation', 0.001, 0.0001)),
  organisation: field(level('same', 0.6, 0.0005), level('variant', 0.05, 0.0001), level('other_form', 0.02, 0.0001), level('near', 0.08, 0.0003), level('within', 0.1, 0.003), level('similar', 0.03, 0.01)),
  email: field(level('same', 0.6, 1e-6), level('mailbox', 0.02, 1e-6), level('shared', 0.02, 0.0003), level('local', 0.08, 0.0005), level('company', 0.08, 0.002)),
  phone: field(level('same', 0.5, 1e-5), level('desk', 0.1, 1e-5), level('shared', 0.05, 0.0005), level('ending', 0.05, 1e-5), level('extension', 0.05, 0.001)),
  site: field(level('same', 0.8, 0.0005), level('name', 0.05, 0.0002)),
  street: field(level('same', 0.7, 0.001), level('near', 0.12, 0.001), level('similar', 0.06, 0.02)),
  number: field(level('same', 0.85, 0.015), level('near', 0.05, 0.05)),
  place: field(level('same', 0.7, 0.002), level('near', 0.12, 0.002), level('similar', 0.06, 0.02)),
  city: field(level('same', 0.85, 0.01), level('near', 0.06, 0.002), level('similar', 0.03, 0.02)),
  postcode: field(level('same', 0.85, 0.002), level('near', 0.07, 0.01), level('area', 0.03, 0.02)),
  region: field(level('same', 0.9, 0.15), level('near', 0.02, 0.05)),
  country: field(level('same', 0.97, 0.3)),
  birthDate: field(level('same', 0.88, 5e-5), level('near', 0.08, 0.002)),
  idNumber: field(level('same', 0.93, 1e-6), level('near', 0.05, 1e-5)),
  category: field(level('same', 0.6, 0.08), level('near', 0.15, 0.05)),
};

/** The number of a level within its field; the tables above are small, so that a slip is seen at once. */
export const levelNumber = (of: Field, id: string): number => {
  const found = LEVELS[of].findIndex((each) => each.id === id);
  if (found < 0) throw new Error(`${of} has no level ${id}`);
  return found;
};
