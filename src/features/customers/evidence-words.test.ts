import { expect, it } from 'vitest';
import { FIELDS, LEVELS } from './domain/matching/levels';
import { VETOES } from './domain/matching/vetoes';
import { evidenceInWords, vetoInWords } from './evidence-words';
import messages from './messages/matching.en.json';

it('has words for every field, level and reason, and for nothing else', () => {
  const told = FIELDS.flatMap((field) => LEVELS[field].map(({ id }) => evidenceInWords({ field, level: id, bits: 1, a: 'x', b: 'y' })));
  expect(told.every((text) => text.endsWith(' (x | y)'))).toBe(true);
  expect(VETOES.map(vetoInWords).every((text) => text.endsWith('.'))).toBe(true);
  const levels = new Set(FIELDS.flatMap((field) => LEVELS[field].map(({ id }) => id)));
  expect(Object.keys(messages).length).toBe(FIELDS.length + levels.size + VETOES.length);
});

it('says a value once when both hold the same', () => expect(evidenceInWords({ field: 'city', level: 'same', bits: 1, a: 'Berlin', b: 'Berlin' })).toBe('City: the same (Berlin)'));
