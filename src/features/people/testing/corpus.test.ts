import { describe, expect, it } from 'vitest';
import { FileFault } from '../../../platform/files/limits';
import { readTable } from '../../../platform/files/read-table';
import { findHeadingRow } from '../domain/headings';
import { mappingFault, proposeMapping } from '../domain/mapping';
import { planImport } from '../domain/plan';
import { NO_RULES } from '../domain/rules';
import { CORPUS } from './corpus';
import type { Expected } from './corpus-file';

const today = '2026-06-01';

/** What the import makes of the bytes, in the shape that the corpus states. */
const outcomeOf = async (bytes: Uint8Array, expected: Expected): Promise<unknown> => {
  let table;
  try {
    table = await readTable(bytes, { headingRow: findHeadingRow });
  } catch (error) {
    if (error instanceof FileFault) return { fault: error.code };
    throw error;
  }
  const { mapping } = proposeMapping(table);
  const fault = mappingFault(mapping, table.headings);
  if (fault) return { mappingFault: fault };
  const plan = planImport({ table, mapping, known: [], rules: NO_RULES, today });
  expect(plan.rows.length).toBe(table.rows.length);
  const wanted = 'people' in expected ? expected.people : undefined;
  const people = Object.fromEntries(
    Object.entries(wanted ?? {}).map(([line, fields]) => {
      const row = plan.rows.find((candidate) => candidate.line === Number(line));
      const seen: Record<string, unknown> = { ...row?.set, key: row?.key };
      return [line, Object.fromEntries(Object.keys(fields).map((field) => [field, seen[field]]))];
    }),
  );
  return {
    new: plan.counts.new,
    merged: plan.counts.merged,
    rejected: plan.counts.rejected,
    table: [...new Set(table.problems.map((problem) => problem.code))],
    rows: [...new Set(plan.rows.flatMap((row) => row.problems.map((problem) => problem.code)))],
    encoding: table.source.kind === 'csv' ? table.source.encoding : '',
    delimiter: table.source.kind === 'csv' ? table.source.delimiter : '',
    people,
  };
};

const complete = (expected: Expected, outcome: unknown): unknown => {
  if (!('new' in expected)) return expected;
  const seen = outcome as { encoding: string; delimiter: string };
  return { merged: 0, rejected: 0, table: [], rows: [], people: {}, encoding: seen.encoding, delimiter: seen.delimiter, ...expected };
};

describe('the corpus of files', () => {
  it('has at least 60 files with names of their own', () => {
    expect(CORPUS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(CORPUS.map((file) => file.name)).size).toBe(CORPUS.length);
  });

  it.each(CORPUS.map((file) => [file.name, file] as const))('%s', { timeout: 30_000 }, async (_name, file) => {
    const outcome = await outcomeOf(await file.bytes(), file.expected);
    expect(outcome).toEqual(complete(file.expected, outcome));
  });
});
