import { readNumber } from '../../../lib/decimals';
import { profileColumns, type ColumnProfile } from '../domain/column-profile';
import { namedColumn } from '../domain/detect-columns';
import { eventReading, survivalTally, type Survival } from '../domain/survive';
import { DataFault, eachRow, fileWarnings, withSource, type TableSource } from './table-source';

export type SurviveOptions = { time: string; event: string; eventValue: string | undefined; by: string | undefined; at: readonly number[] };

export type SurviveReport = Omit<Survival, 'leftOut'> & { warnings: string[] };

type Columns = { time: ColumnProfile; event: ColumnProfile; by: ColumnProfile | undefined };

const columnsOf = async (source: TableSource, options: SurviveOptions): Promise<{ columns: Columns; warnings: string[] }> => {
  let columns: Columns | undefined;
  const read = await eachRow(source, (headings) => {
    const { profiles, add } = profileColumns(headings);
    columns = { time: namedColumn(profiles, options.time), event: namedColumn(profiles, options.event), by: options.by === undefined ? undefined : namedColumn(profiles, options.by) };
    const wanted = new Set([columns.time.at, columns.event.at]);
    return ({ cells }) => add(cells.map((cell, at) => (wanted.has(at) ? cell : '')));
  });
  if (!columns || read.rows === 0) throw new DataFault(`${source.name}: the file has headings but no rows`);
  return { columns, warnings: fileWarnings(source, read) };
};

/** Cells in which statistics programs say that nothing is known. */
const MISSING = /^(na|n\/a|null|nan|\.)?$/iu;

/**
 * Survival curves of a file with a row per subject, read twice, row by row.
 * @throws DataFault with the line, for a time that is no number or is below 0
 */
export const surviveFile = async (source: TableSource, options: SurviveOptions): Promise<SurviveReport> => {
  const { columns, warnings } = await columnsOf(source, options);
  const { time, event, by } = columns;
  const mark = time.numbers.comma > time.numbers.point ? ',' : '.';
  const values = event.values && [...event.values.keys()].filter((value) => !MISSING.test(value));
  const result = await withSource(source, async () => {
    const happened = eventReading(values, event.heading, options.eventValue);
    const tally = survivalTally();
    await eachRow(source, () => ({ line, cells }) => {
      const [at, ended, group] = [time, event, by].map((column) => (column ? (cells[column.at] ?? '').trim() : undefined));
      if (MISSING.test(at ?? '') || MISSING.test(ended ?? '') || group === '') return tally.leaveOut();
      const value = readNumber(at ?? '', mark);
      if (!(value >= 0)) throw new RangeError(`line ${line}: “${time.heading}” is “${at}”; it must be a number from 0`);
      tally.add(value, happened(ended ?? '') === true, group);
    });
    return tally.result(options.at);
  });
  const { leftOut, ...rest } = result;
  if (rest.groups.every(({ n }) => n === 0)) throw new DataFault(`${source.name}: no row has both “${time.heading}” and “${event.heading}”`);
  const blank = leftOut > 0 ? [`${leftOut} ${leftOut === 1 ? 'row lacks' : 'rows lack'} a time, an event or a group; left out.`] : [];
  const none = rest.groups.some(({ events }) => events > 0) ? [] : ['No row had the event; every curve stays at 1.'];
  return { ...rest, warnings: [...warnings, ...blank, ...none] };
};
