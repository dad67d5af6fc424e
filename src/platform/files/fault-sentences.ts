import type { FileFault, FileFaultCode } from './limits';

const SENTENCES: Record<FileFaultCode, (detail: string) => string> = {
  file_empty: () => 'the file is empty',
  file_too_big: (megabytes) => `a workbook may have at most ${megabytes} MB; save the sheet as CSV, which may be of any size`,
  too_many_rows: (rows) => `more than ${rows} rows; save the sheet as CSV, which may be of any length`,
  too_many_columns: (columns) => `more than ${columns} columns`,
  old_excel: () => 'this is an old Excel workbook (.xls); save it as .xlsx or CSV',
  locked_excel: () => 'the workbook has a password; save a copy without one',
  binary_excel: () => 'this is a binary Excel workbook (.xlsb); save it as .xlsx or CSV',
  open_document: () => 'this is an OpenDocument sheet; save it as .xlsx or CSV',
  web_page: () => 'this is a web page, perhaps a sign-in page that was saved in place of the export; export again',
  not_a_table: () => 'this is no table; give a CSV or XLSX file',
  archive_damaged: () => 'the workbook is damaged; save it again',
  archive_bomb: () => 'the workbook unpacks to more than may be read; save the sheet as CSV',
  archive_unsafe: (part) => `the workbook holds a part that no workbook has (${part}); save it again`,
  sheet_damaged: () => 'the sheet cannot be read; save it again',
  sheet_empty: () => 'no sheet of the workbook holds a table',
};

/** Where a file is read whole, saving it as CSV helps no more. */
const WHOLE: Partial<typeof SENTENCES> = { file_too_big: (megabytes) => `the file is larger than ${megabytes} MB`, too_many_rows: (rows) => `the file has more than ${rows} rows` };

/** What was wrong and what to do, for the command line. @param whole the command reads CSV whole too, not row by row */
export const faultSentence = ({ code, detail }: FileFault, whole = false): string => ((whole ? WHOLE[code] : undefined) ?? SENTENCES[code])(detail);
