import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { refuse } from '../../../platform/http/refusal';
import type { Scope } from '../../../platform/rpc/with-workspace';
import type { importDetail } from '../contract';
import { isChangeable } from '../domain/fields';
import type { RowOutcome } from '../domain/import-state';
import { toConfirm } from '../domain/look';
import { mappingFault, rankKinds } from '../domain/mapping';
import type { RecordData } from '../domain/read-row';
import { findImport, findSource } from '../import-repo';
import { keptIn, merged } from '../merge-sql';
import { presentImport } from '../present';

/** Of a rejected row's cells. */
const SHOWN_LENGTH = 200;

export const importDetailOf = async (scope: Scope, id: string): Promise<z.infer<typeof importDetail>> => {
  const row = await findImport(scope.tx, id);
  if (!row) throw refuse.notFound('import');
  const { rows: problems } = await scope.tx.execute<{ code: string; rows: number }>(
    sql`select coalesce(problem, '') as code, count(*)::int as rows from import_row where import_id = ${id}::uuid and outcome = 'rejected' group by 1 order by 2 desc`,
  );
  return {
    ...presentImport(row, (await findSource(scope.tx, row.sourceId))?.name ?? ''),
    mapping: row.mapping,
    columns: row.headings.map((heading, index) => ({ heading, samples: row.looked.samples[index] ?? [] })),
    dates: row.looked.dates, decimals: row.looked.decimals, toConfirm: toConfirm(row.looked), kinds: rankKinds(row.headings, row.fileName),
    mappingFault: mappingFault(row.mapping, row.headings),
    problems: problems.map((each) => ({ code: each.code, rows: each.rows })),
  };
};

type Compared = { line: number; outcome: RowOutcome; problem: string | null; detail: string | null; before: RecordData | null; after: RecordData };

const flat = (data: RecordData | null): Map<string, string | number | boolean> => {
  const { custom, entered, listed, raw: _, ...fields } = data ?? {};
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
  const kept = keptIn(row.kind).table;
  const next = merged(sql`r.data`, sql`i.data`);
  const differs = isChangeable(row.kind) ? sql`${next} <> r.data` : sql`false`;
  const wanted = { new: sql`i.outcome is null and r.id is null`, changed: sql`i.outcome is null and r.id is not null and ${differs}`, same: sql`i.outcome is null and r.id is not null and not ${differs}`, merged: sql`i.outcome = 'merged'`, rejected: sql`i.outcome = 'rejected'` }[outcome];
  const { rows } = await scope.tx.execute<Compared>(sql`
    select i.line, ${outcome}::text as outcome, i.problem, i.detail, r.data as before, case when r.id is null then i.data else ${next} end as after
      from import_row i left join ${kept} r on r.workspace_id = i.workspace_id and r.source_id = ${row.sourceId}::uuid and r.kind = ${row.kind} and r.key = i.key and i.key <> ''
     where i.workspace_id = ${scope.workspaceId}::uuid and i.import_id = ${id}::uuid and ${wanted} order by i.line limit ${limit}`);
  return rows.map(({ before, after, ...rest }) => {
    if (after.raw) return { ...rest, values: after.raw.flatMap((cell, at) => (cell.trim() === '' ? [] : [{ field: row.headings[at] ?? '', before: null, after: cell.slice(0, SHOWN_LENGTH) }])) };
    const [was, is] = [flat(before), flat(after)];
    const values = [...is].filter(([field, value]) => outcome !== 'changed' || was.get(field) !== value).map(([field, value]) => ({ field, before: was.get(field) ?? null, after: value }));
    return { ...rest, values };
  });
};
