import { Gathered } from '../domain/matching/gathered';
import { linkGathered, type Proposal } from '../domain/matching/link';
import { pairKey } from '../domain/matching/decide';
import type { Pair } from '../domain/parties';
import type { RecordKind } from '../domain/matching/record';
import { matchRecordOf } from '../record-for-matching';
import type { RecordData } from '../domain/read-row';

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
export type MatchSession = {
  /** @param rows a JSON array of pairs of an id and what its record says: a batch is one text until it is here */
  add(rows: string): void;
  run(never: readonly Pair[]): void;
  /** @returns a JSON array of pairs as they are kept, or an empty text: no more are there */
  next(): string;
};

export const matchSession = (kind: RecordKind): MatchSession => {
  let records = new Gathered();
  let take: ReturnType<typeof linkGathered> = () => [];
  return {
    add: (rows) => {
      for (const [id, data] of JSON.parse(rows) as [string, RecordData][]) records.add(matchRecordOf({ id, data }, kind));
    },
    run: (never) => {
      take = linkGathered({ setting: { kind, business: true }, never: new Set(never.map(({ a, b }) => pairKey(a, b))) }, records);
      records = new Gathered();
    },
    next: () => {
      const pairs = take(HANDED_OVER);
      return pairs.length === 0 ? '' : JSON.stringify(pairs.map(foundOf));
    },
  };
};
