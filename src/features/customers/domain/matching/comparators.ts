import { fold, withoutDigraphs, words } from './fold';
import { levelNumber, type Field } from './levels';
import type { MailAddress } from './mailbox';
import { mailValues } from './mail-values';
import { phoneValues } from './phone-values';
import { readValues, type Values } from './values';
import { closeness, compareGiven, compareSurname, personName } from './names';
import { compareOrganisation, organisationName } from './organisation';
import { oneSlipApart, wordOverlap } from './similarity';

/** How one field's values are read and how two of them, not equal in writing, are compared (the number of a level). */
type Comparator<Parsed> = { parse: (text: string) => Parsed; compare: (left: Parsed, right: Parsed) => number };

const numbered = <Id extends string>(field: Field, ids: readonly Id[]): Readonly<Record<Id, number>> =>
  Object.fromEntries(ids.map((id) => [id, levelNumber(field, id)])) as Record<Id, number>;

const GIVEN = numbered('given', ['same', 'variant', 'unsure_short', 'initial', 'near', 'similar', 'different']);
const SURNAME = numbered('surname', ['same', 'variant', 'part', 'near', 'similar', 'generation', 'different']);
const ORGANISATION = numbered('organisation', ['same', 'variant', 'other_form', 'near', 'within', 'similar', 'different']);
const SITE = numbered('site', ['same', 'name', 'different']);
const TEXT = numbered('street', ['same', 'near', 'similar', 'different']);
const POSTCODE = numbered('postcode', ['same', 'near', 'area', 'different']);
const CODE = numbered('number', ['same', 'near', 'different']);
const COUNTRY = numbered('country', ['same', 'different']);

/** Several addresses or numbers of one record, as one text. */
export const joinEmails = (emails: readonly MailAddress[]): string => emails.map(({ local, host, site }) => `${local}@${host}@${site}`).join(' ');

/** Telephone numbers of one record as one text; fixed lines are marked. */
export const joinPhones = (phones: readonly string[], desks: readonly string[]): string => [...phones, ...desks.map((digits) => `${digits}f`)].join(' ');

/** What people write short in addresses. */
const SHORT: ReadonlyMap<string, string> = new Map(Object.entries({
  st: 'street', str: 'strasse', strase: 'strasse', ave: 'avenue', av: 'avenue', blvd: 'boulevard', blv: 'boulevard', bd: 'boulevard', rd: 'road', dr: 'drive', ln: 'lane', pl: 'place', sq: 'square', hwy: 'highway',
  pkwy: 'parkway', cct: 'circuit', cres: 'crescent', ct: 'court', n: 'north', s: 'south', e: 'east', w: 'west', ne: 'northeast', nw: 'northwest', se: 'southeast', sw: 'southwest', fl: 'floor', ste: 'suite',
}));

type ParsedText = { text: string; parts: readonly string[]; joined: string };

const readText = (text: string): ParsedText => {
  const parts = words(withoutDigraphs(fold(text)));
  return { text: parts.join(' '), parts, joined: parts.join('') };
};

const readStreet = (text: string): ParsedText => {
  const parts = words(fold(text)).map((part) => SHORT.get(part) ?? part);
  return { text: parts.join(' '), parts, joined: parts.join('') };
};

const numbersOf = ({ parts }: ParsedText): string => parts.filter((part) => /\d/u.test(part)).join(' ');

const compareText = (left: ParsedText, right: ParsedText): number => {
  if (left.joined === right.joined) return TEXT.same;
  const close = closeness(left.text, right.text);
  if (close === 'near') return TEXT.near;
  const { share, within } = wordOverlap(left.parts, right.parts);
  if (share >= 0.6 || (within && share >= 0.4)) return TEXT.near;
  return close === 'similar' || share >= 0.3 ? TEXT.similar : TEXT.different;
};

/** House numbers decide: the same words with another number are another house. */
const compareStreet = (left: ParsedText, right: ParsedText): number => {
  const [numbers, others] = [numbersOf(left), numbersOf(right)];
  const found = compareText(left, right);
  if (numbers === '' || others === '' || numbers === others || found === TEXT.same) return found;
  const [first = '', other = ''] = [numbers.split(' ')[0], others.split(' ')[0]];
  return first === other ? found : Math.max(found, oneSlipApart(numbers, others) && numbers.length > 2 ? TEXT.near : TEXT.similar);
};

const comparePostcode = (left: string, right: string): number => {
  if (left === right) return POSTCODE.same;
  if (left.length >= 4 && oneSlipApart(left, right)) return POSTCODE.near;
  return left.length >= 4 && right.length >= 4 && left.slice(0, left.length - 2) === right.slice(0, right.length - 2) ? POSTCODE.area : POSTCODE.different;
};

/** Codes: letters and digits without signs between them. */
const readCode = (text: string): string => fold(text).replaceAll(' ', '');

const compareCode = (left: string, right: string): number => (left === right ? CODE.same : oneSlipApart(left, right) ? CODE.near : CODE.different);

/** A date in which one figure is off, two neighbours are swapped, or day and month changed places. */
const compareDate = (left: string, right: string): number => {
  if (left === right) return CODE.same;
  const swapped = left.length === 8 && `${left.slice(0, 4)}${left.slice(6)}${left.slice(4, 6)}` === right;
  return swapped || oneSlipApart(left, right) ? CODE.near : CODE.different;
};

const compareSite = (left: string, right: string): number => {
  if (left === right) return SITE.same;
  const name = left.slice(0, left.indexOf('.'));
  return name.length >= 3 && name === right.slice(0, right.indexOf('.')) ? SITE.name : SITE.different;
};

const fieldOf = <Parsed>(parse: (text: string) => Parsed, compare: (left: Parsed, right: Parsed) => number): Comparator<unknown> => ({
  parse,
  compare: (left, right) => compare(left as Parsed, right as Parsed),
});

const COMPARATORS: Readonly<Record<Exclude<Field, 'email' | 'phone'>, Comparator<unknown>>> = {
  given: fieldOf(personName, (left, right) => GIVEN[compareGiven(left, right)]),
  surname: fieldOf(personName, (left, right) => SURNAME[compareSurname(left, right)]),
  organisation: fieldOf(organisationName, (left, right) => ORGANISATION[compareOrganisation(left, right)]),
  site: fieldOf((text) => text, compareSite),
  street: fieldOf(readStreet, compareStreet),
  number: fieldOf(readCode, compareCode),
  place: fieldOf(readStreet, compareText),
  city: fieldOf(readText, compareText),
  postcode: fieldOf(readCode, comparePostcode),
  region: fieldOf(readCode, compareCode),
  country: fieldOf(readCode, (left, right) => (left === right ? COUNTRY.same : COUNTRY.different)),
  birthDate: fieldOf(readCode, compareDate),
  idNumber: fieldOf(readCode, compareCode),
  category: fieldOf(readText, (left, right) => Math.min(CODE.different, compareText(left, right))),
};

/** How two names stand that stand in different fields: given name and surname, or the two lines of an address. */
export const compareAcross = (field: 'given' | 'street', left: unknown, right: unknown): number => COMPARATORS[field].compare(left, right);

/** @param texts one field's different values */
export const valuesOf = (field: Field, texts: readonly string[]): Values => (field === 'email' ? mailValues(texts) : field === 'phone' ? phoneValues(texts) : readValues(texts, COMPARATORS[field]));
