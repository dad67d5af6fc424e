import type { TableRow } from '../../../lib/table';
import { namedColumn, type Role } from '../domain/detect-columns';
import { ownText, profileColumns, type ColumnProfile } from '../domain/column-profile';
import type { Join } from '../domain/detect-join';
import { LOST, plainText, WON, type Outcome } from '../domain/outcome';
import { eachRow, type TableSource } from './table-source';

/** A second file that describes values of a column of the first: accounts, products. */
export type Lookup = {
  /** The column of the second file that gives the source, if one does. */
  heading: string | undefined;
  /** The source that the row's value stands for; also counts what finds nothing. */
  source(row: TableRow, outcome: Outcome | undefined): string | undefined;
  warnings(): string[];
};

type Missed = { rows: number; closed: number };

/** More values than this are no list to look things up in. */
const MOST_VALUES = 1_000_000;

const plural = (count: number, one: string, many: string): string => `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

const sentences = (join: Join, values: ReadonlyMap<string, string>, missed: ReadonlyMap<string, Missed>, blanks: number): string[] => {
  const loose = new Map([...values.keys()].map((value) => [plainText(value), value]));
  const unknown = [...missed].filter(([value]) => !loose.has(plainText(value)));
  const rows = unknown.reduce((sum, [, { rows: own }]) => sum + own, 0);
  return [
    ...[...missed].flatMap(([value, { rows: own, closed }]) => {
      const near = loose.get(plainText(value));
      return near === undefined
        ? []
        : [`“${value}” in “${join.left.heading}” is “${near}” in the second file: ${plural(own, 'row', 'rows')}, ${closed.toLocaleString('en-US')} of them won or lost, find nothing there. Spell it alike in both.`];
    }),
    ...(unknown.length > 0 ? [`${plural(rows, 'row names', 'rows name')} a “${join.left.heading}” that the second file does not have, such as “${unknown[0]?.[0]}”.`] : []),
    ...(blanks > 0 ? [`${plural(blanks, 'row has', 'rows have')} no “${join.left.heading}”.`] : []),
  ];
};

/** @param named the column of either file that the person asked for as source */
export const readLookup = async (file: TableSource, join: Join, found: ColumnProfile | undefined, named: string | undefined): Promise<Lookup> => {
  const values = new Map<string, string>();
  let column = found;
  await eachRow(file, (headings) => {
    const { profiles } = profileColumns(headings);
    const role: Role = 'source';
    column = found && profiles[found.at];
    if (named !== undefined && profiles.some(({ heading }) => plainText(heading) === plainText(named)) && plainText(named) !== plainText(join.left.heading)) column = namedColumn(profiles, named);
    return ({ cells }) => {
      if (values.size >= MOST_VALUES) throw new RangeError(`more than ${MOST_VALUES} values to look up for ${role}`);
      values.set(ownText((cells[join.right.at] ?? '').trim()), column ? ownText((cells[column.at] ?? '').trim()) : '');
    };
  });
  values.delete('');
  const missed = new Map<string, Missed>();
  let blanks = 0;
  const miss = (value: string, outcome: Outcome | undefined): void => {
    const known = missed.get(value) ?? { rows: 0, closed: 0 };
    known.rows += 1;
    if (outcome === WON || outcome === LOST) known.closed += 1;
    if (missed.size < 1000 || known.rows > 1) missed.set(ownText(value), known);
  };
  return {
    heading: column?.heading,
    source: (row, outcome) => {
      const cell = (row.cells[join.left.at] ?? '').trim();
      const value = values.get(cell);
      if (cell === '') blanks += 1;
      else if (value === undefined) miss(cell, outcome);
      return column ? (value ?? '') : undefined;
    },
    warnings: () => sentences(join, values, missed, blanks),
  };
};
