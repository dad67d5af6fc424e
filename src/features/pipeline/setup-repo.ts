import { and, asc, desc, eq, isNull, ne } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { refuse } from '../../platform/http/refusal';
import { termsNow } from '../agreements/public';
import { sourceAges } from '../customers/public';
import { leadsByStage } from './board-repo';
import { lead, pipeline, stage, stageWord } from './schema';

export type PipelineRow = typeof pipeline.$inferSelect;
export type StageRow = typeof stage.$inferSelect;

export const allPipelines = async (tx: WorkspaceTx, workspaceId: string) => {
  const stages = await tx.select().from(stage).orderBy(asc(stage.position), asc(stage.id));
  const leads = await leadsByStage(tx, workspaceId);
  const pipelines = await tx.select().from(pipeline).orderBy(desc(pipeline.isDefault), asc(pipeline.createdAt), asc(pipeline.id));
  return pipelines.map((row) => ({ ...row, stages: stages.filter((each) => each.pipelineId === row.id).map((each) => ({ ...each, leads: leads.get(each.id) ?? 0 })) }));
};

/** Words that wait for a meaning come first. */
export const allWords = async (tx: WorkspaceTx) => {
  const names = new Map((await sourceAges(tx)).map((row) => [row.id, row.name]));
  const rows = await tx.select().from(stageWord).orderBy(asc(stageWord.spelling)).limit(500);
  return rows.map((row) => ({ ...row, sourceName: names.get(row.sourceId) ?? '' })).toSorted((a, b) => Number(a.stageId !== null) - Number(b.stageId !== null));
};

/** Terms a stage can rest on: signed ones with the version that counts, and those still talked about. */
export const termsToLink = async (tx: WorkspaceTx) => {
  const { signed, open } = await termsNow(tx);
  return [...signed.map(({ id, name, version }) => ({ id, name, version })), ...open.map((row) => ({ ...row, version: null }))];
};

export const findPipeline = async (tx: WorkspaceTx, id: string): Promise<PipelineRow> => {
  const [row] = await tx.select().from(pipeline).where(eq(pipeline.id, id)).for('update');
  if (!row) throw refuse.notFound('pipeline');
  return row;
};

export const findStage = async (tx: WorkspaceTx, id: string): Promise<StageRow> => {
  const [row] = await tx.select().from(stage).where(eq(stage.id, id)).for('update');
  if (!row) throw refuse.notFound('stage');
  return row;
};

export const stagesInUse = (tx: WorkspaceTx, pipelineId: string): Promise<StageRow[]> => tx.select().from(stage).where(and(eq(stage.pipelineId, pipelineId), isNull(stage.archivedAt))).orderBy(asc(stage.position), asc(stage.id));

export const nameTaken = async (tx: WorkspaceTx, name: string, but: string): Promise<boolean> => (await tx.select({ id: pipeline.id }).from(pipeline).where(and(eq(pipeline.name, name), ne(pipeline.id, but)))).length > 0;

export const leadsAt = async (tx: WorkspaceTx, stageId: string): Promise<string[]> => (await tx.select({ id: lead.id }).from(lead).where(eq(lead.stageId, stageId)).orderBy(asc(lead.id)).for('update')).map((row) => row.id);
