import type { Side } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import { standAt } from './domain/sum-leads';
import { asOfKey, leadsAt, type AsOf } from './leads-as-of';
import { countedOnce } from './revision';
import { stage } from './schema';

export type BoardFilters = { origin?: Side | undefined; channel?: string | undefined };

export type BoardRow = { stageId: string; pipelineId: string; leads: number; amount: number; oldest: Date | null };

/** How many leads stand at each stage, or stood there by a past instant: then with amounts as known today, and without since when. */
export const boardAt = (tx: WorkspaceTx, workspaceId: string, filters: BoardFilters, asOf: AsOf): Promise<BoardRow[]> =>
  countedOnce(tx, workspaceId, `board ${JSON.stringify(filters)}${asOfKey(asOf)}`, async () => {
    const pipelineOf = new Map((await tx.select({ id: stage.id, pipelineId: stage.pipelineId }).from(stage)).map((row) => [row.id, row.pipelineId]));
    return standAt(await leadsAt(tx, workspaceId, asOf), filters).map((row) => ({ ...row, pipelineId: pipelineOf.get(row.stageId) ?? '', oldest: asOf ? null : row.oldest }));
  });

/** How many leads stand at each stage now, by its id. */
export const leadsByStage = async (tx: WorkspaceTx, workspaceId: string): Promise<Map<string, number>> => new Map((await boardAt(tx, workspaceId, {}, null)).map((row) => [row.stageId, row.leads]));
