import { describe, expect, test } from 'vitest';
import { quartersSince, recordedEvidence, type Counts } from './recorded-evidence';

const NONE: Counts = {
  terms: { signed: 0, open: 0 }, past: { crossed: 0, known: 0 }, place: { near: 0, known: 0 }, reviews: { held: 0, quarters: 0 }, word: { kept: 0, due: 0 },
  leads: { answered: 0, passed: 0 }, pairs: { linked: 0, open: 0 }, target: { signed: false, leads: 0 },
};
const signal = (id: keyof ReturnType<typeof recordedEvidence>, counts: Partial<Counts>): number | string => {
  const reading = recordedEvidence({ ...NONE, ...counts })[id]?.reading;
  return reading === undefined ? 'absent' : 'signal' in reading ? Number(reading.signal.toFixed(2)) : reading.untold;
};

describe('what the work itself records', () => {
  test('an empty workspace tells nothing at all', () => {
    for (const { reading } of Object.values(recordedEvidence(NONE))) expect(reading).toEqual({ untold: 'nothing_yet' });
  });

  test.each([
    ['terms_open', { terms: { signed: 9, open: 1 } }, -1],
    ['terms_open', { terms: { signed: 3, open: 7 } }, 1],
    ['terms_open', { terms: { signed: 6, open: 4 } }, 0],
    ['few_crossed', { past: { crossed: 0, known: 4 } }, 'nothing_yet'],
    ['few_crossed', { past: { crossed: 0, known: 5 } }, 1],
    ['few_crossed', { past: { crossed: 3, known: 10 } }, -1],
    ['few_near', { place: { near: 1, known: 10 } }, 1],
    ['few_near', { place: { near: 8, known: 10 } }, -1],
    ['reviews_missed', { reviews: { held: 0, quarters: 3 } }, 1],
    ['reviews_missed', { reviews: { held: 5, quarters: 4 } }, -1],
    ['word_broken', { word: { kept: 9, due: 9 } }, 'nothing_yet'],
    ['word_broken', { word: { kept: 9, due: 10 } }, -1],
    ['word_broken', { word: { kept: 5, due: 10 } }, 1],
    ['leads_unanswered', { leads: { answered: 95, passed: 100 } }, -1],
    ['leads_unanswered', { leads: { answered: 60, passed: 100 } }, 1],
    ['records_unmatched', { pairs: { linked: 70, open: 30 } }, 1],
    ['records_unmatched', { pairs: { linked: 98, open: 2 } }, -1],
    ['no_shared_target', { target: { signed: false, leads: 1 } }, 1],
    ['no_shared_target', { target: { signed: true, leads: 0 } }, -1],
  ] as const)('%s of %j is %s', (id, counts, expected) => {
    expect(signal(id, counts)).toBe(expected);
  });

  test.each([[null, 0], ['2026-06-01', 0], ['2026-04-01', 0], ['2026-03-01', 1], ['2025-09-15', 2], ['2025-06-01', 3], ['2020-01-01', 4], ['2026-07-01', 0]] as const)('of a word first signed on %s, %d quarters could be reviewed by June 2026', (first, quarters) => {
    expect(quartersSince(first === null ? null : new Date(first), new Date('2026-06-01'))).toBe(quarters);
  });

  test('what is told names the share and what it is of', () => {
    expect(recordedEvidence({ ...NONE, word: { kept: 30, due: 40 } }).word_broken?.figure).toEqual({ share: 0.75, of: 40 });
  });
});
