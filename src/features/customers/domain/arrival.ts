import type { RecordData } from './read-row';

/**
 * Records that arrive one by one may overtake each other on the way. Each field keeps the time its value was said at (the record's `changedAt`), and
 * an earlier saying never replaces a later one, so that the outcome does not depend on the order of arrival: a register per field where the last
 * writer wins (Shapiro, Preguiça, Baquero, Zawirski 2011, "A comprehensive study of convergent and commutative replicated data types", 3.2.2).
 */
export type FieldTimes = Record<string, number | null>;
export type Arrived = { data: RecordData; times: FieldTimes; changed: boolean };

const CUSTOM = 'custom:';

const timeOf = (data: RecordData): number | null => {
  const at = typeof data.changedAt === 'string' ? Date.parse(data.changedAt) : NaN;
  return Number.isNaN(at) ? null : at;
};

const fieldsOf = ({ custom, entered, ...fields }: RecordData): [string, unknown][] => [
  ...Object.entries(fields), ...(entered ? [['entered', entered] as [string, unknown]] : []), ...Object.entries(custom ?? {}).map(([heading, value]): [string, unknown] => [CUSTOM + heading, value]),
];

/** For a record that something else wrote: all its values were said when the record was last changed. */
export const timesOfAll = (data: RecordData): FieldTimes => Object.fromEntries(fieldsOf(data).map(([field]) => [field, timeOf(data)]));

const dataOf = (fields: ReadonlyMap<string, unknown>): RecordData => {
  const own = [...fields].filter(([field]) => !field.startsWith(CUSTOM));
  const custom = [...fields].filter(([field]) => field.startsWith(CUSTOM)).map(([field, value]) => [field.slice(CUSTOM.length), value]);
  return { ...Object.fromEntries(own), ...(custom.length > 0 ? { custom: Object.fromEntries(custom) as Record<string, string> } : {}) };
};

/**
 * What is kept once this row has come in. Fields it lacks stay, as with files. A row without `changedAt` counts as news; of two sayings of one
 * instant the one that came later counts. Of two contacts by sales the earlier one stays, whenever it was said: the first keeps a promise.
 */
export const arrive = (kept: { data: RecordData; times: FieldTimes } | undefined, row: RecordData): Arrived => {
  const at = timeOf(row);
  const fields = new Map(fieldsOf(kept?.data ?? {}));
  const times = new Map(Object.entries(kept?.times ?? {}));
  let changed = kept === undefined;
  for (const [field, value] of fieldsOf(row)) {
    const said = times.get(field) ?? null;
    const had = fields.get(field);
    if (field === 'contactedAt' && typeof had === 'string' && typeof value === 'string') {
      if (value < had) changed = true;
      fields.set(field, value < had ? value : had);
      if (at !== null) times.set(field, Math.max(at, said ?? at));
      continue;
    }
    if (at !== null && said !== null && at < said) continue;
    if (JSON.stringify(had) !== JSON.stringify(value)) changed = true;
    fields.set(field, value);
    times.set(field, at ?? said);
  }
  return { data: dataOf(fields), times: Object.fromEntries(times), changed };
};
