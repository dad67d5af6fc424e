import type { z } from 'zod';
import type { importView, sourceView } from './contract';
import type { ImportRecord, SourceRow } from './import-repo';

export const presentSource = (row: SourceRow, more: { records: number; lastImportAt: Date | null }): z.infer<typeof sourceView> => ({
  id: row.id, name: row.name, side: row.side, timeZone: row.timeZone, createdAt: row.createdAt.toISOString(), archivedAt: row.archivedAt?.toISOString() ?? null,
  records: more.records, lastImportAt: more.lastImportAt?.toISOString() ?? null,
});

/** How often work was taken up again is nobody's count. */
const shown = ({ tries: _, ...counts }: ImportRecord['counts']) => counts;

export const presentImport = (row: ImportRecord, sourceName: string): z.infer<typeof importView> => ({
  id: row.id, sourceId: row.sourceId, sourceName, kind: row.kind, fileName: row.fileName, fileBytes: row.fileBytes, state: row.state, progress: row.progress,
  counts: { new: 0, changed: 0, same: 0, merged: 0, rejected: 0, kept: 0, ...shown(row.counts) },
  fault: row.fault, createdAt: row.createdAt.toISOString(), appliedAt: row.appliedAt?.toISOString() ?? null, revertedAt: row.revertedAt?.toISOString() ?? null,
});
