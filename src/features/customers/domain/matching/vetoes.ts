import { LEVELS, type Field } from './levels';
import type { RecordKind } from './record';

/**
 * Why a pair is not linked without a person looking, whatever its probability. Statistics treat fields as independent; colleagues,
 * families and groups of companies are exactly where they are not.
 */
export const VETOES = [
  'different_people',
  'different_given',
  'different_surname',
  'different_generation',
  'name_missing',
  'unsure_given',
  'other_company',
  'other_mailbox',
  'shared_mailbox',
  'name_only',
  'other_legal_form',
  'affiliate',
  'other_name',
  'other_country',
  'other_place',
  'group_conflict',
  'taken',
  'never_link',
] as const;

export type Veto = (typeof VETOES)[number];

/** In which world records stand: people at companies, or people in a list of private persons, or organisations. */
export type Setting = { kind: RecordKind; business: boolean };

/** The level of a field, or nothing when one of the two says nothing. */
export type Standing = (field: Field) => string | undefined;

export const standingOf = (fields: readonly Field[], levels: Uint8Array): Standing => {
  const by = new Map(fields.map((field, at) => [field, (levels[at] as number) === 0 ? undefined : LEVELS[field][(levels[at] as number) - 1]?.id]));
  return (field) => by.get(field);
};

const oneOf = (level: string | undefined, ...ids: readonly string[]): boolean => level !== undefined && ids.includes(level);

/** What speaks for one person, or one place, and not for everybody who works or lives there. */
const keysOf = (at: Standing) => ({
  mail: oneOf(at('email'), 'same', 'mailbox'),
  id: oneOf(at('idNumber'), 'same', 'near'),
  birth: at('birthDate') === 'same',
  phone: oneOf(at('phone'), 'same', 'ending'),
  line: oneOf(at('phone'), 'same', 'desk', 'ending'),
  address: oneOf(at('street'), 'same', 'near') && !oneOf(at('number'), 'different') && (oneOf(at('postcode'), 'same') || oneOf(at('city'), 'same')),
});

type Keys = ReturnType<typeof keysOf>;

const nameVetoes = (at: Standing, keys: Keys): Veto[] => {
  const found: Veto[] = [];
  const [given, surname] = [at('given'), at('surname')];
  const sameGiven = oneOf(given, 'same', 'variant');
  if (given === 'different' || given === 'similar') found.push('different_given');
  if ((oneOf(surname, 'different') && !(keys.birth && sameGiven)) || (oneOf(surname, 'similar') && !keys.mail && !keys.birth)) found.push('different_surname');
  if (surname === 'generation') found.push('different_generation');
  if ((given === undefined || surname === undefined) && !keys.mail) found.push('name_missing');
  if (oneOf(given, 'near', 'initial', 'unsure_short') && !keys.mail && !keys.birth) found.push('unsure_given');
  return found;
};

const circumstances = (at: Standing, keys: Keys): Veto[] => {
  if (keys.mail || keys.birth) return [];
  if (oneOf(at('organisation'), 'different', 'similar', 'other_form', 'within') || oneOf(at('site'), 'different')) return ['other_company'];
  if (at('email') === 'shared') return keys.phone || keys.address ? [] : ['shared_mailbox'];
  // A line or an address may be the company's, and a company may employ two people of one name: their mailboxes tell them apart.
  if (at('email') !== undefined) return ['other_mailbox'];
  return keys.phone || keys.address ? [] : ['name_only'];
};

const personVetoes = (at: Standing): Veto[] => {
  const keys = keysOf(at);
  if (keys.id) return at('surname') === 'generation' ? ['different_generation'] : [];
  const names = nameVetoes(at, keys);
  // Another name, and nothing that belongs to a person alone: colleagues or relatives, not worth anybody's look. A new surname on the
  // same line may be a marriage.
  const married = at('given') === 'same' && keys.phone;
  const otherName = at('given') === 'different' || (oneOf(at('surname'), 'different', 'similar') && !married);
  if (otherName && !keys.mail && !keys.birth) return ['different_people', ...names];
  // A name that only half agrees, at another company, with nothing else in common: of thousands of such pairs hardly one is one person.
  const elsewhere = oneOf(at('organisation'), 'different') || oneOf(at('site'), 'different');
  if (elsewhere && names.length > 0 && !keys.mail && !keys.birth && !keys.phone && !keys.address && at('email') !== 'local') return ['different_people', ...names];
  return [...names, ...circumstances(at, keys)];
};

/** Private persons: a whole address is theirs, so names may be wrong; two wrong names at half an address are somebody else. */
const privateVetoes = (at: Standing): Veto[] => {
  const keys = keysOf(at);
  if (keys.id) return [];
  if (at('surname') === 'generation') return ['different_generation'];
  const whole = keys.address && !(['number', 'postcode', 'city'] as const).some((field) => at(field) === 'different');
  return at('given') === 'different' && at('surname') === 'different' && !keys.birth && !whole ? ['different_given', 'different_surname'] : [];
};

const organisationVetoes = (at: Standing, business: boolean): Veto[] => {
  if (oneOf(at('idNumber'), 'same')) return [];
  const found: Veto[] = [];
  const name = at('organisation');
  if (name === 'other_form') found.push('other_legal_form');
  if (business && name === 'within') found.push('affiliate');
  if (name === 'different' || (name === 'similar' && (business || at('category') === 'different'))) found.push('other_name');
  if (at('country') === 'different') found.push('other_country');
  const elsewhere = oneOf(at('city'), 'different') || oneOf(at('street'), 'different');
  if (elsewhere && !keysOf(at).line) found.push('other_place');
  return found;
};

/** Every reason against linking the pair unseen; none means that its probability alone decides. */
export const vetoesOf = (at: Standing, { kind, business }: Setting): Veto[] => {
  if (kind === 'organisation') return organisationVetoes(at, business);
  return business ? personVetoes(at) : privateVetoes(at);
};

const CONTRADICTED: readonly Veto[] = ['different_people', 'different_given', 'different_surname', 'different_generation', 'other_company'];

/**
 * Whether pairs that stand so may be among those that matches are learned from. Namesakes at other companies outnumber people who changed theirs
 * many times over; taken for matches, they teach that another company does not matter, and bring more of themselves.
 */
export const mayTeach = (vetoes: readonly Veto[]): boolean => !vetoes.some((veto) => CONTRADICTED.includes(veto));

/** Vetoes after which a pair is not even shown for review. */
export const isOut = (vetoes: readonly Veto[]): boolean => vetoes.includes('different_people');
