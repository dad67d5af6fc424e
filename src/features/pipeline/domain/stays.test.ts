import fc from 'fast-check';
import { expect, test } from 'vitest';
import { medianStays } from './stays';

const plainMedian = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? NaN) : ((sorted[half - 1] ?? NaN) + (sorted[half] ?? NaN)) / 2;
};

test('the medians of portions together are those of all their stays, each stage for itself and all as one', () => {
  const stays = fc.array(fc.record({ stage: fc.constantFrom('a', 'b', 'c'), days: fc.double({ min: 0.01, max: 90, noNaN: true }), entered: fc.integer({ min: 0, max: 20 }) }), { maxLength: 60 });
  fc.assert(
    fc.property(fc.array(stays, { maxLength: 4 }), (portions) => {
      const found = medianStays(
        portions.map((all) => ['a', 'b', 'c'].map((stageId) => {
          const own = all.filter(({ stage }) => stage === stageId);
          return { stageId, days: Float64Array.from(own, ({ days }) => days), entered: Int32Array.from(own, ({ entered }) => entered) };
        })),
        3,
        15,
      );
      const counted = portions.flat().filter(({ entered }) => entered >= 3 && entered < 15);
      for (const stageId of ['a', 'b', 'c', null]) {
        const own = counted.filter(({ stage }) => stageId === null || stage === stageId).map(({ days }) => days);
        const row = found.find((each) => each.stageId === stageId);
        expect(row?.n ?? 0).toBe(own.length);
        if (row) expect(row.median).toBeCloseTo(plainMedian(own), 10);
      }
    }),
  );
});
