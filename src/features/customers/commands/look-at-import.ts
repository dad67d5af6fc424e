import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { FileFault } from '../../../platform/files/limits';
import { refuse } from '../../../platform/http/refusal';
import type { Scope } from '../../../platform/rpc/with-workspace';
import type { importDetail } from '../contract';
import { isRecordKind } from '../domain/fields';
import type { RowOutcome } from '../domain/import-state';
import { mappingFault, proposeImport } from '../domain/mapping';
import type { RecordData } from '../domain/read-row';
import { findImport, findSource, type ImportRecord } from '../import-repo';
import { merged } from '../merge-sql';
import { presentImport } from '../present';
import { uploadPath } from '../upload-files';
import { sampleOf } from './receive-file';

const SHOWN_SAMPLES = 5;

/** The file's own cells while it is there; an applied file is gone. */
const cellsOf = async (scope: Scope, row: ImportRecord): Promise<string[][]> => {
  try {
    return (await sampleOf(uploadPath(scope.services.config.dataDir, scope.workspaceId, row.id))).rows;
  } catch (error) {
    if (error instanceof FileFault || (error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

export const importDetailOf = async (scope: Scope, id: string): Promise<z.infer<typeof importDetail>> => {
  const row = await findImport(scope.tx, id);
  if (!row) throw refuse.notFound('import');
  const rows = await cellsOf(scope, row);
  const proposed = proposeImport({ headings: row.headings, rows }, { kind: row.kind, remembered: row.mapping, fileName: row.fileName });
  const { rows: problems } = await scope.tx.execute<{ code: string; rows: number }>(
    sql`select coalesce(problem, '') as code, count(*)::int as rows from import_row where import_id = ${id}::uuid and outcome = 'rejected' group by 1 order by 2 desc`,
  );
  return {
    ...presentImport(row, (await findSource(scope.tx, row.sourceId))?.name ?? ''),
    mapping: row.mapping,
    columns: row.headings.map((heading, index) => ({ heading, samples: [...new Set(rows.map((cells) => (cells[index] ?? '').trim()).filter((cell) => cell !== ''))].slice(0, SHOWN_SAMPLES).map((cell) => cell.slice(0, 120)) })),
    dates: proposed.dates, decimals: proposed.decimals, kinds: proposed.kinds,
    mappingFault: mappingFault(row.mapping, row.headings),
    problems: problems.map((each) => ({ code: each.code, rows: each.rows })),
  };
};

type Compared = { line: number; outcome: RowOutcome; problem: string | null; detail: string | null; before: RecordData | null; after: RecordData };

const flat = (data: RecordData | null): Map<string, string | number | boolean> => {
  const { custom, entered, listed, ...fields } = data ?? {};
  return new Map<string, string | number | boolean>([
    ...Object.entries(fields),
    ...Object.entries(listed ?? {}).map(([field, ids]): [string, string] => [`${field}+`, ids.join('; ')]),
    ...(entered ?? []).map(({ stage, at }): [string, string] => [stage, at]),
    ...Object.entries(custom ?? {}),
  ]);
};

/** Rows of one outcome with what would change; of a changed row only the cells that differ. */
export const sampleRows = async (scope: Scope, id: string, outcome: RowOutcome, limit: number) => {
  const row = await findImport(scope.tx, id);
  if (!row) throw refuse.notFound('import');
  const kept = sql.raw(isRecordKind(row.kind) ? 'record' : 'event');
  const next = merged(sql`r.data`, sql`i.data`);
  const wanted = { new: sql`i.outcome is null and r.id is null`, changed: sql`i.outcome is null and r.id is not null and ${next} <> r.data`, same: sql`i.outcome is null and r.id is not null and ${next} = r.data`, merged: sql`i.outcome = 'merged'`, rejected: sql`i.outcome = 'rejected'` }[outcome];
  const { rows } = await scope.tx.execute<Compared>(sql`
    select i.line, ${outcome}::text as outcome, i.problem, i.detail, r.data as before, case when r.id is null then i.data else ${next} end as after
      from import_row i left join ${kept} r on r.workspace_id = i.workspace_id and r.source_id = ${row.sourceId}::uuid and r.kind = ${row.kind} and r.key = i.key and i.key <> ''
     where i.workspace_id = ${scope.workspaceId}::uuid and i.import_id = ${id}::uuid and ${wanted} order by i.line limit ${limit}`);
  return rows.map(({ before, after, ...rest }) => {
    const [was, is] = [flat(before), flat(after)];
    const values = [...is].filter(([field, value]) => outcome !== 'changed' || was.get(field) !== value).map(([field, value]) => ({ field, before: was.get(field) ?? null, after: value }));
    return { ...rest, values };
  });
};
