/**
 * What a table file may be. The numbers bound memory: reading holds the file, its text (two bytes a character) and its rows,
 * together measured at 8 to 14 times a file of 5 to 21 MB.
 */
export type TableLimits = {
  /** Bytes of the file as sent. */
  fileBytes: number;
  rows: number;
  columns: number;
  /** Characters of one cell; Excel itself stops at 32,767. */
  cellLength: number;
  /** Bytes an XLSX may unpack to, all parts together. */
  unpackedBytes: number;
};

export const TABLE_LIMITS: TableLimits = {
  fileBytes: 24 * 1024 * 1024,
  rows: 200_000,
  columns: 1_000,
  cellLength: 32_767,
  unpackedBytes: 64 * 1024 * 1024,
};

export type FileFaultCode =
  | 'file_empty'
  | 'file_too_big'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'old_excel'
  | 'locked_excel'
  | 'binary_excel'
  | 'open_document'
  | 'web_page'
  | 'not_a_table'
  | 'archive_damaged'
  | 'archive_bomb'
  | 'archive_unsafe'
  | 'sheet_damaged'
  | 'sheet_empty';

/** The file cannot be read at all. Nothing was saved; `code` and `detail` choose the sentence that people read. */
export class FileFault extends Error {
  override name = 'FileFault';
  constructor(
    readonly code: FileFaultCode,
    readonly detail: string = '',
  ) {
    super(detail === '' ? code : `${code}: ${detail}`);
  }
}
