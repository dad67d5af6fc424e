import { compareAcross } from './comparators';
import { withoutDigraphs } from './fold';
import { LEVELS, levelNumber, type Field } from './levels';
import type { ParsedMail } from './mail-values';
import type { PersonName } from './names';
import type { Column, Prepared } from './prepare';

/** 0 stands for "one of the two says nothing", 1 + n for the field's level n. */
export type Pattern = number;

const AGREES_CROSSWISE = { given: levelNumber('given', 'near'), surname: levelNumber('surname', 'near'), text: levelNumber('street', 'near') };
const DISAGREES = { given: levelNumber('given', 'similar'), surname: levelNumber('surname', 'similar'), text: levelNumber('street', 'similar') };

const stand = (of: Column, a: number, b: number): number => {
  const left = of.a[a] as number;
  const right = of.b[b] as number;
  if (left < 0 || right < 0) return 0;
  if (left === right) return 1 + (of.self[left] as number);
  return 1 + of.compare(left, right);
};

type Couple = { by: 'given' | 'street'; first: number; second: number; disagrees: readonly [number, number]; agrees: readonly [number, number] };

/** Fields people fill crosswise: given name and surname, the two lines of an address. */
const couplesOf = (columns: readonly Column[]): Couple[] => {
  const at = (field: Field) => columns.findIndex((each) => each.field === field);
  const names: Couple = { by: 'given', first: at('given'), second: at('surname'), disagrees: [DISAGREES.given, DISAGREES.surname], agrees: [AGREES_CROSSWISE.given, AGREES_CROSSWISE.surname] };
  const lines: Couple = { by: 'street', first: at('street'), second: at('place'), disagrees: [DISAGREES.text, DISAGREES.text], agrees: [AGREES_CROSSWISE.text, AGREES_CROSSWISE.text] };
  return [names, lines].filter(({ first, second }) => first >= 0 && second >= 0);
};

/** What tells people apart whatever else two records say; both of a couple stand here or neither. */
const DECIDING: readonly Field[] = ['given', 'surname', 'email', 'phone', 'birthDate', 'idNumber'];

const LOCAL = 1 + levelNumber('email', 'local');
const NO_MAIL = 1 + levelNumber('email', 'different');
const NAMES_AGREE = { given: 1 + levelNumber('given', 'near'), surname: 1 + levelNumber('surname', 'near') };

/**
 * `ann.lee@` at two companies says nothing beyond the name Ann Lee, which has been counted: the front of an address is evidence only
 * where the surname is missing, or where it is not made from it. A given name that one of the two lacks makes no difference: at any number of
 * companies there is an Ann Lee.
 */
const withoutEcho = (columns: readonly Column[]): ((a: number, into: Uint8Array) => void) => {
  const at = (field: Field) => columns.findIndex((each) => each.field === field);
  const [email, given, surname] = [at('email'), at('given'), at('surname')];
  if (email < 0 || given < 0 || surname < 0) return () => undefined;
  const [mails, names] = [columns[email] as Column, columns[surname] as Column];
  return (a, into) => {
    if (into[email] !== LOCAL) return;
    const [first, last] = [into[given] as number, into[surname] as number];
    if (last === 0 || first > NAMES_AGREE.given || last > NAMES_AGREE.surname) return;
    const name = ((names.parsed(names.a[a] as number) as PersonName | undefined)?.plain ?? '').replaceAll(' ', '');
    const letters = (mails.parsed(mails.a[a] as number) as ParsedMail[]).map((mail) => withoutDigraphs(mail.letters));
    if (letters.some((each) => each.includes(name))) into[email] = NO_MAIL;
  };
};

export type Comparison = {
  fields: readonly Field[];
  /** Fills `into` with one number per field. */
  compare: (a: number, b: number, into: Uint8Array) => void;
  /** The same, unless what decides already rules the pair out; then nothing else is compared, and it answers false. */
  compareUnless: (out: (levels: Uint8Array) => boolean) => (a: number, b: number, into: Uint8Array) => boolean;
  /** The same numbers as one. */
  encode: (levels: Uint8Array) => Pattern;
  decode: (pattern: Pattern) => Uint8Array;
};

/** How two records stand to each other in every field; reads both sides of `prepared`, so `a` and `b` are rows in its order. */
export const comparison = ({ columns }: Prepared): Comparison => {
  const couples = couplesOf(columns);
  const dropEcho = withoutEcho(columns);
  const radix = columns.map(({ field }) => LEVELS[field].length + 1);

  const crosswise = ({ by, first, second, disagrees, agrees }: Couple, a: number, b: number, into: Uint8Array): void => {
    if ((into[first] as number) <= disagrees[0] || (into[second] as number) <= disagrees[1]) return;
    const [one, other] = [columns[first] as Column, columns[second] as Column];
    const [a1, a2, b1, b2] = [one.a[a] as number, other.a[a] as number, one.b[b] as number, other.b[b] as number];
    // One of the two crosses must be exact: two slips and an exchange at once are too many to believe, and looking for them is slow.
    if (one.texts[a1] !== other.texts[b2] && other.texts[a2] !== one.texts[b1]) return;
    if (compareAcross(by, one.parsed(a1), other.parsed(b2)) > agrees[0] || compareAcross(by, other.parsed(a2), one.parsed(b1)) > agrees[0]) return;
    into[first] = 1 + agrees[0];
    into[second] = 1 + agrees[1];
  };

  const places = columns.map((_, at) => at);
  const deciding = places.filter((at) => DECIDING.includes((columns[at] as Column).field));
  const rest = places.filter((at) => !deciding.includes(at));
  const fill = (fields: readonly number[], a: number, b: number, into: Uint8Array): void => {
    for (const at of fields) into[at] = stand(columns[at] as Column, a, b);
    for (const couple of couples) if (fields.includes(couple.first)) crosswise(couple, a, b, into);
  };

  return {
    fields: columns.map(({ field }) => field),
    compare: (a, b, into) => {
      fill(places, a, b, into);
      dropEcho(a, into);
    },
    compareUnless: (out) => {
      const known = new Map<number, boolean>();
      return (a, b, into) => {
        fill(deciding, a, b, into);
        dropEcho(a, into);
        let pattern = 0;
        for (const at of deciding) pattern = pattern * (radix[at] as number) + (into[at] as number);
        let ruledOut = known.get(pattern);
        if (ruledOut === undefined) {
          ruledOut = out(into.map((level, at) => (deciding.includes(at) ? level : 0)));
          known.set(pattern, ruledOut);
        }
        if (!ruledOut) fill(rest, a, b, into);
        return !ruledOut;
      };
    },
    encode: (levels) => {
      let pattern = 0;
      for (let at = 0; at < radix.length; at += 1) pattern = pattern * (radix[at] as number) + (levels[at] as number);
      return pattern;
    },
    decode: (pattern) => {
      const levels = new Uint8Array(radix.length);
      let rest = pattern;
      for (let at = radix.length - 1; at >= 0; at -= 1) {
        const base = radix[at] as number;
        levels[at] = rest % base;
        rest = Math.floor(rest / base);
      }
      return levels;
    },
  };
};
