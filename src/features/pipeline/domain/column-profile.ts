import { decimalForm } from '../../../lib/decimals';
import { keyTable, type KeyTable } from '../../../lib/key-table';
import { dateForm, readMoment } from '../../../lib/moments';

/** What the cells of one column look like, gathered row by row in bounded memory. */
export type ColumnProfile = {
  heading: string;
  at: number;
  /** Cells that are not blank. */
  filled: number;
  /** Different values and how often each comes, while there are at most `MOST_VALUES`. */
  values: Map<string, number> | undefined;
  /** Among the first `LOOKED_AT` filled cells: how many were looked at, and how many repeat an earlier one. */
  looked: number;
  repeated: number;
  keys: KeyTable;
  /** Filled cells that are dates, by what they say of the order of day and month. */
  dates: { read: number; timed: number; dayFirst: number; monthFirst: number; open: number };
  /** Filled cells that are numbers, by the mark before their decimals. */
  numbers: { read: number; point: number; comma: number; open: number };
  /** For each column of another file: how many of the cells looked at stand there too. */
  hits: number[];
};

export const MOST_VALUES = 1_000;
const LOOKED_AT = 50_000;
/** After so many cells a column of another kind is no longer searched for dates or numbers. */
const TRIED = 500;

const fresh = (heading: string, at: number, others: number): ColumnProfile => ({
  heading,
  at,
  filled: 0,
  values: new Map(),
  looked: 0,
  repeated: 0,
  keys: keyTable(),
  dates: { read: 0, timed: 0, dayFirst: 0, monthFirst: 0, open: 0 },
  numbers: { read: 0, point: 0, comma: 0, open: 0 },
  hits: new Array<number>(others).fill(0),
});

/** A part of a large text keeps the whole of it in memory; joined letters do not. */
export const ownText = (text: string): string => (text.length < 13 ? text : Array.from(text).join(''));

const lookAtValue = (profile: ColumnProfile, cell: string): void => {
  const known = profile.values?.get(cell);
  if (known !== undefined) profile.values?.set(cell, known + 1);
  else if (profile.values && profile.values.size >= MOST_VALUES) profile.values = undefined;
  else profile.values?.set(ownText(cell), 1);
};

const lookAtKey = (profile: ColumnProfile, cell: string, others: readonly KeyTable[]): void => {
  if (profile.looked >= LOOKED_AT) return;
  profile.looked += 1;
  const before = profile.keys.size;
  profile.keys.add(cell);
  if (profile.keys.size === before) profile.repeated += 1;
  // One cell may name several records: HubSpot's associated ids are parted by semicolons.
  if (cell.includes(';')) for (const part of cell.split(';')) profile.keys.add(part.trim());
  others.forEach((keys, other) => {
    if (keys.find(cell) >= 0) profile.hits[other] = (profile.hits[other] ?? 0) + 1;
  });
};

const lookAtDate = ({ dates, filled }: ColumnProfile, cell: string): void => {
  if (filled > TRIED && dates.read * 2 < TRIED) return;
  const form = dateForm(cell);
  const moment = readMoment(cell, 'dmy') ?? (form ? readMoment(cell, 'mdy') : undefined);
  if (!moment) return;
  dates.read += 1;
  if (moment.timed) dates.timed += 1;
  if (form === 'dayFirst' || form === 'monthFirst' || form === 'open') dates[form] += 1;
};

const lookAtNumber = ({ numbers, filled }: ColumnProfile, cell: string): void => {
  if (filled > TRIED && numbers.read * 2 < TRIED) return;
  const form = decimalForm(cell);
  if (form === undefined) return;
  numbers.read += 1;
  if (form !== 'none') numbers[form] += 1;
};

export type Profiler = { add(cells: readonly string[]): void; profiles: readonly ColumnProfile[] };

/**
 * Looks at a file's columns.
 * @param others the columns of another file, to find the one that both share
 */
export const profileColumns = (headings: readonly string[], others: readonly ColumnProfile[] = []): Profiler => {
  const profiles = headings.map((heading, at) => fresh(heading, at, others.length));
  const tables = others.map(({ keys }) => keys);
  return {
    profiles,
    add: (cells) => {
      for (const profile of profiles) {
        const cell = (cells[profile.at] ?? '').trim();
        if (cell === '') continue;
        profile.filled += 1;
        lookAtValue(profile, cell);
        lookAtKey(profile, cell, tables);
        lookAtDate(profile, cell);
        lookAtNumber(profile, cell);
      }
    },
  };
};

/** Nearly every filled cell is a date. Of a column with a few strays the strays are passed over, and counted when read. */
export const isDateColumn = ({ dates, filled }: ColumnProfile): boolean => filled > 0 && dates.read >= 0.8 * filled;

export const isNumberColumn = ({ numbers, filled }: ColumnProfile): boolean => filled > 0 && numbers.read >= 0.9 * filled;

/** Hardly a value comes twice. */
export const isDistinct = ({ looked, repeated }: ColumnProfile): boolean => looked > 0 && repeated <= 0.02 * looked;
