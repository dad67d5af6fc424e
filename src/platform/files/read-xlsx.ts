import type { CsvRecord } from '../../lib/csv';
import { tidyHeadings, type Table, type TableProblem } from '../../lib/table';
import { FileFault, type TableLimits } from './limits';
import { firstRow, LOOK_AHEAD, shapeRow, trimmedWidth, type HeadingRow } from './read-csv';
import { readZip, writeZip } from './zip';

const ENTRIES = 4_096;
const SHEETS_TRIED = 12;

const columnNumber = (letters: string): number => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

/** One cell far off makes a reader allocate everything before it, so addresses are looked at first. @throws FileFault */
const assertAddresses = (xml: string, limits: TableLimits): void => {
  let rows = 0;
  for (const match of xml.matchAll(/<(?:\w+:)?(row|c)\b([^>]*)/gu)) {
    if (match[1] === 'row') rows++;
    const address = /\br\s*=\s*["']([A-Z]*)(\d+)["']/u.exec(match[2] ?? '');
    const row = Number(address?.[2] ?? 0);
    if (row > limits.rows + 1 || rows > limits.rows + 1) throw new FileFault('too_many_rows', String(limits.rows));
    if (columnNumber(address?.[1] ?? '') > limits.columns) throw new FileFault('too_many_columns', String(limits.columns));
  }
};

/** A document type is how XML brings in other files or grows without end (XXE, "billion laughs"); spreadsheets never have one. */
const assertPlainXml = (name: string, data: Buffer): string => {
  const wide = (data[0] === 0xff && data[1] === 0xfe) || (data[0] === 0xfe && data[1] === 0xff);
  const xml = data.toString('utf8');
  if (wide || /<!(?:DOCTYPE|ENTITY)/iu.test(xml)) throw new FileFault('archive_unsafe', name);
  return xml;
};

const unescapeXml = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');

type Workbook = { archive: Buffer; sheets: string[] };

/** Unpacks, checks and repacks: the reader behind sees only parts whose true size and contents are known. @throws FileFault */
const openWorkbook = (bytes: Uint8Array, limits: TableLimits): Workbook => {
  const names = new Set<string>();
  const parts = readZip(bytes, { entries: ENTRIES, unpackedBytes: limits.unpackedBytes }, (name) => {
    names.add(name);
    return name.endsWith('.xml') || name.endsWith('.rels') || name === 'mimetype';
  });
  if (parts.get('mimetype')?.toString('latin1').startsWith('application/vnd.oasis.opendocument')) throw new FileFault('open_document');
  if (names.has('xl/workbook.bin')) throw new FileFault('binary_excel');
  const workbook = parts.get('xl/workbook.xml');
  if (!workbook) throw new FileFault('not_a_table');
  for (const [name, data] of parts) {
    const xml = assertPlainXml(name, data);
    if (name.startsWith('xl/worksheets/')) assertAddresses(xml, limits);
  }
  parts.delete('mimetype');
  const sheets = [...workbook.toString('utf8').matchAll(/<(?:\w+:)?sheet\s[^>]*\bname="([^"]*)"/gu)].map((match) => unescapeXml(match[1] ?? ''));
  return { archive: writeZip(parts), sheets };
};

/** A sheet keeps a bare date as midnight. Days are counted in doubles, so that a time may miss its second by a thousandth. */
const dateText = (date: Date): string => {
  if (Number.isNaN(date.getTime())) return '';
  const text = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 19)}`;
};

const cellText = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return String(value);
};

const toRecords = (data: readonly (readonly unknown[])[], limits: TableLimits): CsvRecord[] =>
  data.flatMap((row, index) => {
    const texts = row.map(cellText);
    if (texts.every((text) => text.trim() === '')) return [];
    const cut = texts.some((text) => text.length > limits.cellLength);
    return [{ line: index + 1, cells: cut ? texts.map((text) => text.slice(0, limits.cellLength)) : texts, cut }];
  });

const sheetRecords = async (archive: Buffer, number: number, name: string, limits: TableLimits): Promise<CsvRecord[]> => {
  try {
    const { readSheet } = await import('read-excel-file/node');
    return toRecords(await readSheet(archive, number), limits);
  } catch (error) {
    throw new FileFault('sheet_damaged', `${name}: ${error instanceof Error ? error.message : ''}`.slice(0, 200));
  }
};

/** The first sheet that holds anything. Dates become yyyy-mm-dd, with hh:mm:ss where they have a time; formulas give the value they last had. @throws FileFault */
export const readXlsx = async (bytes: Uint8Array, limits: TableLimits, headingRow: HeadingRow = firstRow): Promise<Table> => {
  const { archive, sheets } = openWorkbook(bytes, limits);
  for (const [index, sheet] of sheets.slice(0, SHEETS_TRIED).entries()) {
    const records = await sheetRecords(archive, index + 1, sheet, limits);
    const heading = records[headingRow(records.slice(0, LOOK_AHEAD).map((record) => record.cells))] ?? records[0];
    if (!heading) continue;
    const body = records.slice(records.indexOf(heading) + 1);
    const width = trimmedWidth(heading.cells, body);
    const tidy = tidyHeadings(heading.cells.slice(0, width), heading.line);
    const others = sheets.filter((_, at) => at !== index);
    const problems: TableProblem[] = others.length > 0 ? [{ code: 'other_sheets', line: 0, detail: others.slice(0, 10).join(', ') }] : [];
    return { headings: tidy.headings, rows: body.map((record) => shapeRow(record, width)), problems: [...problems, ...tidy.problems], source: { kind: 'xlsx', sheet } };
  }
  throw new FileFault('sheet_empty');
};
