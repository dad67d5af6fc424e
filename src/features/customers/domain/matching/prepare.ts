import { COMPARATORS, joinEmails, joinPhones, type ParsedMail, type ParsedPhone } from './comparators';
import { FIELDS, type Field } from './levels';
import type { PersonName } from './names';
import type { OrganisationName } from './organisation';
import type { MatchRecord } from './record';
import { markShared, type RowReader } from './shared';

/** One field of both sides: each different value once, and for every record the number of its value (-1: none). */
export type Column = {
  field: Field;
  texts: readonly string[];
  parsed: readonly unknown[];
  a: Int32Array;
  b: Int32Array;
  /** How many records of each side hold the value. */
  countA: Int32Array;
  countB: Int32Array;
  /** The level at which a value stands to itself: "same", or "shared" for what several people use. */
  self: Uint8Array;
};

/** Records of one side in an order that depends on what they hold, never on the row they stood in. */
export type Side = { keys: readonly string[]; size: number };

export type Prepared = {
  a: Side;
  b: Side;
  /** One list against itself: each pair once, `a` before `b`. */
  within: boolean;
  columns: readonly Column[];
};

/** More of a text, or more addresses and numbers of one record, would make comparing slow and nobody surer. */
const TEXT_LENGTH = 200;
const SEVERAL = 6;

const textOf = (record: MatchRecord, field: Field): string => {
  if (field === 'email') return joinEmails((record.emails ?? []).slice(0, SEVERAL));
  if (field === 'phone') return joinPhones((record.phones ?? []).slice(0, SEVERAL), (record.desks ?? []).slice(0, SEVERAL));
  return (record[field] ?? '').slice(0, TEXT_LENGTH).trim();
};

const compareTexts = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** All that is compared of a record, as one text. */
export const contentOf = (record: MatchRecord): string => FIELDS.map((field) => textOf(record, field)).join('\u0001');

const ordered = (records: readonly MatchRecord[]): MatchRecord[] =>
  records
    .map((record) => ({ record, content: contentOf(record) }))
    .sort((left, right) => compareTexts(left.content, right.content) || compareTexts(left.record.key, right.record.key))
    .map(({ record }) => record);

type Reader = { ids: Map<string, number>; texts: string[] };

const numbers = (records: readonly MatchRecord[], field: Field, { ids, texts }: Reader): Int32Array => {
  const found = new Int32Array(records.length).fill(-1);
  records.forEach((record, row) => {
    const text = textOf(record, field);
    if (text === '') return;
    let id = ids.get(text);
    if (id === undefined) {
      id = texts.length;
      ids.set(text, id);
      texts.push(text);
    }
    found[row] = id;
  });
  return found;
};

const counted = (ids: Int32Array, values: number): Int32Array => {
  const counts = new Int32Array(values);
  for (const id of ids) if (id >= 0) counts[id] = (counts[id] as number) + 1;
  return counts;
};

const column = (field: Field, a: readonly MatchRecord[], b: readonly MatchRecord[], within: boolean): Column => {
  const reader: Reader = { ids: new Map(), texts: [] };
  const idsA = numbers(a, field, reader);
  const idsB = within ? idsA : numbers(b, field, reader);
  const { texts } = reader;
  const parsed = texts.map(COMPARATORS[field].parse);
  return { field, texts, parsed, a: idsA, b: idsB, countA: counted(idsA, texts.length), countB: counted(idsB, texts.length), self: new Uint8Array(texts.length) };
};

const filled = (ids: Int32Array): boolean => ids.some((id) => id >= 0);

export const rowReader = (columns: readonly Column[], side: 'a' | 'b', size: number): RowReader => {
  const by = new Map(columns.map((each) => [each.field, each]));
  const value = (field: Field, row: number): unknown => {
    const found = by.get(field);
    const id = found?.[side][row] ?? -1;
    return id < 0 ? undefined : found?.parsed[id];
  };
  return {
    size,
    name: (field, row) => value(field, row) as PersonName | undefined,
    organisation: (row) => value('organisation', row) as OrganisationName | undefined,
    emails: (row) => (value('email', row) ?? []) as readonly ParsedMail[],
    phones: (row) => (value('phone', row) ?? []) as readonly ParsedPhone[],
  };
};

/**
 * Both sides made ready for comparing. Only fields that both sides fill take part. Memory grows with records and different values,
 * never with pairs.
 * @param second left out: the first list is compared with itself
 */
export const prepare = (first: readonly MatchRecord[], second?: readonly MatchRecord[]): Prepared => {
  const within = second === undefined;
  const a = ordered(first);
  const b = second === undefined ? a : ordered(second);
  const columns = FIELDS.map((field) => column(field, a, b, within)).filter((each) => filled(each.a) && filled(each.b));
  markShared(rowReader(columns, 'a', a.length), within ? undefined : rowReader(columns, 'b', b.length));
  for (const { field, parsed, self } of columns) parsed.forEach((value, id) => void (self[id] = COMPARATORS[field].compare(value, value)));
  return { a: { keys: a.map(({ key }) => key), size: a.length }, b: { keys: b.map(({ key }) => key), size: b.length }, within, columns };
};
