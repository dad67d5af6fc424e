import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrive, timesOfAll, type Arrived } from './arrival';
import type { RecordData } from './read-row';

const day = (n: number): string => new Date(Date.UTC(2026, 0, n)).toISOString();
const all = (rows: readonly RecordData[]): Arrived | undefined => rows.reduce<Arrived | undefined>((kept, row) => arrive(kept, row), undefined);

const message = fc.record(
  { name: fc.constantFrom('Ann', 'Anna'), status: fc.constantFrom('New', 'Working', 'Lost'), amount: fc.integer({ min: 0, max: 3 }), contactedAt: fc.constantFrom(day(1), day(2), day(3)), custom: fc.dictionary(fc.constantFrom('Shoe size', 'Hat'), fc.constantFrom('1', '2')) },
  { requiredKeys: [] },
);

describe('messages of one record', () => {
  test('end the same in whatever order and however often they arrive', () => {
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 6 }).chain((rows) => {
        const dated = rows.map((row, at): RecordData => ({ ...row, changedAt: day(at + 1) }));
        return fc.tuple(fc.constant(dated), fc.shuffledSubarray(dated, { minLength: dated.length }), fc.subarray(dated));
      }), ([inOrder, shuffled, again]) => {
        const straight = all(inOrder);
        const late = all([...shuffled, ...again]);
        expect(late?.data).toEqual(straight?.data);
        expect(late?.times).toEqual(straight?.times);
        if (late) expect(inOrder.filter((row) => arrive(late, row).changed)).toEqual([]);
      }),
    );
  });

  test('a late one fills what nobody said since, and overwrites nothing newer', () => {
    const kept = all([{ status: 'Working', changedAt: day(3) }, { name: 'Ann', status: 'New', changedAt: day(1) }, { name: 'Anna', changedAt: day(2) }]);
    expect(kept?.data).toEqual({ status: 'Working', name: 'Anna', changedAt: day(3) });
  });

  test('a later contact never takes the place of the first one, an earlier one does', () => {
    const kept = all([{ contactedAt: day(5), changedAt: day(6) }, { contactedAt: day(9), changedAt: day(9) }, { contactedAt: day(10) }]);
    expect(kept?.data.contactedAt).toBe(day(5));
    expect(kept && arrive(kept, { contactedAt: day(4), changedAt: day(4) })).toMatchObject({ data: { contactedAt: day(4) }, changed: true });
  });

  test('one without a time counts as news, and a late one does not undo it', () => {
    const kept = all([{ status: 'Working', changedAt: day(3) }, { status: 'Lost' }, { status: 'New', changedAt: day(1) }]);
    expect(kept?.data.status).toBe('Lost');
  });

  test('what a file said counts from when the record was changed', () => {
    const file = { name: 'Ann', status: 'Working', changedAt: day(5) };
    const kept = { data: file, times: timesOfAll(file) };
    expect(arrive(kept, { status: 'New', changedAt: day(4) })).toMatchObject({ data: file, changed: false });
    expect(arrive(kept, { status: 'Lost', changedAt: day(6) }).data.status).toBe('Lost');
  });
});
