import type { z } from 'zod';
import type { Table } from '../../lib/table';
import { NONE, type importPreview } from './contract';
import { ROW_STATUSES, type ImportPlan, type PlannedRow } from './domain/plan';
import type { mappingFault, ProposedMapping, unknownWords } from './domain/mapping';

type PreviewView = z.infer<typeof importPreview>;
/** What planning a file found. */
type Preview = { proposed: ProposedMapping; fault: ReturnType<typeof mappingFault>; plan: ImportPlan | null; unknown: ReturnType<typeof unknownWords>; fingerprint: string };

/** Rows a preview shows; every row with a problem is counted all the same. */
const ROWS_SHOWN = 300;
const SAMPLES = 3;

const asText = (value: unknown): string | null => (value === null || value === undefined ? null : typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value));

const presentRow = (row: PlannedRow): PreviewView['rows'][number] => ({
  line: row.line, status: row.status, email: row.email, name: row.name, problems: row.problems,
  changes: Object.entries(row.set).filter(([, after]) => after !== null).map(([field, after]) => ({ field, before: asText(row.before[field as keyof typeof row.before]), after: asText(after) })),
});

/** Rows that somebody has to look at come first; within them the file's order. */
const shownRows = (plan: ImportPlan): PlannedRow[] => {
  const rank = (row: PlannedRow): number => (row.status === 'rejected' ? 0 : row.problems.length > 0 ? 1 : 2 + ROW_STATUSES.indexOf(row.status));
  return plan.rows.toSorted((a, b) => rank(a) - rank(b) || a.line - b.line).slice(0, ROWS_SHOWN);
};

const countProblems = (plan: ImportPlan): PreviewView['problemCounts'] => {
  const counts = new Map<string, { code: string; rows: number; rejects: boolean }>();
  for (const row of plan.rows) {
    for (const code of new Set(row.problems.map((problem) => problem.code))) {
      const entry = counts.get(code) ?? { code, rows: 0, rejects: row.status === 'rejected' };
      entry.rows++;
      counts.set(code, entry);
    }
  }
  return [...counts.values()].sort((a, b) => Number(b.rejects) - Number(a.rejects) || b.rows - a.rows);
};

const samplesOf = (table: Table, column: number): string[] => {
  const samples = new Set<string>();
  for (const row of table.rows) {
    const text = (row.cells[column] ?? '').trim();
    if (text !== '') samples.add(text.slice(0, 60));
    if (samples.size === SAMPLES) break;
  }
  return [...samples];
};

export const presentPreview = (table: Table, { proposed, fault, plan, unknown, fingerprint }: Preview, chosen: boolean): PreviewView => {
  const { mapping, reasons, dates } = proposed;
  const columns = mapping.columns.map((field) => field ?? (NONE as typeof NONE));
  return {
    fingerprint,
    source: table.source.kind === 'csv' ? { kind: 'csv', encoding: table.source.encoding, delimiter: table.source.delimiter, sheet: null } : { kind: 'xlsx', encoding: null, delimiter: null, sheet: table.source.sheet },
    columns: table.headings.map((heading, index) => ({ heading, field: columns[index] ?? NONE, reason: chosen ? 'chosen' : (reasons[index] ?? 'none'), samples: samplesOf(table, index) })),
    mapping: { columns, dateOrder: mapping.dateOrder, words: mapping.words.map((entry) => (entry.field === 'function' ? { ...entry, meaning: entry.meaning ?? NONE } : { ...entry, meaning: entry.meaning ?? NONE })) },
    mappingFault: fault ?? null,
    dates: dates.certainty,
    unknownWords: unknown,
    fileProblems: table.problems.slice(0, 100).map(({ code, line, detail }) => ({ code, line, detail: detail ?? '' })),
    counts: plan?.counts ?? { new: 0, changed: 0, same: 0, merged: 0, rejected: 0 },
    problemCounts: plan ? countProblems(plan) : [],
    rows: plan ? shownRows(plan).map(presentRow) : [],
  };
};
