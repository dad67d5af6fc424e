import { growingColumn } from '../../../lib/growing';
import { keyTable } from '../../../lib/key-table';
import type { Moment } from '../../../lib/moments';
import { ownText } from './column-profile';
import { LOST, OPEN, WON, type Outcome } from './outcome';

/** One row about a lead, as far as it says anything. */
export type LeadRow = { key: string | undefined; entered: Moment | undefined; source: string | undefined; outcome: Outcome | undefined; decided: Moment | undefined };

/** What a deal says of the lead it names. */
export type DealRow = { outcome: Outcome; decided: Moment | undefined; source?: string | undefined };

/**
 * Distinct leads in columns: one place each. Times are milliseconds since 1970, NaN where unknown; `source` numbers `sources`, -1 where there is no
 * source column. Whether times carry hours is told per column, since exports do not mix.
 */
export type LeadColumns = {
  n: number;
  entered: Float64Array;
  decided: Float64Array;
  outcome: Uint8Array;
  source: Float64Array;
  sources: readonly string[];
  enteredTimed: boolean;
  decidedTimed: boolean;
};

/** More different sources are no sources but keys. */
export const MOST_SOURCES = 10_000;

export type LeadStore = {
  /** @returns false when a row about the same lead came before */
  addLead(row: LeadRow): boolean;
  /** @returns false when no lead has this key */
  addDeal(key: string, row: DealRow): boolean;
  has(key: string): boolean;
  columns(): LeadColumns;
};

/** Bits of what is known of a lead's deals; a lead with several deals is won if any is, else open if any is. */
const BIT: Record<Outcome, number> = { [OPEN]: 1, [WON]: 2, [LOST]: 4 };
const OWN_LOST = 8;

const endOf = (bits: number): Outcome => {
  if (bits & BIT[WON]) return WON;
  if (bits & BIT[OPEN]) return OPEN;
  return bits & (BIT[LOST] | OWN_LOST) ? LOST : OPEN;
};

/** @param dealsDecide a second file tells how leads ended: the leads' own status then only counts where it says lost and no deal says more */
export const leadStore = (dealsDecide: boolean): LeadStore => {
  const keys = keyTable();
  const sourceNumbers = new Map<string, number>();
  const sources: string[] = [];
  // Rows without a key are leads of their own, so places are counted apart from keys.
  const placeOfKey = growingColumn(-1);
  const entered = growingColumn();
  const decided = growingColumn();
  const bits = growingColumn(0);
  const source = growingColumn(-1);
  let n = 0;
  let [enteredTimed, decidedTimed] = [0, 0];

  const numberOfSource = (text: string): number => {
    const known = sourceNumbers.get(text);
    if (known !== undefined) return known;
    if (sources.length >= MOST_SOURCES) throw new RangeError(`more than ${MOST_SOURCES} different sources`);
    sourceNumbers.set(ownText(text), sources.length);
    return sources.push(ownText(text)) - 1;
  };
  const placeFor = (key: string | undefined): { place: number; isNew: boolean } => {
    if (key === undefined) return { place: n++, isNew: true };
    const number = keys.add(key);
    const known = placeOfKey.get(number);
    if (known >= 0) return { place: known, isNew: false };
    placeOfKey.set(number, n);
    return { place: n++, isNew: true };
  };
  /** The first win counts, and the last loss. */
  const decide = (place: number, outcome: Outcome, at: Moment | undefined): void => {
    const before = bits.get(place);
    bits.set(place, before | BIT[outcome]);
    if (!at || outcome === OPEN) return;
    decidedTimed += at.timed ? 1 : -1;
    const known = decided.get(place);
    const firstOfKind = outcome === WON && !(before & BIT[WON]);
    if (Number.isNaN(known) || firstOfKind || (outcome === WON ? at.at < known : !(before & BIT[WON]) && at.at > known)) decided.set(place, at.at);
  };

  return {
    addLead: ({ key, entered: entry, source: from, outcome, decided: end }) => {
      const { place, isNew } = placeFor(key);
      if (entry) {
        enteredTimed += entry.timed ? 1 : -1;
        if (!(entered.get(place) <= entry.at)) entered.set(place, entry.at);
      }
      if (isNew) {
        entered.set(place, entered.get(place));
        decided.set(place, NaN);
        bits.set(place, 0);
        source.set(place, from === undefined ? -1 : numberOfSource(from));
      } else if (from && sources[source.get(place)] === '') source.set(place, numberOfSource(from));
      if (outcome !== undefined && !dealsDecide) decide(place, outcome, end);
      else if (outcome === LOST) bits.set(place, bits.get(place) | OWN_LOST);
      return isNew;
    },
    addDeal: (key, row) => {
      const number = keys.find(key);
      if (number < 0) return false;
      const place = placeOfKey.get(number);
      decide(place, row.outcome, row.decided);
      if (row.source !== undefined && source.get(place) < 0) source.set(place, numberOfSource(row.source));
      return true;
    },
    has: (key) => keys.find(key) >= 0,
    columns: () => ({
      n,
      entered: entered.view(),
      decided: decided.view(),
      outcome: Uint8Array.from(bits.view(), endOf),
      source: source.view(),
      sources,
      enteredTimed: enteredTimed > 0,
      decidedTimed: decidedTimed > 0,
    }),
  };
};
