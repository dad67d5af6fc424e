import fc from 'fast-check';

type Def = Record<string, unknown> & { type: string };
const defOf = (schema: unknown): Def => (schema as { _zod: { def: Def } })._zod.def;

/** What upsets databases, parsers and code that believes what it is told. */
const NASTY: readonly unknown[] = [
  null, true, 0, -1, 1.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, '', ' ', '\u0000', 'a\u0000b', '\ud800', '\u202e', '__proto__', 'constructor', "' or 1=1 --", '%', '\\', '{}', '../../etc/passwd', '=1+1', '<svg onload=alert(1)>', 'x'.repeat(70_000),
  [], {}, [[]], { $gt: '' }, JSON.parse('{"__proto__":{"role":"owner"}}'), 'NaN', '9999-99-99', '0000-01-01T00:00:00Z', '+275760-09-13T00:00:00.000Z', '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff',
];
const nasty = fc.constantFrom(...NASTY);
const word = fc.oneof({ weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) }, { weight: 1, arbitrary: fc.constantFrom('\u0000', 'a\u0000b', '\ud800', "'", '%_\\', '=1+1', '😀', '\u202eabc') });

const text = (def: Def, ids: readonly string[]): fc.Arbitrary<unknown> => {
  if (def.format === 'uuid') return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: fc.uuid() });
  if (def.format === 'datetime') return fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31T23:59:59Z') }).map((at) => at.toISOString());
  if (def.format === 'date') return fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') }).map((at) => at.toISOString().slice(0, 10));
  if (def.format === 'email') return fc.emailAddress();
  return word;
};

const shaped = (def: Def, ids: readonly string[]): fc.Arbitrary<unknown> => {
  switch (def.type) {
    case 'string':
      return text(def, ids);
    case 'number':
      return fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true }));
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'literal':
      return fc.constantFrom(...(def.values as unknown[]));
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries as Record<string, unknown>));
    case 'array':
      return fc.array(arbitraryOf(def.element, ids), { maxLength: 4 });
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(def.shape as Record<string, unknown>).map(([key, each]) => [key, arbitraryOf(each, ids)])));
    case 'union':
      return fc.oneof(...(def.options as unknown[]).map((each) => arbitraryOf(each, ids)));
    case 'record':
      return fc.dictionary(word, arbitraryOf(def.valueType, ids), { maxKeys: 3 });
    case 'nullable':
      return fc.oneof(fc.constant(null), arbitraryOf(def.innerType, ids));
    case 'optional':
    case 'default':
      return fc.oneof(fc.constant(undefined), arbitraryOf(def.innerType, ids));
    case 'pipe':
      return arbitraryOf(def.in, ids);
    case 'file':
      return fc.oneof(word.map((body) => new File([body], 'a.csv')), fc.uint8Array({ maxLength: 200 }).map((bytes) => new File([bytes], 'a.xlsx')), fc.constant(new File(['name,email,function\nAnn,ann@x.example,sales\n'], 'people.csv')));
    default:
      throw new Error(`nothing is generated for a schema of type ${def.type}`);
  }
};

/** Values of a zod schema's shape, valid more often than not; now and then any part of them is something else altogether. */
export const arbitraryOf = (schema: unknown, ids: readonly string[]): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 19, arbitrary: shaped(defOf(schema), ids) }, { weight: 1, arbitrary: nasty });
