import { describe, expect, it } from 'vitest';
import { FileFault } from '../../../platform/files/limits';
import { lookAt, toConfirm, watchDoubts } from '../domain/look';
import { mappingFault } from '../domain/mapping';
import { rowReader, type RecordData } from '../domain/read-row';
import { tableOf } from '../open-table';
import { staged } from '../reading/read-session';
import { RECORDS_CORPUS } from './records-corpus';
import type { Expected } from './records-file';

/** Pieces as a disk gives them, so that lines and characters are cut anywhere. */
async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_535) yield bytes.subarray(at, at + 65_535);
}

const tableFrom = async (bytes: Uint8Array) => {
  const { headings, batches } = await tableOf(pieces(bytes), 10_000);
  const rows = [];
  for await (const batch of batches) rows.push(...batch);
  return { headings, rows };
};


/** What the import makes of the bytes, in the shape that the corpus states. Every row read is counted once. */
const outcomeOf = async (bytes: Uint8Array, expected: Expected): Promise<unknown> => {
  const table = await tableFrom(bytes).catch((error: unknown) => {
    if (error instanceof FileFault) return { fault: error.code };
    throw error;
  });
  if ('fault' in table) return table;
  const { mapping, looked } = lookAt({ headings: table.headings, rows: table.rows.map(({ cells }) => cells) });
  const fault = mappingFault(mapping, table.headings);
  if (fault) return { mappingFault: fault.code };
  const watch = watchDoubts(mapping, looked);
  const read = rowReader(mapping, table.headings, 'UTC');
  const rows = table.rows.map((row) => {
    watch.see(row.cells);
    const { data, ...rest } = staged(row, read, mapping.kind);
    return { ...rest, data: JSON.parse(data) as RecordData };
  });
  const gone = new Set(rows.filter(({ outcome, data }) => outcome === null && data.deleted === true).map(({ line }) => line));
  const bad = rows.filter(({ outcome, line }) => outcome === 'rejected' || gone.has(line));
  const good = rows.filter((row) => !bad.includes(row));
  const keys = new Set(good.map(({ key }) => key));
  expect(keys.size + (good.length - keys.size) + bad.length).toBe(table.rows.length);
  const wanted = 'new' in expected ? expected : { new: 0 };
  return {
    new: keys.size, merged: good.length - keys.size, rejected: bad.length,
    problems: Object.fromEntries(Object.keys(wanted.problems ?? {}).map((line) => [line, gone.has(Number(line)) ? 'deleted' : rows.find((row) => row.line === Number(line))?.problem])),
    rows: Object.fromEntries(Object.entries(wanted.rows ?? {}).map(([line, fields]) => {
      const row = rows.find((each) => each.line === Number(line));
      const seen = { ...row?.data, key: row?.key } as Record<string, unknown>;
      return [line, Object.fromEntries(Object.keys(fields).map((field) => [field, seen[field]]))];
    })),
    asks: toConfirm(watch.settle().looked),
  };
};

const complete = (expected: Expected): unknown => ('new' in expected ? { merged: 0, rejected: 0, problems: {}, rows: {}, asks: [], ...expected } : expected);

describe('the corpus of exports', () => {
  it('has at least 80 files with names of their own', () => {
    expect(RECORDS_CORPUS.length).toBeGreaterThanOrEqual(80);
    expect(new Set(RECORDS_CORPUS.map((file) => file.name)).size).toBe(RECORDS_CORPUS.length);
  });

  it.each(RECORDS_CORPUS.map((file) => [file.name, file] as const))('%s', { timeout: 60_000 }, async (_name, file) => {
    expect(await outcomeOf(await file.bytes(), file.expected)).toEqual(complete(file.expected));
  });
});
