import { valuesOf } from './comparators';
import type { Gathered, Side as GatheredSide } from './gathered';
import type { Grown } from './grown';
import { FIELDS, type Field } from './levels';
import type { PersonName } from './names';
import type { ParsedMail } from './mail-values';
import type { OrganisationName } from './organisation';
import type { ParsedPhone } from './phone-values';
import { markShared, type RowReader } from './shared';
import type { Values } from './values';

/** One field of both sides: each different value once, and for every record the number of its value (-1: none). */
export type Column = Values & {
  field: Field;
  texts: readonly string[];
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

const compareTexts = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** For each value its place among them all, counted from 1. */
const ranked = (texts: readonly string[]): Uint32Array => {
  const ranks = new Uint32Array(texts.length + 1);
  Uint32Array.from(texts.keys())
    .sort((one, other) => compareTexts(texts[one] as string, texts[other] as string))
    .forEach((id, at) => void (ranks[id + 1] = at + 1));
  return ranks;
};

/** Rows of a side in the order of what they hold, field by field; of those that say the same in the order of their keys. */
const ordered = ({ keys, values }: GatheredSide, ranks: readonly Uint32Array[]): Uint32Array => {
  const used = values.flatMap((numbers, at) => ((ranks[at] as Uint32Array).length > 1 ? [{ numbers, rank: ranks[at] as Uint32Array }] : []));
  return Uint32Array.from(keys.keys()).sort((one, other) => {
    for (const { numbers, rank } of used) {
      const apart = (rank[numbers.at(one)] as number) - (rank[numbers.at(other)] as number);
      if (apart !== 0) return apart;
    }
    return compareTexts(keys[one] as string, keys[other] as string);
  });
};

const counted = (ids: Int32Array, values: number): Int32Array => {
  const counts = new Int32Array(values);
  for (const id of ids) if (id >= 0) counts[id] = (counts[id] as number) + 1;
  return counts;
};

type Order = { a: Uint32Array; b: Uint32Array | undefined };

const column = (gathered: Gathered, at: number, order: Order): Omit<Column, keyof Values | 'self'> => {
  const numbers = (side: 'a' | 'b', rows: Uint32Array): Int32Array => Int32Array.from(rows, (row) => (gathered[side].values[at] as Grown).at(row) - 1);
  const texts = gathered.texts(at);
  const a = numbers('a', order.a);
  const b = order.b ? numbers('b', order.b) : a;
  const countA = counted(a, texts.length);
  return { field: FIELDS[at] as Field, texts, a, b, countA, countB: order.b ? counted(b, texts.length) : countA };
};

const readyColumn = (raw: Omit<Column, keyof Values | 'self'>): Column => ({ ...raw, ...valuesOf(raw.field, raw.texts), self: new Uint8Array(raw.texts.length) });

const filled = (ids: Int32Array): boolean => ids.some((id) => id >= 0);

export const rowReader = (columns: readonly Column[], side: 'a' | 'b', size: number): RowReader => {
  const by = new Map(columns.map((each) => [each.field, each]));
  const value = (field: Field, row: number): unknown => {
    const found = by.get(field);
    const id = found?.[side][row] ?? -1;
    return id < 0 ? undefined : found?.parsed(id);
  };
  return {
    size,
    name: (field, row) => value(field, row) as PersonName | undefined,
    organisation: (row) => value('organisation', row) as OrganisationName | undefined,
    emails: (row) => (value('email', row) ?? []) as readonly ParsedMail[],
    phones: (row) => (value('phone', row) ?? []) as readonly ParsedPhone[],
    share: (field, row, nth) => {
      const found = by.get(field);
      found?.share(found[side][row] as number, nth);
    },
  };
};

/**
 * Records made ready for comparing. Only fields that both sides fill take part. Memory grows with records and different values,
 * never with pairs.
 * @param within the first list is compared with itself; there is no second
 */
export const prepare = (gathered: Gathered, within: boolean): Prepared => {
  const ranks = FIELDS.map((_, at) => ranked(gathered.texts(at)));
  const order: Order = { a: ordered(gathered.a, ranks), b: within ? undefined : ordered(gathered.b, ranks) };
  const columns = FIELDS.map((_, at) => column(gathered, at, order)).filter((each) => filled(each.a) && filled(each.b)).map(readyColumn);
  const keysOf = (side: 'a' | 'b', rows: Uint32Array): string[] => Array.from(rows, (row) => gathered[side].keys[row] as string);
  const a = { keys: keysOf('a', order.a), size: order.a.length };
  const b = order.b ? { keys: keysOf('b', order.b), size: order.b.length } : a;
  markShared(rowReader(columns, 'a', a.size), within ? undefined : rowReader(columns, 'b', b.size));
  for (const { compare, self } of columns) for (let id = 0; id < self.length; id += 1) self[id] = compare(id, id);
  return { a, b, within, columns };
};
