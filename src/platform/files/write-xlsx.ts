import { neutraliseText, type CsvValue } from '../../lib/csv';

export type XlsxSheet = {
  /** At most 31 characters, without []:*?/\ — Excel refuses others. */
  name: string;
  /** First row: headings, set in bold. */
  rows: readonly (readonly CsvValue[])[];
  /** Column widths in characters. */
  widths?: readonly number[];
};

const cell = (value: CsvValue, bold: boolean) => {
  if (value === null || value === undefined || value === '') return null;
  const kept = typeof value === 'string' ? neutraliseText(value) : value;
  return bold ? { value: String(kept), fontWeight: 'bold' as const } : { value: kept };
};

const sheetName = (name: string): string => name.replace(/[[\]:*?/\\]/gu, ' ').slice(0, 31) || 'Sheet';

/** An XLSX workbook. Text is neutralised like in CSV, since sheets are saved on as CSV. */
export const toXlsx = async (sheets: readonly XlsxSheet[]): Promise<Buffer> => {
  const written = sheets.map((sheet) => ({
    data: sheet.rows.map((row, index) => row.map((value) => cell(value, index === 0))),
    sheet: sheetName(sheet.name),
    stickyRowsCount: 1,
    ...(sheet.widths ? { columns: sheet.widths.map((width) => ({ width })) } : {}),
  }));
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  return writeXlsxFile(written).toBuffer();
};
