import { FIELDS, FIELDS_OF, type Field, type RowKind } from './fields';
import { rowReader, type ReadRow } from './read-row';

/** A row as programs send it: our own names of fields; instants in ISO 8601, numbers and flags as such. */
export type SentRow = Partial<Record<Field, string | number | boolean>> & { custom?: Record<string, string> | undefined };

const ISO = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/u;

/** Keys are looked up by index, which holds no longer ones. */
const KEYS = new Set<Field>(['key', 'leadKey', 'contactKey', 'accountKey', 'dealKey']);
const MOST_KEY = 500;

/** Programs do not guess at decimal marks or the order of days, and neither do we. */
const misfit = (field: Field, value: string | number | boolean): ReadRow['problem'] => {
  if (KEYS.has(field) && String(value).length > MOST_KEY) return 'too_long';
  if (FIELDS[field] === 'number') return typeof value === 'number' || /^-?\d+(\.\d+)?$/u.test(String(value)) ? null : 'not_a_number';
  if (FIELDS[field] === 'instant') return typeof value === 'string' && ISO.test(value) ? null : 'not_a_date';
  return null;
};

/** Reads a sent row by the rules of files. @param timeZone the source's, for times without a zone */
export const readSent = (kind: RowKind, sent: SentRow, timeZone: string): ReadRow => {
  const { custom = {}, ...given } = sent;
  const entries = Object.entries(given).filter((entry): entry is [Field, string | number | boolean] => entry[1] !== undefined);
  for (const [field, value] of entries) {
    if (!FIELDS_OF[kind].includes(field)) return { key: '', data: {}, problem: 'not_of_this_kind', detail: field };
    const problem = misfit(field, value);
    if (problem) return { key: '', data: {}, problem, detail: `${field}: ${String(value).slice(0, 80)}` };
  }
  const headings = [...entries.map(([field]): string => field), ...Object.keys(custom)];
  const columns = [...entries.map(([field]) => ({ to: 'field' as const, field })), ...Object.keys(custom).map(() => ({ to: 'custom' as const }))];
  const cells = [...entries.map(([, value]) => String(value)), ...Object.values(custom)];
  return rowReader({ kind, columns, dateOrder: 'dmy', decimal: '.' }, headings, timeZone)(cells);
};
