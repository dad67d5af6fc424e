import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLANK, CANNOT_JUDGE, type ClosedAnswer } from './answers';
import { c3Toolkit } from './built-in';
import { sectionsFor, type Instrument, type Section } from './instrument';
import { counted, offsetsOf, readSection, scorePeople, teamScore } from './section-scores';

const sectionOf = (instrument: Instrument, id: string): Section => {
  const found = instrument.tools.flatMap((tool) => tool.sections).find((section) => section.id === id);
  if (!found) throw new Error(`no section ${id}`);
  return found;
};
const section = sectionOf(c3Toolkit, '7b');
const pick = (ids: number[]): Section => ({ ...section, statements: section.statements.map((one, index) => ({ ...one, reversed: ids.includes(index) })) });
const instrumentWith = (own: Section, scale = { min: 1, max: 7 }): Instrument => ({
  ...c3Toolkit,
  scale: { ...c3Toolkit.scale, ...scale },
  tools: [{ ...(c3Toolkit.tools[0] as Instrument['tools'][number]), id: 't', sections: [own] }],
});
const answersOf = (people: number[][]): ClosedAnswer[] => people.map((codes) => ({ function: 'sales', blockId: 'sales', ratings: Uint8Array.from(codes) }));
const rowsOf = (people: readonly unknown[]) => Int32Array.from(people.keys());
const scoresOf = (own: Section, people: number[][], scale?: { min: number; max: number }) => readSection(instrumentWith(own, scale), ['t'], own, answersOf(people));

describe('a person’s score', () => {
  it.each([
    ['all given', [2, 4, 6], 4],
    ['one left open', [2, BLANK, 6], 4],
    ['one cannot be judged', [2, CANNOT_JUDGE, 3], 2.5],
    ['none given', [BLANK, CANNOT_JUDGE, BLANK], NaN],
  ])('%s', (_, codes, expected) => expect([...scoresOf(section, [codes]).scores]).toEqual([expected]));

  it('turns reversed statements round', () => expect([...scoresOf(pick([0, 2]), [[1, 4, 7]]).scores]).toEqual([(7 + 4 + 1) / 3]));

  it('reads a signed byte as it reads an unsigned one', () => {
    const signed: ClosedAnswer = { function: 'sales', blockId: 'sales', ratings: Int8Array.of(2, -1, 3) };
    expect([...readSection(instrumentWith(section), ['t'], section, [signed]).scores]).toEqual([2.5]);
  });

  it('counts keys from the scale’s lowest, whatever it is', () => {
    expect([...scoresOf(section, [[1, 3, 11]], { min: 0, max: 10 }).scores]).toEqual([4]);
    expect([...scoresOf(pick([0]), [[1, 3, 11]], { min: 0, max: 10 }).scores]).toEqual([(10 + 2 + 10) / 3]);
  });

  it('of a section read as a sum is the mean times the number of statements', () => {
    expect([...scoresOf({ ...section, scoring: 'sum' }, [[2, BLANK, 3]]).scores]).toEqual([7.5]);
  });

  it('listwise exists only for those who left nothing open', () => {
    const ratings = { rows: 2, columns: 3, values: Float64Array.of(1, 2, 3, 1, NaN, 3) };
    expect([...scorePeople(section, ratings, 'listwise').scores]).toEqual([2, NaN]);
    expect([...scorePeople(section, ratings).scores]).toEqual([2, 2]);
  });
});

describe('a team’s score', () => {
  it('is the mean of its members, not of all ratings', () => {
    const people = [
      [7, 7, 7],
      [1, BLANK, BLANK],
    ];
    expect(teamScore(scoresOf(section, people), rowsOf(people)).mean).toBe(4);
  });
  it('leaves out who gave nothing', () => {
    const people = [
      [4, 4, 4],
      [0, 0, 0],
    ];
    expect(teamScore(scoresOf(section, people), rowsOf(people)).n).toBe(1);
  });
});

describe('where a section stands among a function’s answers', () => {
  it('differs by function, and a function that is not asked has none', () => {
    const all = c3Toolkit.tools.map((tool) => tool.id);
    expect(offsetsOf(c3Toolkit, all, sectionOf(c3Toolkit, '2'))).toEqual({ sales: 14, marketing: 11, leadership: 0 });
    expect(offsetsOf(c3Toolkit, all, sectionOf(c3Toolkit, '8'))).toEqual({ sales: 74 });
    expect(offsetsOf(c3Toolkit, ['3'], sectionOf(c3Toolkit, '3'))).toEqual({ sales: 0, marketing: 0, leadership: 0 });
    expect(sectionsFor(c3Toolkit, all, 'sales').reduce((sum, { statements }) => sum + statements.length, 0)).toBe(80);
  });
});

const people = fc.array(fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 30 });

describe('scores hold for any answers', () => {
  it('reversing twice changes nothing', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 7 }), (rating) => counted(counted(rating, true, { ...c3Toolkit.scale }), true, { ...c3Toolkit.scale }) === rating));
  });
  it('reversing every statement mirrors the score about the middle of the scale', () => {
    fc.assert(
      fc.property(people, (codes) => {
        const [straight, turned] = [scoresOf(section, codes).scores, scoresOf(pick([0, 1, 2]), codes).scores];
        straight.forEach((score, row) => (Number.isNaN(score) ? expect(turned[row]).toBeNaN() : expect(turned[row]).toBeCloseTo(8 - score, 12)));
      }),
    );
  });
  it('one point more from everybody is one point more for the team, with the same spread', () => {
    fc.assert(
      fc.property(people, (codes) => {
        const raised = codes.map((row) => row.map((code) => (code === 0 ? 0 : code + 1)));
        const wide = { min: 1, max: 8 };
        const [before, after] = [codes, raised].map((rows) => teamScore(scoresOf(section, rows, wide), rowsOf(rows)));
        if (before?.n === 0) expect(after?.n).toBe(0);
        else expect(after?.mean).toBeCloseTo((before?.mean ?? NaN) + 1, 10);
        if ((before?.n ?? 0) > 1) expect(after?.sd).toBeCloseTo(before?.sd ?? NaN, 10);
      }),
    );
  });
  it('people may stand in any order', () => {
    fc.assert(
      fc.property(people, (codes) => {
        const back = [...codes].reverse();
        const [there, turned] = [teamScore(scoresOf(section, codes), rowsOf(codes)), teamScore(scoresOf(section, back), rowsOf(back))];
        expect(turned.n).toBe(there.n);
        if (there.n > 0) expect(turned.mean).toBeCloseTo(there.mean, 12);
      }),
    );
  });
});
