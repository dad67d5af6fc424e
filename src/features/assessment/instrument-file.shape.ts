import { z } from 'zod';
import { FUNCTIONS } from '../../lib/vocabulary';

/** Text that a database and a PDF can hold: not blank, no control characters but line breaks, no half characters. */
const text = (longest: number) =>
  z.string().min(1).max(longest).regex(/\S/, 'must not be blank').regex(/^[^\p{Cc}\p{Surrogate}]*(?:[\n\t][^\p{Cc}\p{Surrogate}]*)*$/u, 'holds characters that cannot be shown');

const localized = (longest: number) => {
  const one = text(longest);
  return z.strictObject({ en: one, de: one.optional(), nl: one.optional(), fr: one.optional(), es: one.optional() });
};

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'must be 1 to 40 letters, digits, dots, hyphens or underscores, beginning with a letter or digit');

const perAudience = (longest: number) => {
  const one = localized(longest).optional();
  return z.strictObject({ all: one, sales: one, marketing: one, leadership: one });
};

const band = z.strictObject({
  id, label: localized(60), upTo: z.number().optional(), inclusive: z.boolean().optional(), reading: localized(2000),
});

const statement = z.strictObject({ id, text: perAudience(500), reversed: z.boolean().optional() });

const section = z.strictObject({
  id,
  title: localized(200),
  audience: z.array(z.enum(FUNCTIONS)).min(1),
  neutral: z.boolean().default(false),
  scoring: z.enum(['mean', 'sum']).default('mean'),
  stem: perAudience(300).optional(),
  statements: z.array(statement).min(1),
  bands: z.array(band).min(1).max(9),
  gapReading: localized(2000).optional(),
});

const tool = z.strictObject({
  id,
  step: z.enum(['currents', 'characteristics', 'consequences']),
  title: localized(200),
  purpose: localized(500),
  sections: z.array(section).min(1).max(40),
});

const key = z.int().min(-1000).max(1000);

/** Shape of an instrument file (docs/instrument-files.md); the rules beyond shape are in domain/instrument-checks.ts. */
export const instrumentFileShape = z.strictObject({
  $schema: z.string().optional(),
  id,
  version: text(40),
  title: localized(200),
  source: text(500),
  scale: z.strictObject({ min: key, max: key, low: localized(60), high: localized(60) }),
  tools: z.array(tool).min(1).max(40),
});

/** The same shape for editors, JSON Schema 2020-12; kept in docs/instrument-file.schema.json. */
export const instrumentFileJsonSchema = () =>
  z.toJSONSchema(instrumentFileShape, { io: 'input', target: 'draft-2020-12', reused: 'ref' });
