import { createHash } from 'node:crypto';
import { seeded } from '../../lib/seeded';
import type { WorkspaceTx } from '../../platform/db/database';
import { writeImport } from './commands/apply-import';
import { foldRepeats } from './commands/check-import';
import { demoExports, type DemoExport, type DemoSeller } from './domain/demo-exports';
import { lookAt } from './domain/look';
import { rowReader } from './domain/read-row';
import { countRows, findImport, stageRows } from './import-repo';
import { noteRun } from './links-repo';
import { staged } from './reading/read-session';
import { recordImport, source } from './schema';
import { stagedColumns } from './staged-rows';
import type { Projection } from './touched';

const TIME_ZONE = 'Europe/Berlin';
const BATCH = 2_000;

type Parts = { workspaceId: string; now: Date; newId: () => string; projections: readonly Projection[] };

/** One export goes the way of every file: understood, read, compared, written, followed by the pipeline. */
const bringIn = async (tx: WorkspaceTx, { workspaceId, now, newId, projections }: Parts, sourceId: string, { fileName, rows: [headings = [], ...rows] }: DemoExport): Promise<void> => {
  const id = newId();
  const { mapping, looked } = lookAt({ headings, rows });
  const text = JSON.stringify(rows);
  const fileHash = createHash('sha256').update(text).digest('hex');
  await tx.insert(recordImport).values({ workspaceId, id, sourceId, kind: mapping.kind, fileName, fileHash, fileBytes: text.length, headings, mapping, looked: { ...looked, confirmed: true }, state: 'applying', progress: rows.length, createdAt: now, changedAt: now });
  const read = rowReader(mapping, headings, TIME_ZONE);
  for (let at = 0; at < rows.length; at += BATCH) await stageRows(tx, workspaceId, id, stagedColumns(rows.slice(at, at + BATCH).map((cells, index) => staged({ line: at + index + 2, cells }, read, mapping.kind))));
  await foldRepeats(tx, id);
  const row = await findImport(tx, id);
  if (!row) throw new Error('the demo file was not kept');
  const counts = { merged: await countRows(tx, id, 'merged'), rejected: await countRows(tx, id, 'rejected') };
  await writeImport(tx, workspaceId, { ...row, counts }, now, projections);
};

/** A year of both systems' exports, brought in as a company would. */
export const seedRecords = async (tx: WorkspaceTx, parts: Parts, sellers: readonly DemoSeller[]): Promise<void> => {
  const { workspaceId, now, newId } = parts;
  const systems = { marketing: newId(), sales: newId() };
  await tx.insert(source).values([
    { workspaceId, id: systems.marketing, name: 'Marketing automation', side: 'marketing', timeZone: TIME_ZONE, createdAt: now },
    { workspaceId, id: systems.sales, name: 'CRM', side: 'sales', timeZone: TIME_ZONE, createdAt: now },
  ]);
  await noteRun(tx, workspaceId, { state: 'waiting' });
  for (const file of demoExports(seeded(2026), now.getTime(), sellers)) await bringIn(tx, parts, systems[file.system], file);
};
