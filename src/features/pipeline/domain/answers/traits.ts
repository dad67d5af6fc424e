import { quantile } from '../../../../lib/statistics/describe';

/** What is known of a lead by column, as records hold it: fields of ours, and custom columns by heading. */
export type RawTraits = Readonly<Record<string, unknown>>;

/** Columns that name a lead, say where it stands, when something happened or how it ended; no trait of the lead. What else gives the outcome away is found in the data. */
const NOT_TRAITS = new Set([
  'key', 'stage', 'status', 'name', 'firstName', 'lastName', 'email', 'phone', 'website', 'street', 'postcode', 'company', 'accountKey', 'contactKey', 'leadKey', 'dealKey', 'channel', 'owner', 'entered', 'custom', 'optedOut', 'deleted', 'currency',
  'enteredAt', 'changedAt', 'qualifiedAt', 'passedAt', 'acceptedAt', 'contactedAt', 'returnedAt', 'convertedAt', 'closedAt', 'at', 'until', 'content', 'actor', 'pipeline',
]);

/** More different values than this and the rarer ones are taken as not known. */
const MOST_VALUES = 30;
/** More columns than this and those filled least are left out. */
const MOST_COLUMNS = 60;
const LONGEST = 80;

/** All columns of the records of one lead; the first record that fills a column counts. */
export const traitsOf = (records: readonly RawTraits[]): Record<string, string> => {
  const traits: Record<string, string> = Object.create(null) as Record<string, string>;
  const add = (column: string, value: unknown): void => {
    if (traits[column] !== undefined || !['string', 'number', 'boolean'].includes(typeof value)) return;
    const text = String(value).trim();
    if (text !== '' && text.length <= LONGEST) traits[column] = text;
  };
  for (const record of records) {
    for (const [column, value] of Object.entries(record)) if (!NOT_TRAITS.has(column)) add(column, value);
    const custom = record['custom'];
    if (typeof custom === 'object' && custom !== null) for (const [column, value] of Object.entries(custom)) add(column, value);
  }
  return traits;
};

const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/u.test(text);

const short = (value: number): string => String(Math.round(value * 100) / 100);

/** Numbers with many values in four parts of about equal size, named by their ends. */
const quarters = (values: readonly string[]): ((value: string) => string) => {
  const numbers = values.map(Number);
  const cuts = [...new Set([0.25, 0.5, 0.75].map((p) => quantile(numbers, p)))];
  return (value) => {
    const at = cuts.filter((cut) => Number(value) > cut).length;
    const [low, high] = [cuts[at - 1], cuts[at]];
    if (low === undefined) return `up to ${short(high ?? Number(value))}`;
    return high === undefined ? `over ${short(low)}` : `over ${short(low)} to ${short(high)}`;
  };
};

const common = (values: readonly string[]): ((value: string) => string | null) => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  if (counts.size <= MOST_VALUES) return (value) => value;
  // One value per lead is no trait; the search for leaks names it as such.
  if (counts.size > values.length * 0.5) return (value) => value;
  const kept = new Set([...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_VALUES).map(([value]) => value));
  return (value) => (kept.has(value) ? value : null);
};

/** The same columns for every lead, their values few enough to compare. Order of leads is kept. */
export const comparable = (leads: readonly Readonly<Record<string, string>>[]): { columns: string[]; traits: Record<string, string | null>[] } => {
  const filled = new Map<string, number>();
  for (const lead of leads) for (const column of Object.keys(lead)) filled.set(column, (filled.get(column) ?? 0) + 1);
  const columns = [...filled].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_COLUMNS).map(([column]) => column);
  const readers = columns.map((column) => {
    const values = leads.flatMap((lead) => lead[column] ?? []);
    return new Set(values).size > 8 && values.every(isNumber) ? quarters(values) : common(values);
  });
  const traits = leads.map((lead) => Object.fromEntries(columns.map((column, at) => [column, lead[column] === undefined ? null : (readers[at]?.(lead[column]) ?? null)])));
  return { columns, traits };
};
