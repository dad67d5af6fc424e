import { joinEmails, joinPhones } from './comparators';
import { Grown } from './grown';
import { FIELDS, type Field } from './levels';
import type { MatchRecord } from './record';

/** More of a text, or more addresses and numbers of one record, would make comparing slow and nobody surer. */
const TEXT_LENGTH = 200;
const SEVERAL = 6;

const textOf = (record: MatchRecord, field: Field): string => {
  if (field === 'email') return joinEmails((record.emails ?? []).slice(0, SEVERAL));
  if (field === 'phone') return joinPhones((record.phones ?? []).slice(0, SEVERAL), (record.desks ?? []).slice(0, SEVERAL));
  return (record[field] ?? '').slice(0, TEXT_LENGTH).trim();
};

/** All that is compared of a record, as one text. */
export const contentOf = (record: MatchRecord): string => FIELDS.map((field) => textOf(record, field)).join('\u0001');

/** One field's different values, each once and numbered as they came. */
class Values {
  readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();
  numberOf(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}

/** Records of one side: their keys, and for each field (in the order of `FIELDS`) 1 + the number of each record's value, 0 where there is none. */
export type Side = { readonly keys: string[]; readonly values: readonly Grown[] };

/** Records as they come, kept as columns: a record costs its key, the values that nobody had before it, and four bytes a field. */
export class Gathered {
  readonly a: Side = { keys: [], values: FIELDS.map(() => new Grown()) };
  readonly b: Side = { keys: [], values: FIELDS.map(() => new Grown()) };
  private readonly fields = FIELDS.map(() => new Values());

  static of(first: readonly MatchRecord[], second: readonly MatchRecord[] = []): Gathered {
    const gathered = new Gathered();
    for (const record of first) gathered.add(record);
    for (const record of second) gathered.add(record, 'b');
    return gathered;
  }

  add(record: MatchRecord, side: 'a' | 'b' = 'a'): void {
    const { keys, values } = this[side];
    keys.push(record.key);
    for (const [at, field] of FIELDS.entries()) {
      const text = textOf(record, field);
      (values[at] as Grown).push(text === '' ? 0 : 1 + (this.fields[at] as Values).numberOf(text));
    }
  }

  /** Nothing is held any more: what whoever compares made of it stands elsewhere. */
  letGo(): void {
    for (const { keys, values } of [this.a, this.b]) {
      keys.length = 0;
      for (const numbers of values) numbers.letGo();
    }
    this.fields.length = 0;
  }

  /** @param at the field's place in `FIELDS` */
  texts(at: number): readonly string[] {
    return (this.fields[at] as Values).texts;
  }
}
