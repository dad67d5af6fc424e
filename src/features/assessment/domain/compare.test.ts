import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interval } from '../../../lib/statistics/welch';
import { relationshipCheck, c3Toolkit } from './built-in';
import { compareTeams, compareWithBoth, judgeAll, smallestGapIn, smallestGapOn, type Team } from './compare';
import type { Verdict } from './results-view';

const team = (n: number, mean: number, sd: number, invited?: number): Team => ({ summary: { n, mean, sd }, invited });
const wordFor = (sales: Team, marketing: Team, smallest = 0.5): Verdict | undefined =>
  judgeAll([{ estimate: compareTeams(sales, marketing).corrected, smallest }])[0]?.verdict;

describe('the smallest gap that matters', () => {
  it('is half a point on 1-7, scaled by range / 6, unless chosen', () => {
    expect(smallestGapOn({ ...c3Toolkit.scale })).toBe(0.5);
    expect(smallestGapOn({ ...relationshipCheck.scale })).toBeCloseTo(1 / 3, 12);
    expect(smallestGapOn({ ...c3Toolkit.scale }, 0.8)).toBe(0.8);
  });
  it('is a sum where the section is read as a sum', () => {
    const section = relationshipCheck.tools[0]?.sections[0];
    expect(section ? smallestGapIn(section, 1 / 3) : NaN).toBeCloseTo(20 / 3, 12);
  });
});

describe('the word for a gap', () => {
  it.each<[string, Team, Team, Verdict]>([
    ['wide and certain', team(50, 3.2, 1), team(50, 4.4, 1), 'real'],
    ['certain but small', team(2000, 4, 1), team(2000, 4.3, 1), 'none'],
    ['small, and the 90 % interval stays inside', team(500, 4, 1), team(500, 4.05, 1), 'none'],
    ['wide but uncertain', team(6, 3.4, 1.6), team(6, 4.4, 1.6), 'unclear'],
    ['certain, but around the smallest gap', team(300, 4, 1), team(300, 4.45, 1), 'unclear'],
    ['exactly the smallest gap, certain', team(5000, 4, 0.5), team(5000, 4.5, 0.5), 'real'],
    ['everybody answered, half a point apart', team(6, 4, 1, 6), team(6, 4.5, 1, 6), 'real'],
    ['everybody answered, less apart', team(6, 4, 1, 6), team(6, 4.4, 1, 6), 'none'],
  ])('%s', (_, sales, marketing, word) => expect(wordFor(sales, marketing)).toBe(word));

  it('uses head counts: what half the people leave unclear, nearly all of them settle', () => {
    expect(wordFor(team(20, 3.6, 1.2), team(8, 4.4, 1.2))).toBe('unclear');
    expect(wordFor(team(20, 3.6, 1.2, 21), team(8, 4.4, 1.2, 8))).toBe('real');
  });

  it('asks more of a gap when many sections are compared', () => {
    const estimate = compareTeams(team(30, 3.5, 1), team(30, 4.1, 1)).corrected;
    const alone = judgeAll([{ estimate, smallest: 0.5 }]);
    const nothing = compareTeams(team(30, 4, 1), team(30, 4, 1)).corrected;
    const amongTen = judgeAll([{ estimate, smallest: 0.5 }, ...Array.from({ length: 9 }, () => ({ estimate: nothing, smallest: 0.5 }))]);
    expect([alone[0]?.verdict, amongTen[0]?.verdict]).toEqual(['real', 'unclear']);
    expect(amongTen[0]?.adjustedP).toBeGreaterThan(alone[0]?.adjustedP ?? 1);
  });

  it('leaves a team of one out of the comparison', () => {
    const estimate = compareTeams(team(30, 3.5, 1), team(30, 4.1, 1)).corrected;
    const one = compareTeams(team(1, 3.5, NaN), team(30, 4.1, 1)).corrected;
    const judged = judgeAll([{ estimate: one, smallest: 0.5 }, { estimate, smallest: 0.5 }]);
    expect(judged.map(({ verdict }) => verdict)).toEqual(['unclear', 'real']);
  });
});

describe('leadership', () => {
  it('is compared with the mean of both teams, each weighing the same', () => {
    const { corrected } = compareWithBoth(team(6, 5, 1), team(60, 3, 1), team(5, 4, 1));
    expect(corrected.value).toBeCloseTo(1.5, 12);
  });
});

const anyTeam = fc.record({ n: fc.integer({ min: 2, max: 200 }), mean: fc.double({ min: 1, max: 7, noNaN: true }), sd: fc.double({ min: 0.05, max: 3, noNaN: true }) }).map((summary): Team => ({ summary }));

describe('comparisons hold for any teams', () => {
  it('turn round with the order of the teams', () => {
    fc.assert(
      fc.property(anyTeam, anyTeam, (a, b) => {
        const [there, back] = [interval(compareTeams(a, b).corrected, 0.95), interval(compareTeams(b, a).corrected, 0.95)];
        expect(there.low).toBeCloseTo(-back.high, 9);
        expect(wordFor(a, b)).toBe(wordFor(b, a));
      }),
    );
  });
  it('do not change when everybody answers one point higher', () => {
    fc.assert(
      fc.property(anyTeam, anyTeam, fc.integer({ min: -3, max: 3 }), (a, b, shift) => {
        const moved = (one: Team): Team => ({ summary: { ...one.summary, mean: one.summary.mean + shift } });
        const [before, after] = [compareTeams(a, b).corrected, compareTeams(moved(a), moved(b)).corrected];
        expect(after.value).toBeCloseTo(before.value, 9);
        expect(after.standardError).toBe(before.standardError);
      }),
    );
  });
  it('narrow, and never widen, with the share of people who answered', () => {
    fc.assert(
      fc.property(anyTeam, anyTeam, fc.integer({ min: 0, max: 300 }), (a, b, absent) => {
        const { corrected, uncorrected } = compareTeams({ ...a, invited: a.summary.n + absent }, { ...b, invited: b.summary.n + absent });
        expect(corrected.standardError).toBeLessThanOrEqual(uncorrected.standardError);
        expect(corrected.value).toBe(uncorrected.value);
      }),
    );
  });
});
