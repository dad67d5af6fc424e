import { fold, withoutDigraphs, words } from './fold';
import { levelNumber, type Field } from './levels';
import { isFreeMail, isRole, localLetters, mailboxOf, type MailAddress } from './mailbox';
import { closeness, compareGiven, compareSurname, personName } from './names';
import { compareOrganisation, organisationName } from './organisation';
import { oneSlipApart, wordOverlap } from './similarity';

/** How one field's values are read and how two of them, not equal in writing, are compared (the number of a level). */
export type Comparator<Parsed> = { parse: (text: string) => Parsed; compare: (left: Parsed, right: Parsed) => number };

const numbered = <Id extends string>(field: Field, ids: readonly Id[]): Readonly<Record<Id, number>> =>
  Object.fromEntries(ids.map((id) => [id, levelNumber(field, id)])) as Record<Id, number>;

const GIVEN = numbered('given', ['same', 'variant', 'unsure_short', 'initial', 'near', 'similar', 'different']);
const SURNAME = numbered('surname', ['same', 'variant', 'part', 'near', 'similar', 'generation', 'different']);
const ORGANISATION = numbered('organisation', ['same', 'variant', 'other_form', 'near', 'within', 'similar', 'different']);
const EMAIL = numbered('email', ['same', 'mailbox', 'shared', 'local', 'company', 'different']);
const PHONE = numbered('phone', ['same', 'desk', 'shared', 'ending', 'extension', 'different']);
const SITE = numbered('site', ['same', 'name', 'different']);
const TEXT = numbered('street', ['same', 'near', 'similar', 'different']);
const POSTCODE = numbered('postcode', ['same', 'near', 'area', 'different']);
const CODE = numbered('number', ['same', 'near', 'different']);
const COUNTRY = numbered('country', ['same', 'different']);

/** Several addresses or numbers of one record, as one text. */
export const joinEmails = (emails: readonly MailAddress[]): string => emails.map(({ local, host, site }) => `${local}@${host}@${site}`).join(' ');

/** Telephone numbers of one record as one text; fixed lines are marked. */
export const joinPhones = (phones: readonly string[], desks: readonly string[]): string => [...phones, ...desks.map((digits) => `${digits}f`)].join(' ');

/** `shared` is true from the start for a task's address, and set later where the data show several people behind one (shared.ts). */
export type ParsedMail = Pick<MailAddress, 'site'> & { address: string; mailbox: string; letters: string; shared: boolean; free: boolean };
export type ParsedPhone = { digits: string; fixed: boolean; shared: boolean };

const parseEmails = (text: string): ParsedMail[] =>
  text.split(' ').map((each) => {
    const [local = '', host = '', site = ''] = each.split('@');
    const address = each.slice(0, local.length + 1 + host.length);
    const mailbox = mailboxOf({ local, host, site });
    // Most mailboxes are the address and most sites the host; one text is kept for both.
    return { address, mailbox: mailbox === address ? address : mailbox, site: site === host ? host : site, letters: localLetters(local), shared: isRole(local), free: isFreeMail(site) };
  });

const compareMail = (left: ParsedMail, right: ParsedMail): number => {
  if (left.address === right.address) return left.shared ? EMAIL.shared : EMAIL.same;
  if (left.mailbox === right.mailbox) return left.shared ? EMAIL.shared : EMAIL.mailbox;
  if (!left.shared && !right.shared && left.letters.length >= 5 && left.letters === right.letters) return EMAIL.local;
  return left.site !== '' && left.site === right.site && !left.free ? EMAIL.company : EMAIL.different;
};

const best = <Value>(left: readonly Value[], right: readonly Value[], compare: (a: Value, b: Value) => number, worst: number): number => {
  let found = worst;
  for (const a of left) for (const b of right) found = Math.min(found, compare(a, b));
  return found;
};

/** Numbers are the same line when they end alike, whatever was dialled in front; nine digits hold area and line in most plans. */
const comparePhone = ({ digits: left, ...line }: ParsedPhone, { digits: right, ...other }: ParsedPhone): number => {
  const fixed = line.fixed || other.fixed;
  if (left === right) return line.shared ? PHONE.shared : fixed ? PHONE.desk : PHONE.same;
  const short = Math.min(left.length, right.length);
  if (short >= 7 && left.slice(-short) === right.slice(-short) && short >= Math.max(left.length, right.length) - 4) return fixed ? PHONE.desk : PHONE.ending;
  if (short >= 9 && left.slice(-9) === right.slice(-9)) return fixed ? PHONE.desk : PHONE.ending;
  if (short >= 9 && Math.abs(left.length - right.length) <= 3) {
    let front = 0;
    while (front < short && left[front] === right[front]) front += 1;
    if (front >= short - 3) return PHONE.extension;
  }
  return PHONE.different;
};

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

export const COMPARATORS: Readonly<Record<Field, Comparator<unknown>>> = {
  given: fieldOf(personName, (left, right) => GIVEN[compareGiven(left, right)]),
  surname: fieldOf(personName, (left, right) => SURNAME[compareSurname(left, right)]),
  organisation: fieldOf(organisationName, (left, right) => ORGANISATION[compareOrganisation(left, right)]),
  email: fieldOf(parseEmails, (left, right) => best(left, right, compareMail, EMAIL.different)),
  phone: fieldOf((text): ParsedPhone[] => text.split(' ').map((each) => ({ digits: each.endsWith('f') ? each.slice(0, -1) : each, fixed: each.endsWith('f'), shared: false })), (left, right) => best(left, right, comparePhone, PHONE.different)),
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
