import { eachGroup, hash, rowOf } from './key-groups';
import { Grown } from './grown';
import type { ParsedMail } from './mail-values';
import { compareGiven, compareSurname, type PersonName } from './names';
import { compareOrganisation, type OrganisationName } from './organisation';
import type { ParsedPhone } from './phone-values';

/** What fields of one side hold, read by row; the columns of names, addresses and numbers are typed for those who ask for them. */
export type RowReader = {
  size: number;
  name: (field: 'given' | 'surname', row: number) => PersonName | undefined;
  organisation: (row: number) => OrganisationName | undefined;
  emails: (row: number) => readonly ParsedMail[];
  phones: (row: number) => readonly ParsedPhone[];
  /** Notes that the nth address or number of a row is several customers'. */
  share: (field: 'email' | 'phone', row: number, nth: number) => void;
};

type Holder = { given: PersonName | undefined; surname: PersonName | undefined; organisation: OrganisationName | undefined };

const namesPerson = ({ given, surname }: Holder): boolean => given !== undefined || surname !== undefined;

/** Two customers for certain: people whose names are not one name in two spellings, or organisations named wholly otherwise. */
const differ = (left: Holder, right: Holder): boolean =>
  (!namesPerson(left) && !namesPerson(right) && left.organisation !== undefined && right.organisation !== undefined && compareOrganisation(left.organisation, right.organisation) === 'different') ||
  (left.given !== undefined && right.given !== undefined && compareGiven(left.given, right.given) === 'different') ||
  (left.surname !== undefined && right.surname !== undefined && ['different', 'generation'].includes(compareSurname(left.surname, right.surname)));

/** More holders than this are not told apart one by one: nobody has so many names. */
const MANY = 12;

const several = (holders: readonly Holder[]): boolean => holders.some((holder, index) => holders.slice(index + 1).some((other) => differ(holder, other)));

/** Which of these rows hold a key, once for each time they name it; most keys have one holder, so rows are told apart by a number first. */
const rowsByKey = (reader: RowReader, keys: (row: number) => readonly string[]): Map<string, number[]> => {
  const entries = new Grown();
  const from = new Uint32Array(reader.size + 1);
  for (let row = 0; row < reader.size; row += 1) {
    for (const key of keys(row)) entries.push(hash(key));
    from[row + 1] = entries.size;
  }
  const found = new Map<string, number[]>();
  eachGroup(Uint32Array.from({ length: entries.size }, (_, at) => entries.at(at)), (order, start, end) => {
    if (end - start < 2) return;
    for (let place = start; place < end; place += 1) {
      const at = order[place] as number;
      const row = rowOf(from, at);
      const key = keys(row)[at - (from[row] as number)] as string;
      const rows = found.get(key);
      if (rows) rows.push(row);
      else found.set(key, [row]);
    }
  });
  return found;
};

const sharedKeys = (readers: readonly RowReader[], keys: (reader: RowReader, row: number) => readonly string[]): Set<string> => {
  const shared = new Set<string>();
  for (const reader of readers)
    for (const [key, rows] of rowsByKey(reader, (row) => keys(reader, row))) {
      const holders = rows.slice(0, MANY).map((row): Holder => ({ given: reader.name('given', row), surname: reader.name('surname', row), organisation: reader.organisation(row) }));
      if (holders.length > 1 && several(holders)) shared.add(key);
    }
  return shared;
};

/**
 * Marks mailboxes and telephone lines that within one system belong to people, or organisations, of clearly different names: an
 * assistant's address, a family's, a switchboard, a group's head office. They speak for a place, not for one customer.
 */
export const markShared = (first: RowReader, second?: RowReader): void => {
  const readers = second ? [first, second] : [first];
  const mails = sharedKeys(readers, (reader, row) => reader.emails(row).map(({ mailbox }) => mailbox));
  const phones = sharedKeys(readers, (reader, row) => reader.phones(row).map(({ digits }) => digits));
  for (const reader of readers)
    for (let row = 0; row < reader.size; row += 1) {
      if (mails.size > 0) reader.emails(row).forEach(({ mailbox }, nth) => mails.has(mailbox) && reader.share('email', row, nth));
      if (phones.size > 0) reader.phones(row).forEach(({ digits }, nth) => phones.has(digits) && reader.share('phone', row, nth));
    }
};
