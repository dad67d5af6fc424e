import { describe, expect, it } from 'vitest';
import { seeded } from '../../../lib/seeded';
import { finalBlockOfLeaf, finalBlocks, gateAgain } from './closed-tree';
import { gate } from './gate';
import { leakingUnions, leaks } from './gate-checker.test-support';
import { counter, randomOrganisation, respond, rowsOf, type Organisation } from './organisation.test-support';
import { leavesOf } from './tree';
import type { Minimum, ShownBlock, TreeNode } from './tree.types';

const leaf = (id: string, invited = 20): TreeNode => ({ id, path: { function: 'sales' }, invited, children: [] });
const sales = (...children: TreeNode[]): TreeNode => ({ id: 'sales', path: { function: 'sales' }, invited: 100, children });
const five: Minimum = { general: 5, leadership: 5 };

/** Counts given for leaves, summed upwards. */
const sums = (trees: TreeNode[], leaves: Record<string, number>): ((id: string) => number) => {
  const of = (node: TreeNode): number => (node.children.length === 0 ? (leaves[node.id] ?? 0) : node.children.reduce((sum, child) => sum + of(child), 0));
  const all = (nodes: TreeNode[]): TreeNode[] => nodes.flatMap((node) => [node, ...all(node.children)]);
  const found = new Map(all(trees).map((node) => [node.id, of(node)]));
  return (id) => found.get(id) ?? 0;
};

const ids = (blocks: ShownBlock[]): string[] => blocks.map((block) => block.id);

/** The rule without its second half: the planted mutant. */
const withoutComplementRule = (trees: readonly TreeNode[], count: (id: string) => number, k: number): ShownBlock[] => {
  const walk = (node: TreeNode): ShownBlock[] =>
    count(node.id) < k ? [] : [{ id: node.id, kind: 'part', nodes: [node.id], n: count(node.id) }, ...node.children.flatMap(walk)];
  return trees.flatMap(walk);
};

const blocksOf = (org: Organisation): ShownBlock[] => gate(org.plan.trees, counter(org.plan.trees, org.counts, org.answers), org.minimum);

/** Leadership may have a lower minimum, so its cells are audited apart from the rest. */
const audits = (org: Organisation, blocks: ShownBlock[], answers: number[]): { publication: { rows: number[][]; people: number[] }; k: number }[] =>
  [true, false].map((leadership) => {
    const cells = org.counts.flatMap((count, index) => ((count.function === 'leadership') === leadership ? [index] : []));
    const rows = rowsOf(blocks, org.plan.trees, org.counts).map((row) => cells.map((cell) => row[cell] ?? 0));
    return { publication: { rows, people: cells.map((cell) => answers[cell] ?? 0) }, k: leadership ? org.minimum.leadership : org.minimum.general };
  });

describe('what the gate shows', () => {
  const north = leaf('sales/North');
  const south = leaf('sales/South');
  const west = leaf('sales/West');
  const flat = [sales(north, south, west)];
  const cases: { name: string; trees: TreeNode[]; answers: Record<string, number>; shown: string[] }[] = [
    { name: 'nothing under the minimum', trees: flat, answers: { 'sales/North': 4 }, shown: [] },
    { name: 'all when every part has enough', trees: flat, answers: { 'sales/North': 5, 'sales/South': 6, 'sales/West': 7 }, shown: ['sales', 'sales/North', 'sales/South', 'sales/West'] },
    { name: 'a part nobody answered in hides no other', trees: flat, answers: { 'sales/North': 5, 'sales/South': 6 }, shown: ['sales', 'sales/North', 'sales/South'] },
    { name: 'the smallest joins what is hidden', trees: flat, answers: { 'sales/North': 5, 'sales/South': 6, 'sales/West': 2 }, shown: ['sales', 'sales/South', 'sales/~others'] },
    { name: 'two hidden parts that suffice together are the others', trees: flat, answers: { 'sales/North': 9, 'sales/South': 3, 'sales/West': 2 }, shown: ['sales', 'sales/North', 'sales/~others'] },
    { name: 'a single part beside a remainder that is too small is not shown', trees: flat, answers: { 'sales/North': 9, 'sales/South': 1 }, shown: ['sales'] },
    {
      name: 'a part that must go is opened rather than lost when something inside is large enough',
      trees: [sales(leaf('sales/manager'), { ...leaf('sales/front_line'), children: [leaf('sales/front_line/North'), leaf('sales/front_line/South')] })],
      answers: { 'sales/manager': 2, 'sales/front_line/North': 8, 'sales/front_line/South': 4 },
      shown: ['sales', 'sales/front_line/North', 'sales/~others'],
    },
  ];
  it.each(cases)('$name', ({ trees, answers, shown }) => {
    expect(ids(gate(trees, sums(trees, answers), five))).toEqual(shown);
  });

  it('shows both functions together beside both, and never with leadership', () => {
    const trees: TreeNode[] = (['sales', 'marketing', 'leadership'] as const).map((name) => ({ id: name, path: { function: name }, invited: 9, children: [] }));
    const all = gate(trees, () => 6, five);
    expect(all.find((block) => block.kind === 'overall')).toEqual({ id: 'overall', kind: 'overall', nodes: ['marketing', 'sales'], n: 12 });
    const one = gate(trees, (id) => (id === 'marketing' ? 4 : 6), five);
    expect(ids(one)).toEqual(['leadership', 'sales']);
  });

  it('holds leadership to its own minimum', () => {
    const trees: TreeNode[] = [{ id: 'leadership', path: { function: 'leadership' }, invited: 6, children: [] }];
    expect(ids(gate(trees, () => 3, { general: 5, leadership: 3 }))).toEqual(['leadership']);
    expect(gate(trees, () => 3, five)).toEqual([]);
  });
});

describe('what cannot be computed from what is shown', () => {
  it('has no set of fewer than k people in 1,000 random organisations, nor in their statements, nor after closing', () => {
    const random = seeded(20_260);
    const totals = { blocks: 0, leaks: 0, statementBlocks: 0, statementLeaks: 0, againBlocks: 0, againLeaks: 0 };
    for (let index = 0; index < 1_000; index += 1) {
      const org = randomOrganisation(random);
      const blocks = blocksOf(org);
      totals.blocks += blocks.length;
      for (const { publication, k } of audits(org, blocks, org.answers)) totals.leaks += leaks(publication, k).length;
      for (let statement = 0; statement < 3; statement += 1) {
        const answers = org.answers.map((count) => respond(random, count, 0.93));
        const shown = gate(org.plan.trees, counter(org.plan.trees, org.counts, answers), org.minimum);
        totals.statementBlocks += shown.length;
        for (const { publication, k } of audits(org, shown, answers)) totals.statementLeaks += leaks(publication, k).length;
        const again = shownAgain(org, blocks, answers);
        totals.againBlocks += again.length;
        for (const { publication, k } of audits(org, again, answers)) totals.againLeaks += leaks(publication, k).length;
      }
    }
    expect(totals).toMatchObject({ leaks: 0, statementLeaks: 0, againLeaks: 0 });
    expect(totals.blocks).toBeGreaterThan(3_000);
    expect(totals.againBlocks).toBeGreaterThan(8_000);
  }, 120_000);

  it('survives trying every union of people in the small organisations', () => {
    const random = seeded(77);
    let organisations = 0;
    let unions = 0;
    for (let index = 0; index < 600; index += 1) {
      const org = randomOrganisation(random);
      if (org.answers.filter((count) => count > 0).length > 9) continue;
      const blocks = blocksOf(org);
      if (blocks.length === 0) continue;
      organisations += 1;
      for (const { publication, k } of audits(org, blocks, org.answers)) {
        const { tried, leaking } = leakingUnions(publication, k);
        unions += tried;
        expect(leaking).toBe(0);
      }
    }
    expect(organisations).toBeGreaterThan(100);
    expect(unions).toBeGreaterThan(500);
  }, 120_000);

  it('catches a gate that forgets the remainder', () => {
    const random = seeded(5);
    let caught = 0;
    let agreed = 0;
    for (let index = 0; index < 300; index += 1) {
      const org = randomOrganisation(random);
      const k = org.minimum.general;
      const same = { ...org, minimum: { general: k, leadership: k } };
      const blocks = withoutComplementRule(org.plan.trees, counter(org.plan.trees, org.counts, org.answers), k);
      for (const { publication } of audits(same, blocks, org.answers)) {
        const found = leaks(publication, k);
        if (found.length > 0) caught += 1;
        if (publication.people.filter((count) => count > 0).length > 9 || publication.rows.length === 0) continue;
        if (leakingUnions(publication, k).leaking > 0) {
          agreed += 1;
          expect(found.length).toBeGreaterThan(0);
        }
      }
    }
    expect(caught).toBeGreaterThan(10);
    expect(agreed).toBeGreaterThan(0);
  }, 60_000);
});

describe('order', () => {
  it('of trees and parts makes no difference', () => {
    const random = seeded(9);
    const shuffle = <T>(values: readonly T[]): T[] => values.map((value) => ({ value, key: random() })).sort((a, b) => a.key - b.key).map(({ value }) => value);
    const shuffleTree = (node: TreeNode): TreeNode => ({ ...node, children: shuffle(node.children.map(shuffleTree)) });
    for (let index = 0; index < 300; index += 1) {
      const org = randomOrganisation(random);
      const count = counter(org.plan.trees, org.counts, org.answers);
      expect(gate(shuffle(org.plan.trees.map(shuffleTree)), count, org.minimum)).toEqual(gate(org.plan.trees, count, org.minimum));
    }
  });
});

describe('final blocks', () => {
  it('hold every answer of a shown function exactly once, and at least the minimum', () => {
    const random = seeded(31);
    for (let index = 0; index < 300; index += 1) {
      const org = randomOrganisation(random);
      const blocks = blocksOf(org);
      const count = counter(org.plan.trees, org.counts, org.answers);
      const block = finalBlockOfLeaf(org.plan.trees, blocks);
      const stored = new Map<string, number>();
      for (const each of org.plan.trees.flatMap(leavesOf)) {
        const id = block.get(each.id);
        if (id) stored.set(id, (stored.get(id) ?? 0) + count(each.id));
        else if (count(each.id) > 0) expect(blocks.some((shown) => shown.id === each.path.function)).toBe(false);
      }
      for (const shown of finalBlocks(blocks)) expect(stored.get(shown.id)).toBe(shown.n);
      expect(gateAgain(blocks, org.minimum)((id) => stored.get(id) ?? 0)).toEqual(blocks);
    }
  });
});

/** The gate run again on answers that only know their final block. */
function shownAgain(org: Organisation, blocks: ShownBlock[], answers: number[]): ShownBlock[] {
  const count = counter(org.plan.trees, org.counts, answers);
  const block = finalBlockOfLeaf(org.plan.trees, blocks);
  const stored = new Map<string, number>();
  for (const each of org.plan.trees.flatMap(leavesOf)) {
    const id = block.get(each.id);
    if (id) stored.set(id, (stored.get(id) ?? 0) + count(each.id));
  }
  return gateAgain(blocks, org.minimum)((id) => stored.get(id) ?? 0);
}
