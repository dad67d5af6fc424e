import { describe, expect, it } from 'vitest';
import { seeded } from '../../../lib/seeded';
import type { FunctionName, Level } from '../../../lib/vocabulary';
import { randomOrganisation } from './organisation.test-support';
import { comfortableSize, covers, defaultShape, leafFor, leavesOf, minimumFor, planTrees, type HeadCount } from './tree';
import type { Minimum } from './tree.types';

const five: Minimum = { general: 5, leadership: 5 };
const cells = (name: FunctionName, level: Level, people: Record<string, number>): HeadCount[] =>
  Object.entries(people).map(([territory, count]) => ({ function: name, level, territory, people: count }));
const leafIds = (counts: HeadCount[], minimum = five, shape?: 'level' | 'territory') =>
  planTrees(counts, { minimum, shape: shape ? { sales: shape } : undefined }).trees.flatMap(leavesOf).map((leaf) => [leaf.id, leaf.invited]);

describe('comfortable size', () => {
  it.each([[3, 5], [5, 8], [7, 10], [10, 15], [21, 30]])('k %i needs %i invited', (k, size) => expect(comfortableSize(k)).toBe(size));
});

describe('the plan', () => {
  const typical = [
    ...cells('sales', 'manager', { North: 2, South: 1, East: 1, West: 1, Centre: 1 }),
    ...cells('sales', 'front_line', { North: 11, South: 11, East: 11, West: 11, Centre: 10 }),
    ...cells('marketing', 'front_line', { North: 10 }),
    ...cells('leadership', 'leader', { North: 6 }),
  ];

  it('splits by territory when six managers cannot stand alone, and by level when ten can', () => {
    expect(defaultShape(typical, 'sales', five)).toBe('territory');
    expect(leafIds(typical).filter(([id]) => String(id).startsWith('sales'))).toEqual([['sales/Centre', 11], ['sales/East', 12], ['sales/North', 13], ['sales/South', 12], ['sales/West', 12]]);
    const ten = [...cells('sales', 'manager', { North: 5, South: 5 }), ...cells('sales', 'front_line', { North: 20, South: 20 })];
    expect(defaultShape(ten, 'sales', five)).toBe('level');
    expect(leafIds(ten)).toEqual([['sales/manager', 10], ['sales/front_line/North', 20], ['sales/front_line/South', 20]]);
  });

  it('joins a small level with its smaller neighbour and the smallest territory with the next', () => {
    const uneven = [...cells('sales', 'leader', { North: 2 }), ...cells('sales', 'manager', { North: 6 }), ...cells('sales', 'front_line', { North: 20, South: 3, East: 9 })];
    expect(leafIds(uneven, five, 'level')).toEqual([['sales/leader+manager', 8], ['sales/front_line/East+South', 12], ['sales/front_line/North', 20]]);
    expect(leafIds(uneven, five, 'territory')).toEqual([['sales/East+South', 12], ['sales/North/leader+manager', 8], ['sales/North/front_line', 20]]);
  });

  it('does not ask a function under the minimum, and keeps one between minimum and comfort whole', () => {
    const small = planTrees([...cells('marketing', 'front_line', { North: 4 }), ...cells('sales', 'front_line', { North: 3, South: 3 })], { minimum: five });
    expect(small.notAsked).toEqual(['marketing']);
    expect(small.trees.flatMap(leavesOf).map((leaf) => [leaf.id, leaf.invited])).toEqual([['sales', 6]]);
  });

  it('asks four leaders when their own minimum allows it', () => {
    const four = cells('leadership', 'leader', { North: 4 });
    expect(planTrees(four, { minimum: five }).notAsked).toEqual(['leadership']);
    expect(planTrees(four, { minimum: { general: 5, leadership: 4 } }).trees.map((tree) => tree.invited)).toEqual([4]);
  });

  it('takes territories joined by hand as one, and splits the second way when the first has one part', () => {
    const two = cells('sales', 'front_line', { North: 10, South: 10, East: 10 });
    expect(planTrees(two, { minimum: five, merges: [{ function: 'sales', territories: ['South', 'East', 'Nowhere'] }, { function: 'marketing', territories: ['North', 'South'] }] }).trees.flatMap(leavesOf).map((leaf) => leaf.id)).toEqual(['sales/East+South', 'sales/North']);
    const mixed = [...cells('sales', 'manager', { North: 9 }), ...cells('sales', 'front_line', { North: 9 })];
    expect(leafIds(mixed, five, 'territory')).toEqual([['sales/manager', 9], ['sales/front_line', 9]]);
    expect(planTrees(mixed, { minimum: five, merges: [{ function: 'sales', levels: ['manager', 'front_line'] }] }).trees.flatMap(leavesOf).map((leaf) => leaf.id)).toEqual(['sales']);
  });

  it('keeps names apart that contain the separators, and people without a territory together', () => {
    const odd = cells('sales', 'front_line', { 'A/B': 9, 'A+B': 9, '': 9 });
    expect(leafIds(odd).map(([id]) => id)).toEqual(['sales/', 'sales/A%2BB', 'sales/A%2FB']);
  });

  it('keeps ids short and distinct when many territories merge', () => {
    const many = cells('sales', 'front_line', Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`A territory with a long name, number ${at}`, 1])));
    const ids = leafIds(many).map(([id]) => String(id));
    expect(ids.length).toBeGreaterThan(4);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Math.max(...ids.map((id) => id.length))).toBeLessThan(200);
  });

  it('puts everyone who is asked into exactly one leaf of at least the minimum, in random companies and in any order', () => {
    const random = seeded(4);
    for (let index = 0; index < 400; index += 1) {
      const { counts, minimum, plan } = randomOrganisation(random);
      const leaves = plan.trees.flatMap(leavesOf);
      expect(new Set(leaves.map((leaf) => leaf.id)).size).toBe(leaves.length);
      for (const leaf of leaves) expect(leaf.invited).toBeGreaterThanOrEqual(minimumFor(leaf.path.function, minimum));
      for (const count of counts.filter((cell) => cell.people > 0)) {
        const home = leaves.filter((leaf) => covers(leaf.path, count));
        expect(home.length).toBe(plan.notAsked.includes(count.function) ? 0 : 1);
        expect(leafFor(plan.trees, count)?.id).toBe(home[0]?.id);
      }
      const shapes = plan.shapes;
      expect(planTrees([...counts].reverse(), { minimum, shape: shapes }).trees).toEqual(plan.trees);
    }
  });
});
