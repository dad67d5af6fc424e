import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linksToHold, partiesOf, type Pair } from './parties';

const id = fc.integer({ min: 0, max: 12 }).map((number) => `r${String(number).padStart(2, '0')}`);
const pairs = fc.array(fc.record({ a: id, b: id }).filter(({ a, b }) => a < b), { maxLength: 20 });

const together = (parties: Map<string, string>, { a, b }: Pair): boolean => parties.has(a) && parties.get(a) === parties.get(b);

describe('parties of linked records', () => {
  it('are named by their smallest record, whatever the order of the links', () => {
    fc.assert(
      fc.property(pairs, (links) => {
        const parties = partiesOf(links);
        expect([...partiesOf(links.toReversed())].toSorted()).toEqual([...parties].toSorted());
        expect(links.every((pair) => together(parties, pair))).toBe(true);
        for (const [, party] of parties) expect(party).toBe([...parties].filter(([, other]) => other === party).map(([member]) => member).toSorted()[0]);
      }),
    );
  });

  it('are joined through others', () => {
    expect([...partiesOf([{ a: 'b', b: 'c' }, { a: 'a', b: 'c' }, { a: 'x', b: 'y' }])].toSorted()).toEqual([['a', 'a'], ['b', 'a'], ['c', 'a'], ['x', 'x'], ['y', 'x']]);
  });
});

describe('links of the matching that somebody’s "never" stands against', () => {
  it('never bring two such records together, and no other link is held', () => {
    fc.assert(
      fc.property(pairs, pairs, pairs, (byPeople, said, byMatching) => {
        const people = partiesOf(byPeople);
        const never = said.filter((pair) => !together(people, pair));
        const held = linksToHold(byPeople, never, byMatching);
        const kept = [...byPeople, ...byMatching.filter((pair) => !held.includes(pair))];
        const parties = partiesOf(kept);
        expect(never.filter((pair) => together(parties, pair))).toEqual([]);
        for (const pair of held) expect(never.some((apart) => together(partiesOf([...kept, pair]), apart))).toBe(true);
      }),
    );
  });
});
