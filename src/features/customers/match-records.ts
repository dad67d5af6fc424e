import type { Table } from '../../lib/table';
import { findColumns, splitName, type ColumnRole, type ColumnsFound } from './domain/matching/columns';
import { isFreeMail } from './domain/matching/mailbox';
import { organisationName } from './domain/matching/organisation';
import type { MatchRecord, RecordKind } from './domain/matching/record';
import type { Setting } from './domain/matching/vetoes';
import { countryOf, mailAddresses, organisationSite, phoneLine, siteOf } from './normalise';

export type FileRecords = {
  records: MatchRecord[];
  /** What each used column was taken for. */
  columns: { heading: string; role: ColumnRole }[];
  /** Whether keys come from an id column; else they are line numbers. */
  keyed: boolean;
  holdsPeople: boolean;
  /** Rows that could not be read and take no part, by line. */
  rejected: number[];
};

/** Rows looked at to learn what columns hold. */
const LOOKED_AT = 400;

/** Day first or month first, told by the whole column; where nothing tells, a point or dash means day first. */
const dateReader = (values: readonly string[]): ((text: string) => string) => {
  const pairs = values.map((value) => /^(\d{1,2})([./-])(\d{1,2})[./-]\d{4}/u.exec(value.trim())).filter((found) => found !== null);
  const monthFirst = pairs.some((found) => Number(found[3]) > 12) || (!pairs.some((found) => Number(found[1]) > 12) && pairs.length > 0 && pairs.every((found) => found[2] === '/'));
  return (text) => {
    const year = /^(\d{4})[./-](\d{1,2})[./-](\d{1,2})/u.exec(text.trim());
    if (year) return `${year[1]}${year[2]?.padStart(2, '0')}${year[3]?.padStart(2, '0')}`;
    const found = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})/u.exec(text.trim());
    if (!found) return text.replace(/\D/gu, '').slice(0, 8);
    const [day, month] = monthFirst ? [found[2], found[1]] : [found[1], found[2]];
    return `${found[3]}${month?.padStart(2, '0')}${day?.padStart(2, '0')}`;
  };
};

/** Postcodes read as numbers lost their leading zero, or gained ".0"; only the second can be told. */
const code = (text: string): string => text.trim().replace(/\.0$/u, '');

type Cells = (role: ColumnRole) => string[];

const recordOf = (key: string, cells: Cells, { nameHolds }: ColumnsFound, readDate: (text: string) => string): MatchRecord => {
  const one = (role: ColumnRole): string => cells(role)[0] ?? '';
  const whole = one('name');
  const person = nameHolds === 'person' && one('given') === '' && one('surname') === '' ? splitName(whole) : { given: one('given'), surname: one('surname') };
  const country = countryOf(one('country'));
  const emails = mailAddresses(cells('email'));
  const lines = [...new Map(cells('phone').flatMap((text) => phoneLine(text, country) ?? []).map((line) => [line.digits, line])).values()];
  return {
    key,
    ...person,
    organisation: one('organisation') || (nameHolds === 'organisation' ? whole : ''),
    emails,
    phones: lines.filter(({ fixed }) => !fixed).map(({ digits }) => digits),
    desks: lines.filter(({ fixed }) => fixed).map(({ digits }) => digits),
    site: one('site') === '' ? '' : siteOf(one('site')),
    street: one('street'),
    number: code(one('number')),
    place: one('place'),
    city: one('city'),
    postcode: code(one('postcode')),
    region: one('region'),
    country,
    birthDate: readDate(one('birthDate')),
    idNumber: code(one('idNumber')),
    category: one('category'),
  };
};

/** Rows of a table as records to match. Keys are the id column's, if it names every row differently; else the line numbers. */
export const readRecords = ({ headings, rows }: Table): FileRecords => {
  const good = rows.filter((row) => !row.rejected);
  const sample = good.slice(0, LOOKED_AT);
  const found = findColumns(headings, headings.map((_, at) => sample.map(({ cells }) => cells[at] ?? '')));
  const places = new Map<ColumnRole, number[]>();
  found.roles.forEach((role, at) => {
    if (role) places.set(role, [...(places.get(role) ?? []), at]);
  });
  const idAt = places.get('id')?.[0];
  const ids = idAt === undefined ? [] : good.map(({ cells }) => (cells[idAt] ?? '').trim());
  const keyed = ids.length > 0 && ids.every((id) => id !== '') && new Set(ids).size === ids.length;
  const dateAt = places.get('birthDate')?.[0];
  const readDate = dateReader(dateAt === undefined ? [] : sample.map(({ cells }) => cells[dateAt] ?? ''));
  const records = good.map(({ line, cells }, row) => {
    const own: Cells = (role) => (places.get(role) ?? []).map((at) => (cells[at] ?? '').trim()).filter((text) => text !== '');
    return recordOf(keyed ? (ids[row] as string) : String(line), own, found, readDate);
  });
  return {
    records,
    columns: headings.flatMap((heading, at) => {
      const role = found.roles[at];
      return role === undefined || (role === 'id' && !keyed) ? [] : [{ heading, role }];
    }),
    keyed,
    holdsPeople: records.some(({ given, surname }) => (given ?? '') !== '' || (surname ?? '') !== ''),
    rejected: rows.filter((row) => row.rejected).map(({ line }) => line),
  };
};

const fills = (records: readonly MatchRecord[], has: (record: MatchRecord) => boolean): boolean => records.some(has);

/** One name in fifty carries a legal form: a list of companies, where one word more is another company. */
const FORMAL = 0.02;

/** Which rules apply: people at companies, private persons or organisations, by what the lists hold. */
export const settingOf = (lists: readonly FileRecords[]): Setting => {
  const kind: RecordKind = lists.every(({ holdsPeople }) => holdsPeople) ? 'person' : 'organisation';
  const records = lists.flatMap((list) => list.records);
  const mail = fills(records, ({ emails }) => (emails?.length ?? 0) > 0);
  if (kind === 'person') return { kind, business: mail || fills(records, ({ organisation, site, phones, desks }) => Boolean(organisation) || Boolean(site) || (phones?.length ?? 0) > 0 || (desks?.length ?? 0) > 0) };
  const forms = records.filter(({ organisation }) => organisationName(organisation ?? '').form !== '').length;
  return { kind, business: mail || fills(records, ({ site }) => Boolean(site)) || forms >= FORMAL * records.length };
};

/** Organisations are recognised by their site, so an address there stands in for a missing link and does not count a second time. */
export const recordsFor = ({ kind }: Setting, { records }: FileRecords): MatchRecord[] =>
  kind === 'person'
    ? records
    : records.map((record) => {
        const emails = record.emails ?? [];
        return { ...record, site: organisationSite(record.site ?? '', emails), emails: emails.filter(({ site }) => isFreeMail(site)) };
      });
