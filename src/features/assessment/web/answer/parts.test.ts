import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CANNOT_JUDGE, OPEN } from '../../answer-contract';
import { fromBase64url, packAnswers, toBase64url, unpackAnswers } from './pack';
import { answersFrom, answerVector, keyLabel, minutesLeft, openIn, progress, tally } from './parts';

const section = (id: string, count: number) => ({
  id,
  toolId: id,
  toolTitle: { en: id },
  statements: Array.from({ length: count }, (_, at) => ({ id: `${id}.${at + 1}`, text: { en: id } })),
});
const opened = { sections: [section('a', 2), section('b', 3)], minutes: 10 };

describe('where somebody is', () => {
  it('puts answers in the order of the statements', () => {
    const answers = { 'b.3': 7, 'a.1': 1, 'b.1': CANNOT_JUDGE };
    expect(answerVector(opened, answers)).toEqual([1, OPEN, CANNOT_JUDGE, OPEN, 7]);
    expect(answersFrom(opened, [1, OPEN, CANNOT_JUDGE, OPEN, 7])).toEqual(answers);
    expect(tally(opened, answers)).toEqual({ all: 5, answered: 2, cannotJudge: 1, open: 2 });
    expect(openIn(section('b', 3), answers).map(({ id }) => id)).toEqual(['b.2']);
    expect(progress(opened, answers)).toBe(0.6);
  });

  it.each([
    [{}, 10],
    [{ 'a.1': 1, 'a.2': 1 }, 6],
    [{ 'a.1': 1, 'a.2': 1, 'b.1': 1, 'b.2': CANNOT_JUDGE }, 2],
    [{ 'a.1': 1, 'a.2': 1, 'b.1': 1, 'b.2': 1, 'b.3': 1 }, 0],
  ])('%j leaves %i minutes', (answers, minutes) => {
    expect(minutesLeft(opened, answers)).toBe(minutes);
  });

  it('names keys as the scale does', () => {
    const words = { low: { en: 'no' }, high: { en: 'yes' } };
    expect([1, 11].map((place) => keyLabel({ min: 0, max: 10, ...words }, place))).toEqual(['0', '10']);
    expect([1, 7].map((place) => keyLabel({ min: 1, max: 7, ...words }, place))).toEqual(['1', '7']);
  });
});

describe('answers as characters', () => {
  it('come back as they were, on any scale', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 11 }).chain((points) => fc.tuple(fc.constant(points), fc.array(fc.integer({ min: -1, max: points }), { maxLength: 120 }))),
        ([points, answers]) => {
          expect(unpackAnswers(packAnswers(answers, points), answers.length, points)).toEqual(answers);
        },
      ),
    );
  });

  it('take 32 bytes for eighty statements', () => {
    expect(packAnswers(Array.from({ length: 80 }, () => 7), 7)).toHaveLength(43);
  });

  it('are refused for another questionnaire', () => {
    const packed = packAnswers([1, 2, 3], 7);
    expect(unpackAnswers(packed, 4, 7)).toBeUndefined();
    expect(unpackAnswers(packed, 2, 7)).toBeUndefined();
    expect(unpackAnswers('not+base64url', 3, 7)).toBeUndefined();
  });

  it('are written as Node writes base64url', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect([...fromBase64url(toBase64url(bytes))]).toEqual([...bytes]);
      }),
    );
  });
});
