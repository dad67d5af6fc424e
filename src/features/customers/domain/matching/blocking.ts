import { Grown } from './grown';
import { eachGroup, hash, rowOf } from './key-groups';
import type { Field } from './levels';
import type { ParsedMail } from './mail-values';
import { nameStem, type PersonName } from './names';
import type { OrganisationName } from './organisation';
import type { ParsedPhone } from './phone-values';
import type { Column, Prepared } from './prepare';

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
    return id < 0 ? undefined : found?.parsed(id);
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
  return { keys: keys.subarray(0, used), from };
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

/** The largest product of a key's two sides that still fits when keys are taken from the smallest product on. @param products how often each occurs */
const largestTaken = (products: ReadonlyMap<number, number>, allowed: number): { cap: number; leftOut: number } => {
  let total = 0;
  for (const [product, count] of products) total += product * count;
  let taken = 0;
  let cap = 0;
  for (const [product, count] of [...products].sort(([one], [other]) => one - other)) {
    const fit = Math.min(count, Math.floor((allowed - taken) / product));
    if (fit > 0) cap = product;
    taken += fit * product;
    if (fit < count) return { cap, leftOut: 1 - taken / total };
  }
  return { cap, leftOut: 0 };
};

/** Groups of rows that share a key: `groups` says for each key of the first side (as it stands in `Keys`) 1 + its group's number, or 0; rows of the second side stand in `rows`. */
type Meetings = { groups: Uint32Array; starts: Grown; rows: Uint32Array; leftOut: number };

const joined = (one: Uint32Array, other: Uint32Array): Uint32Array => {
  const both = new Uint32Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
};

const meetings = (keysA: Keys, keysB: Keys, within: boolean, allowed: number): Meetings => {
  const ofA = keysA.keys.length;
  const keys = within ? keysA.keys : joined(keysA.keys, keysB.keys);
  const sides = (order: Uint32Array, start: number, end: number): { middle: number; product: number } => {
    let middle = start;
    while (middle < end && (order[middle] as number) < ofA) middle += 1;
    return within ? { middle: start, product: (end - start) ** 2 } : { middle, product: (middle - start) * (end - middle) };
  };
  const products = new Map<number, number>();
  const sortedKeys = eachGroup(keys, (order, start, end) => {
    const { product } = sides(order, start, end);
    if (product > 0) products.set(product, (products.get(product) ?? 0) + 1);
  });
  const { cap, leftOut } = largestTaken(products, allowed);
  const starts = new Grown();
  let used = 0;
  eachGroup(keys, (order, start, end) => {
    const { middle, product } = sides(order, start, end);
    const meets = product > 0 && product <= cap && end - start > 1;
    if (meets) starts.push(used);
    for (let place = start; place < (within ? end : middle); place += 1) keys[order[place] as number] = meets ? starts.size : 0;
    for (let place = middle; meets && place < end; place += 1) {
      order[used] = rowOf(keysB.from, (order[place] as number) - (within ? 0 : ofA));
      used += 1;
    }
  }, sortedKeys);
  starts.push(used);
  return { groups: keys, starts, rows: sortedKeys.slice(0, used), leftOut };
};

/** Pairs that share at least one key: the same mailbox, line, name at a place, site … Memory grows with records, not with pairs. */
export const candidates = (prepared: Prepared, person: boolean): Candidates => {
  const { a, b, within, columns } = prepared;
  if ((within ? (a.size * (a.size - 1)) / 2 : a.size * b.size) <= ALL_PAIRS) return allPairs(prepared);
  const keysA = keysOf(columns, 'a', a.size, person);
  const keysB = within ? keysA : keysOf(columns, 'b', b.size, person);
  const { from } = keysA;
  const { groups, starts, rows, leftOut } = meetings(keysA, keysB, within, Math.max(1_000_000, PAIRS_PER_RECORD * (a.size + b.size)) * (within ? 2 : 1));
  const each = (visit: (one: number, other: number) => void): void => {
    const met = new Int32Array(b.size).fill(-1);
    for (let row = 0; row < a.size; row += 1)
      for (let at = from[row] as number; at < (from[row + 1] as number); at += 1) {
        const group = groups[at] as number;
        if (group === 0) continue;
        for (let place = starts.at(group - 1); place < starts.at(group); place += 1) {
          const other = rows[place] as number;
          if (met[other] === row || (within && other <= row)) continue;
          met[other] = row;
          visit(row, other);
        }
      }
  };
  return { each, leftOut };
};
