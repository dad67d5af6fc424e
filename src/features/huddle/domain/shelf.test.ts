import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyShelf, everything, put, taken, type Shelf } from './shelf';

const changes = fc.array(fc.tuple(fc.uuid(), fc.nat()), { maxLength: 300 });

test('a shelf holds what a map would, and what it was before stays as it was', () => {
  fc.assert(
    fc.property(changes, fc.uuid(), (all, absent) => {
      let shelf: Shelf<number> = emptyShelf();
      const map = new Map<string, number>();
      for (const [id, thing] of all) {
        const [before, sizeBefore, was] = [shelf, map.size, map.get(id)];
        shelf = put(shelf, id, thing);
        map.set(id, thing);
        expect([taken(before, id), everything(before).length]).toEqual([was, sizeBefore]);
      }
      expect(everything(shelf).toSorted((a, b) => a - b)).toEqual([...map.values()].toSorted((a, b) => a - b));
      for (const [id, thing] of map) expect(taken(shelf, id)).toBe(thing);
      if (!map.has(absent)) expect(taken(shelf, absent)).toBeUndefined();
    }),
    { numRuns: 30 },
  );
});
