import type { ParsedMail, ParsedPhone } from './comparators';
import type { Field } from './levels';
import { nameStem, type PersonName } from './names';
import type { OrganisationName } from './organisation';
import type { Column, Prepared } from './prepare';

/** FNV-1a, 32 bits: keys meet as numbers. Two keys that collide cost one comparison more and change no result. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
};

type Read = (field: Field) => unknown;

const plainText = (value: unknown): string => ((value as { joined?: string } | undefined)?.joined ?? '');

const personKeys = (read: Read, add: (key: string) => void): void => {
  const given = read('given') as PersonName | undefined;
  const surname = read('surname') as PersonName | undefined;
  const stem = given ? nameStem(given) : '';
  const family = surname?.plain ?? '';
  const postcode = (read('postcode') as string | undefined) ?? '';
  const city = plainText(read('city')).slice(0, 5);
  const firm = (read('organisation') as OrganisationName | undefined)?.parts[0] ?? '';
  if (given && surname) {
    add(`n${stem}|${family.slice(0, 4)}`);
    add(`o${[given.plain, family].sort().join('|')}`);
    add(`j${given.plain.slice(0, 2)}|${family.slice(-4)}`);
  }
  for (const [mark, near] of [['p', postcode], ['c', city], ['f', firm]] as const) {
    if (near === '') continue;
    if (family !== '') add(`s${mark}${family.slice(0, 3)}|${near}`);
    if (stem !== '') add(`g${mark}${stem}|${near}`);
  }
};

const contactKeys = (read: Read, add: (key: string) => void): void => {
  const given = read('given') as PersonName | undefined;
  const surname = read('surname') as PersonName | undefined;
  for (const mail of (read('email') ?? []) as readonly ParsedMail[]) {
    add(`e${mail.mailbox}`);
    if (!mail.shared && mail.letters.length >= 5) add(`l${mail.letters}`);
    if (mail.free || mail.site === '') continue;
    if (surname) add(`ds${mail.site}|${surname.plain.slice(0, 2)}`);
    if (given) add(`dg${mail.site}|${nameStem(given)}`);
  }
  for (const { digits } of (read('phone') ?? []) as readonly ParsedPhone[]) add(`t${digits.slice(-8)}`);
  for (const field of ['idNumber', 'birthDate'] as const) {
    const value = read(field) as string | undefined;
    if (value !== undefined) add(`${field}${value}`);
  }
};

const placeKeys = (read: Read, add: (key: string) => void): void => {
  const street = plainText(read('street'));
  const number = (read('number') as string | undefined) ?? '';
  const postcode = (read('postcode') as string | undefined) ?? '';
  const city = plainText(read('city'));
  const place = plainText(read('place'));
  if (street !== '' && (number !== '' || /\d/u.test(street))) add(`a${street.slice(0, 8)}|${number}`);
  if (street !== '' && (postcode !== '' || city !== '')) add(`b${street.slice(0, 5)}|${postcode}|${postcode === '' ? city.slice(0, 6) : ''}`);
  if (number !== '' && city !== '') add(`h${number}|${city.slice(0, 6)}`);
  if (number !== '' && postcode !== '') add(`k${number}|${postcode}`);
  if (place !== '' && city !== '') add(`q${place.slice(0, 6)}|${city.slice(0, 4)}`);
};

const organisationKeys = (read: Read, person: boolean, add: (key: string) => void): void => {
  const site = read('site') as string | undefined;
  const name = read('organisation') as OrganisationName | undefined;
  if (person) return;
  if (site !== undefined) {
    add(`w${site}`);
    add(`v${site.slice(0, site.indexOf('.'))}`);
  }
  if (name === undefined) return;
  add(`x${name.joined.slice(0, 6)}`);
  add(`y${name.sorted}`);
  for (const part of new Set(name.parts)) if (part.length >= 3) add(`z${part}`);
};

/** The keys of every record, one list after the other, records' beginnings in `from`. */
type Keys = { keys: Uint32Array; from: Uint32Array };

const keysOf = (columns: readonly Column[], side: 'a' | 'b', size: number, person: boolean): Keys => {
  const by = new Map(columns.map((each) => [each.field, each]));
  const from = new Uint32Array(size + 1);
  let keys = new Uint32Array(size * 12 + 16);
  let used = 0;
  let row = 0;
  const read: Read = (field) => {
    const found = by.get(field);
    const id = found?.[side][row] ?? -1;
    return id < 0 ? undefined : found?.parsed[id];
  };
  const add = (key: string): void => {
    if (used === keys.length) {
      const more = new Uint32Array(keys.length * 2);
      more.set(keys);
      keys = more;
    }
    keys[used] = hash(key);
    used += 1;
  };
  for (; row < size; row += 1) {
    if (person) personKeys(read, add);
    contactKeys(read, add);
    placeKeys(read, add);
    organisationKeys(read, person, add);
    from[row + 1] = used;
  }
  return { keys: keys.slice(0, used), from };
};

/** Up to so many pairs every record is simply compared with every other. */
const ALL_PAIRS = 300_000;
/** Comparisons allowed for each record beyond; the keys that many records share are the first to go. */
const PAIRS_PER_RECORD = 20;

export type Candidates = {
  /** Calls `visit` once for every pair worth comparing, in the records' order. */
  each: (visit: (a: number, b: number) => void) => void;
  /** Share of the keys' pairs that was left out because too many records share a key; 0 when nothing was. */
  leftOut: number;
};

const allPairs = ({ a, b, within }: Prepared): Candidates => ({
  leftOut: 0,
  each: (visit) => {
    for (let left = 0; left < a.size; left += 1) for (let right = within ? left + 1 : 0; right < b.size; right += 1) visit(left, right);
  },
});

type Buckets = { rows: Uint32Array; starts: Uint32Array; mask: number };

/** Rows by key, as one counting sort: no list or map per key. */
const bucketed = ({ keys, from }: Keys, mask: number): Buckets => {
  const starts = new Uint32Array(mask + 2);
  for (const key of keys) starts[(key & mask) + 1] = (starts[(key & mask) + 1] as number) + 1;
  for (let at = 1; at < starts.length; at += 1) starts[at] = (starts[at] as number) + (starts[at - 1] as number);
  const next = starts.slice();
  const rows = new Uint32Array(keys.length);
  for (let row = 0; row + 1 < from.length; row += 1)
    for (let at = from[row] as number; at < (from[row + 1] as number); at += 1) {
      const bucket = (keys[at] as number) & mask;
      rows[next[bucket] as number] = row;
      next[bucket] = (next[bucket] as number) + 1;
    }
  return { rows, starts, mask };
};

/** The largest product of a bucket's two sides that still fits when buckets are taken from the smallest on. */
const largestTaken = (products: Float64Array, allowed: number): { cap: number; leftOut: number } => {
  const sorted = products.filter((each) => each > 0).sort();
  let total = 0;
  for (const each of sorted) total += each;
  let taken = 0;
  let cap = 0;
  for (const each of sorted) {
    if (taken + each > allowed) return { cap, leftOut: 1 - taken / total };
    taken += each;
    cap = each;
  }
  return { cap, leftOut: 0 };
};

/** Pairs that share at least one key: the same mailbox, line, name at a place, site … Memory grows with records, not with pairs. */
export const candidates = (prepared: Prepared, person: boolean): Candidates => {
  const { a, b, within, columns } = prepared;
  if ((within ? (a.size * (a.size - 1)) / 2 : a.size * b.size) <= ALL_PAIRS) return allPairs(prepared);
  const keysA = keysOf(columns, 'a', a.size, person);
  const keysB = within ? keysA : keysOf(columns, 'b', b.size, person);
  const mask = 2 ** Math.min(24, Math.ceil(Math.log2(2 * (keysA.keys.length + keysB.keys.length) + 2))) - 1;
  const left = bucketed(keysA, mask);
  const right = within ? left : bucketed(keysB, mask);
  const sizeOf = ({ starts }: Buckets, bucket: number): number => (starts[bucket + 1] as number) - (starts[bucket] as number);
  const products = new Float64Array(mask + 1);
  for (let bucket = 0; bucket <= mask; bucket += 1) products[bucket] = sizeOf(left, bucket) * sizeOf(right, bucket);
  const { cap, leftOut } = largestTaken(products, Math.max(1_000_000, PAIRS_PER_RECORD * (a.size + b.size)) * (within ? 2 : 1));
  const each = (visit: (one: number, other: number) => void): void => {
    const met = new Int32Array(b.size).fill(-1);
    for (let row = 0; row < a.size; row += 1)
      for (let at = keysA.from[row] as number; at < (keysA.from[row + 1] as number); at += 1) {
        const bucket = (keysA.keys[at] as number) & mask;
        if ((products[bucket] as number) > cap) continue;
        for (let place = right.starts[bucket] as number; place < (right.starts[bucket + 1] as number); place += 1) {
          const other = right.rows[place] as number;
          if (met[other] === row || (within && other <= row)) continue;
          met[other] = row;
          visit(row, other);
        }
      }
  };
  return { each, leftOut };
};
