import { readCsv } from '../../../platform/files/read-csv';
import { FileFault, TABLE_LIMITS } from '../../../platform/files/limits';
import { readAnswerTable, type AnswerProblem, type AnswerTable } from '../domain/answer-table';
import type { Instrument } from '../domain/instrument';
import { scoreReport, type ScoreOptions, type ScoreReport } from '../domain/score-report';

export type ScoreFileResult = { ok: true; report: ScoreReport; answers: AnswerTable } | { ok: false; problems: AnswerProblem[] };

/** A file somebody scores on their own machine may be large; these bounds only keep a damaged one from filling the memory. */
const LIMITS = { ...TABLE_LIMITS, rows: 1_000_000, columns: 20_000 };

const FAULTS: Partial<Record<string, string>> = {
  file_empty: 'the file is empty',
  too_many_rows: `the file has more than ${LIMITS.rows} rows`,
  too_many_columns: `the file has more than ${LIMITS.columns} columns`,
};

/** Scores an answers file (CSV in any common encoding). Needs no database and keeps nothing. */
export const scoreFile = (bytes: Uint8Array, instrument: Instrument, options: ScoreOptions & { by?: string }): ScoreFileResult => {
  try {
    const read = readAnswerTable(readCsv(bytes, LIMITS), instrument, options.by);
    return read.ok ? { ok: true, answers: read.answers, report: scoreReport(read.answers, instrument, options) } : read;
  } catch (error) {
    if (error instanceof FileFault) return { ok: false, problems: [{ line: 0, message: FAULTS[error.code] ?? error.code }] };
    throw error;
  }
};
