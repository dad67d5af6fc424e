import { Gathered } from '../domain/matching/gathered';
import { linkGathered, type Proposal } from '../domain/matching/link';
import { pairKey } from '../domain/matching/decide';
import type { Pair } from '../domain/parties';
import type { RecordKind } from '../domain/matching/record';
import { matchRecordOf, type StoredRecord } from '../record-for-matching';

/** A pair as it is kept: `a` is the smaller id. */
export type FoundPair = { a: string; b: string; state: 'linked' | 'review'; probability: number; evidence: { field: string; level: string; weight: number }[]; reasons: string[] };

const HANDED_OVER = 2_000;

const foundOf = ({ a, b, probability, decision, vetoes, evidence }: Proposal): FoundPair => ({
  ...(a < b ? { a, b } : { a: b, b: a }),
  state: decision === 'sure' ? 'linked' : 'review',
  probability,
  evidence: evidence.map(({ field, level, bits }) => ({ field, level, weight: Math.round(bits * 10) / 10 })),
  reasons: [...vetoes],
});

/** One matching of all records of a kind: they are given in batches, compared at once, and the pairs taken in batches. */
export type MatchSession = { add(rows: readonly StoredRecord[]): void; run(never: readonly Pair[]): void; next(): FoundPair[] };

export const matchSession = (kind: RecordKind): MatchSession => {
  let records = new Gathered();
  let found: Proposal[] = [];
  return {
    add: (rows) => {
      for (const row of rows) records.add(matchRecordOf(row, kind));
    },
    run: (never) => {
      const { pairs, review } = linkGathered({ setting: { kind, business: true }, never: new Set(never.map(({ a, b }) => pairKey(a, b))) }, records);
      records = new Gathered();
      found = [...pairs, ...review];
    },
    next: () => found.splice(Math.max(0, found.length - HANDED_OVER)).map(foundOf),
  };
};
