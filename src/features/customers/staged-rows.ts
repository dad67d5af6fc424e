import { bareArray, textArray } from '../../platform/db/array-literal';

/** A row as it waits for being put in; `data` as JSON text. */
export type StagedRow = { line: number; key: string; outcome: string | null; problem: string | null; detail: string | null; data: string };

/** A batch of them, one text a column as the database reads it. JSON holds no line end, so that lines set it apart without quoting. */
export type StagedColumns = { rows: number; lines: string; keys: string; outcomes: string; problems: string; details: string; data: string };

export const stagedColumns = (rows: readonly StagedRow[]): StagedColumns => ({
  rows: rows.length,
  lines: bareArray(rows.map((row) => row.line)),
  keys: textArray(rows.map((row) => row.key)),
  outcomes: textArray(rows.map((row) => row.outcome)),
  problems: textArray(rows.map((row) => row.problem)),
  details: textArray(rows.map((row) => row.detail)),
  data: rows.map((row) => row.data).join('\n'),
});
