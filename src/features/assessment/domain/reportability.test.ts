import { describe, expect, it } from 'vitest';
import { seeded } from '../../../lib/seeded';
import { chanceOfEnough, minimumProblem, reportability } from './reportability';
import type { HeadCount } from './tree';

const cell = (name: HeadCount['function'], level: HeadCount['level'], territory: string, people: number): HeadCount => ({ function: name, level, territory, people });
const typical: HeadCount[] = [
  ...['North', 'South', 'East', 'West', 'Centre'].map((territory) => cell('sales', 'front_line', territory, 11)),
  ...['North', 'South', 'East', 'West', 'Centre'].map((territory) => cell('sales', 'manager', territory, 1)),
  cell('marketing', 'front_line', '', 10),
  cell('leadership', 'leader', '', 6),
];
const options = (minimum = { general: 5, leadership: 5 }) => ({ minimum, responseRate: 0.7, random: seeded(1), draws: 4_000 });

describe('chance of enough answers', () => {
  // Closed forms: 6 invited at 0.7 give five or six with 6 x .7^5 x .3 + .7^6.
  it.each([
    [6, 5, 0.7, 6 * 0.7 ** 5 * 0.3 + 0.7 ** 6],
    [4, 4, 0.5, 1 / 16],
    [3, 4, 0.9, 0],
    [10, 0, 0.1, 1],
  ])('%i invited, %i needed at %f', (people, k, rate, chance) => expect(chanceOfEnough(people, k, rate)).toBeCloseTo(chance, 12));
  it('holds for ten thousand people', () => expect(chanceOfEnough(10_000, 7_000, 0.7)).toBeCloseTo(0.505, 2));
});

describe('reportability before launch', () => {
  it('gives each planned group of both shapes its chance, close to the exact binomial for whole functions', () => {
    const found = reportability(typical, options());
    expect(found.shapes.map((each) => each.shape)).toEqual(['level', 'territory']);
    for (const { blocks, overall } of found.shapes) {
      const of = (id: string) => blocks.find((block) => block.node.id === id)?.shown ?? Number.NaN;
      expect(of('leadership')).toBeCloseTo(chanceOfEnough(6, 5, 0.7), 1);
      expect(of('marketing')).toBeCloseTo(chanceOfEnough(10, 5, 0.7), 1);
      expect(overall).toBeCloseTo(chanceOfEnough(10, 5, 0.7), 1);
    }
    const north = found.shapes[1]?.blocks.find((block) => block.node.id === 'sales/North');
    expect(north?.shown).toBeGreaterThan(0.9);
    expect(found.recommended.sales).toBe('territory');
  });

  it('is the same for the same source of numbers', () => expect(reportability(typical, options())).toEqual(reportability(typical, options())));

  it('offers a lower minimum for six leaders, and none that is already lowest', () => {
    const offered = reportability(typical, options()).suggestions.find((each) => each.kind === 'lower_leadership_minimum');
    expect(offered).toMatchObject({ from: 5, to: 3 });
    expect(offered?.kind === 'lower_leadership_minimum' && offered.shown).toBeCloseTo(0.93, 2);
    const lowest = reportability(typical, options({ general: 5, leadership: 3 })).suggestions;
    expect(lowest.some((each) => each.kind === 'lower_leadership_minimum')).toBe(false);
  });

  it('asks to count four marketers by activity', () => {
    const few = [...typical.filter((count) => count.function !== 'marketing'), cell('marketing', 'front_line', '', 4)];
    const found = reportability(few, options());
    expect(found.notAsked).toEqual(['marketing']);
    expect(found.suggestions).toContainEqual({ kind: 'count_by_activity', function: 'marketing', invited: 4, needed: 8 });
  });

  it('proposes to join a part that is unlikely to be shown with its smallest sibling', () => {
    const counts = [cell('sales', 'front_line', 'North', 8), cell('sales', 'front_line', 'South', 9), cell('sales', 'front_line', 'West', 30)];
    const found = reportability(counts, { ...options(), responseRate: 0.5 });
    expect(found.suggestions).toContainEqual({ kind: 'join_territories', function: 'sales', territories: ['North', 'South'] });
  });

  it('proposes the other shape when it shows more', () => {
    const counts = ['A', 'B', 'C', 'D'].flatMap((territory) => [cell('sales', 'manager', territory, 2), cell('sales', 'front_line', territory, 8)]);
    const found = reportability(counts, options());
    expect(found.recommended.sales).toBe('level');
    expect(found.suggestions).toContainEqual({ kind: 'other_shape', function: 'sales', shape: 'territory' });
  });
});

describe('a declared minimum', () => {
  it.each([
    [{ general: 5, leadership: 3 }, undefined],
    [{ general: 2, leadership: 2 }, 'below_floor'],
    [{ general: 5, leadership: 2 }, 'below_floor'],
    [{ general: 4, leadership: 5 }, 'leadership_above_general'],
  ] as const)('%o is %s', (minimum, problem) => expect(minimumProblem(minimum)).toBe(problem));
});
