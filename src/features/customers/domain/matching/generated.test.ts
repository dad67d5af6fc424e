import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../lib/seeded';
import { pairKey } from './decide';
import { generatedAccounts, generatedContacts, type Generated } from './generated.test-support';
import { link, type LinkResult, type Proposal } from './link';
import type { RecordKind } from './record';

const keyOf = ({ a, b }: Proposal): string => `${a}|${b}`;

const linked = ({ marketing, crm }: Generated, kind: RecordKind): LinkResult => link({ setting: { kind, business: true } }, marketing, crm);

const shuffled = <T>(list: readonly T[], seed: number): T[] => {
  const rng = seeded(seed);
  return list
    .map((value) => ({ value, at: rng() }))
    .sort((one, other) => one.at - other.at)
    .map(({ value }) => value);
};

const KINDS = [
  { kind: 'person' as const, make: generatedContacts, automatic: 0.68, found: 0.95 },
  { kind: 'organisation' as const, make: generatedAccounts, automatic: 0.95, found: 0.99 },
];

/** Invented companies with colleagues, relatives, namesakes, daughters, shared mailboxes and switchboards, typing errors and moves. */
describe.each(KINDS)('2,000 x 2,000 of kind $kind', ({ kind, make, automatic, found }) => {
  it.each([1, 2])('seed %i: no false automatic link, and the true ones are linked or shown', (seed) => {
    const generated = make(2000, seed);
    const { pairs, review } = linked(generated, kind);
    expect(pairs.filter((pair) => !generated.truth.has(keyOf(pair)))).toEqual([]);
    expect(pairs.length / generated.truth.size).toBeGreaterThan(automatic);
    const shown = [...pairs, ...review].filter((pair) => generated.truth.has(keyOf(pair))).length;
    expect(shown / generated.truth.size).toBeGreaterThan(found);
    // What people are asked to look at stays in proportion to what there is to find.
    expect(review.length).toBeLessThan(generated.truth.size / 2);
  }, 60_000);

  it('gives the same answer in whatever order the rows come', () => {
    const generated = make(400, 5);
    const again = linked({ ...generated, marketing: shuffled(generated.marketing, 1), crm: shuffled(generated.crm, 2) }, kind);
    const first = linked(generated, kind);
    expect(first.pairs.length).toBeGreaterThan(200);
    expect(again).toEqual(first);
  }, 60_000);
});

describe('one list with itself', () => {
  it('finds what occurs twice and joins nothing else', () => {
    const generated = generatedContacts(600, 6);
    const all = [...generated.marketing, ...generated.crm];
    const { pairs, groups } = link({ setting: { kind: 'person', business: true } }, shuffled(all, 3));
    const truth = new Set([...generated.truth].map((key) => key.split('|').sort().join('|')));
    const found = pairs.map(({ a, b }) => [a, b].sort().join('|'));
    expect(found.filter((key) => !truth.has(key))).toEqual([]);
    expect(found.length / truth.size).toBeGreaterThan(0.6);
    expect(groups.every(({ a, b }) => a.length === 2 && b.length === 0)).toBe(true);
  }, 60_000);

  it('asks once whether two groups are one customer, is not misled by namesakes elsewhere, and asks no more once it was answered', () => {
    const generated = generatedContacts(2000, 8);
    const all = [...generated.marketing, ...generated.crm];
    const setting = { kind: 'person' as const, business: true };
    const { review, groups, parameters } = link({ setting }, all);
    const groupOf = new Map(groups.flatMap(({ a }) => a.map((key) => [key, a.join()])));
    const asks = ({ a, b }: Pick<Proposal, 'a' | 'b'>) => [groupOf.get(a) ?? a, groupOf.get(b) ?? b].sort().join('|');
    expect(new Set(review.map(asks)).size).toBe(review.length);
    expect(review.length).toBeLessThan(generated.truth.size / 2);
    const asked = new Map<string, number>();
    for (const each of review) for (const group of asks(each).split('|')) asked.set(group, (asked.get(group) ?? 0) + 1);
    expect(Math.max(...asked.values())).toBeLessThanOrEqual(5);
    expect(review.filter(({ evidence }) => evidence.some(({ field, level }) => field === 'organisation' && level === 'different')).length).toBeLessThan(review.length / 10);
    expect(parameters.expected / generated.truth.size).toBeGreaterThan(0.9);
    expect(parameters.expected / generated.truth.size).toBeLessThan(1.1);
    const answered = review.find(({ a, b }) => groupOf.has(a) && groupOf.has(b));
    expect(answered).toBeDefined();
    const again = link({ setting, never: new Set([pairKey(answered?.a ?? '', answered?.b ?? '')]) }, all);
    expect(again.review.map(asks)).not.toContain(answered && asks(answered));
    expect(again.review.length).toBeGreaterThanOrEqual(review.length - 1);
  }, 60_000);
});

describe('what is learned', () => {
  it('expects about as many matches as there are', () => {
    const generated = generatedContacts(1000, 7);
    const { parameters } = linked(generated, 'person');
    expect(parameters.expected / generated.truth.size).toBeGreaterThan(0.9);
    expect(parameters.expected / generated.truth.size).toBeLessThan(1.1);
    const given = parameters.fields.find(({ field }) => field === 'given');
    // A fifth of sales' given names are short forms or slips; chance brings two people of one given name together once in sixty.
    expect(given?.m[0]).toBeGreaterThan(0.75);
    expect(given?.u[0]).toBeCloseTo(1 / 60, 2);
  }, 60_000);
});

describe('lists of which one repeats its customers', () => {
  it('takes a deal list’s account names for the same accounts again and again', () => {
    const names = ['Nordpumpen', 'Karst Ventile', 'Velox', 'Thistle & Sons', 'Orion Glas', 'Kappa Foods', 'Lyra Kabel', 'Hansa Chemie', 'Boreal Optik', 'Dyna Stahl'];
    const accounts = names.map((organisation, at) => ({ key: `a${at}`, organisation }));
    const deals = Array.from({ length: 300 }, (_, at) => ({ key: `d${at}`, organisation: names[at % names.length] ?? '' }));
    const { pairs } = link({ setting: { kind: 'organisation', business: true }, thresholds: { sure: 0.9 } }, accounts, deals);
    expect(pairs.length).toBe(300);
    expect(pairs.every(({ a, b }) => Number(a.slice(1)) === Number(b.slice(1)) % names.length)).toBe(true);
  });
});
