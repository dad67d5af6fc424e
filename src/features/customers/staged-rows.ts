import { bareArray, textColumn, type SentColumn } from '../../platform/db/array-literal';

/** A row as it waits for being put in; `data` as JSON text. */
export type StagedRow = { line: number; key: string; outcome: string | null; problem: string | null; detail: string | null; data: string };

/** A batch of them, column by column as the database reads it. JSON holds no line end, so that lines set it apart without quoting. */
export type StagedColumns = { rows: number; lines: string; keys: SentColumn; outcomes: SentColumn; problems: SentColumn; details: SentColumn; data: SentColumn };

export const stagedColumns = (rows: readonly StagedRow[]): StagedColumns => ({
  rows: rows.length,
  lines: bareArray(rows.map((row) => row.line)),
  keys: textColumn(rows.map((row) => row.key)),
  outcomes: textColumn(rows.map((row) => row.outcome)),
  problems: textColumn(rows.map((row) => row.problem)),
  details: textColumn(rows.map((row) => row.detail)),
  data: { lines: rows.map((row) => row.data).join('\n') },
});
