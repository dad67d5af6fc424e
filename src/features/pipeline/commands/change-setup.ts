import { and, eq, gte, sql } from 'drizzle-orm';
import { refuse } from '../../../platform/http/refusal';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { stageClosed } from '../domain/own-reasons';
import { DEFAULT_STAGES, endOf } from '../domain/stages';
import { appendEntries, type LogOrigin } from '../log-repo';
import { projectLeads } from '../projection';
import { lead, pipeline, stage, stageWord } from '../schema';
import type { StageChange } from '../setup-contract';
import { findPipeline, findStage, leadsAt, nameTaken, stagesInUse, termsToLink } from '../setup-repo';
import { noteTermLink } from '../term-repo';
import { followSetup } from './follow-setup';
import { undoAct } from './undo-act';

const DONE = { done: true as const };

const freeName = async (scope: Scope, name: string, but: string): Promise<void> => {
  if (await nameTaken(scope.tx, name, but)) throw refuse.invalid(`There is a pipeline called “${name}” already. Nothing was changed.`, 'Choose another name.', [{ path: 'name', message: 'This name is taken.' }]);
};

export const addPipeline = async (scope: Scope, name: string): Promise<{ id: string }> => {
  const { tx, workspaceId, now } = scope;
  const id = scope.newId();
  await freeName(scope, name, id);
  await tx.insert(pipeline).values({ workspaceId, id, name, isDefault: false, createdAt: now });
  await tx.insert(stage).values(DEFAULT_STAGES.map((setup, position) => ({ workspaceId, id: scope.newId(), pipelineId: id, position, ...setup })));
  await scope.audit({ action: 'pipeline.added', subjectKind: 'pipeline', subjectId: id, details: { name } });
  return { id };
};

/** @throws 404, 409 when one that is archived still holds leads or is the main one */
export const changePipeline = async (scope: Scope, { id, name, archived }: { id: string; name: string; archived: boolean }) => {
  const row = await findPipeline(scope.tx, id);
  await freeName(scope, name, id);
  if (archived && !row.archivedAt) {
    if (row.isDefault) throw refuse.conflict('This is the main pipeline: systems’ words mean its stages unless somebody says otherwise. Nothing was changed.', 'Archive another one, or rename this one.');
    const [held] = await scope.tx.select({ id: lead.id }).from(lead).where(eq(lead.pipelineId, id)).limit(1);
    if (held) throw refuse.conflict('Leads stand in this pipeline. Nothing was changed.', 'Move them to another pipeline first.');
  }
  await scope.tx.update(pipeline).set({ name, archivedAt: archived ? (row.archivedAt ?? scope.now) : null }).where(eq(pipeline.id, id));
  const what = archived !== (row.archivedAt !== null) ? (archived ? 'archived' : 'restored') : 'renamed';
  await scope.audit({ action: 'pipeline.changed', subjectKind: 'pipeline', subjectId: id, details: { what, name, before: row.name } });
  return DONE;
};

/** A stage rests on a term that is here, and no two stages of one pipeline stand for the same. */
const checked = async (scope: Scope, pipelineId: string, own: string, change: StageChange): Promise<void> => {
  if (change.termId && !(await termsToLink(scope.tx)).some((term) => term.id === change.termId)) throw refuse.notFound('term');
  const others = (await stagesInUse(scope.tx, pipelineId)).filter((row) => row.id !== own);
  const same = others.find((row) => change.role !== null && row.role === change.role);
  if (same) throw refuse.invalid(`“${same.name}” stands for this already. Nothing was changed.`, 'Let this stage stand for something else, or for nothing the product knows.', [{ path: 'role', message: 'Another stage stands for this.' }]);
  if (others.some((row) => row.name.toLowerCase() === change.name.toLowerCase())) throw refuse.invalid(`There is a stage called “${change.name}” already. Nothing was changed.`, 'Choose another name.', [{ path: 'name', message: 'This name is taken.' }]);
};

/** New stages come before those that end the process. */
export const addStage = async (scope: Scope, pipelineId: string, change: StageChange): Promise<{ id: string }> => {
  await findPipeline(scope.tx, pipelineId);
  const id = scope.newId();
  await checked(scope, pipelineId, id, change);
  const others = await stagesInUse(scope.tx, pipelineId);
  const position = others.find((row) => endOf(row.role) !== 'open')?.position ?? (others.at(-1)?.position ?? -1) + 1;
  await scope.tx.update(stage).set({ position: sql`${stage.position} + 1` }).where(and(eq(stage.pipelineId, pipelineId), gte(stage.position, position)));
  await scope.tx.insert(stage).values({ workspaceId: scope.workspaceId, id, pipelineId, position, ...change });
  await noteTermLink(scope.tx, { workspaceId: scope.workspaceId, now: scope.now, stageId: id, termId: change.termId });
  await scope.audit({ action: 'pipeline.stage-added', subjectKind: 'stage', subjectId: id, details: { name: change.name } });
  await followSetup(scope);
  return { id };
};

export const changeStage = async (scope: Scope, id: string, change: StageChange) => {
  const row = await findStage(scope.tx, id);
  await checked(scope, row.pipelineId, id, change);
  await scope.tx.update(stage).set(change).where(eq(stage.id, id));
  if (change.termId !== row.termId) await noteTermLink(scope.tx, { workspaceId: scope.workspaceId, now: scope.now, stageId: id, termId: change.termId });
  await scope.audit({ action: 'pipeline.stage-changed', subjectKind: 'stage', subjectId: id, details: { name: change.name, before: row.name } });
  if (row.role !== change.role || row.name !== change.name) await followSetup(scope);
  return DONE;
};

/** @throws 409 unless the order names each stage in use once */
export const orderStages = async (scope: Scope, pipelineId: string, order: readonly string[]) => {
  const row = await findPipeline(scope.tx, pipelineId);
  const known = (await stagesInUse(scope.tx, pipelineId)).map((each) => each.id);
  const unknown = order.find((id) => !known.includes(id));
  if (unknown) throw refuse.notFound('stage');
  if (new Set(order).size !== known.length || order.length !== known.length) throw refuse.conflict('The stages changed meanwhile. Nothing was put in another order.', 'Reload to see them as they are now.');
  for (const [position, id] of order.entries()) await scope.tx.update(stage).set({ position }).where(eq(stage.id, id));
  await scope.audit({ action: 'pipeline.stages-ordered', subjectKind: 'pipeline', subjectId: pipelineId, details: { name: row.name } });
  await followSetup(scope);
  return DONE;
};

/**
 * Closes a stage: its leads move, each with an entry in its log, and what systems put there from now on goes the same way.
 * @throws 404, 409 for a stage that is closed already, or for a goal that is the stage itself, closed, or of another pipeline
 */
export const archiveStage = async (scope: Scope, from: LogOrigin, id: string, movesTo: string): Promise<{ act: string; moved: number }> => {
  const { tx, workspaceId, now } = scope;
  const row = await findStage(tx, id);
  const to = await findStage(tx, movesTo);
  if (row.archivedAt) throw refuse.conflict(`“${row.name}” is closed already. Nothing was changed.`, 'Reload to see the stages as they are now.');
  if (to.archivedAt || to.id === row.id || to.pipelineId !== row.pipelineId) throw refuse.conflict('Leads move to another stage in use of the same pipeline. Nothing was changed.', 'Choose such a stage.');
  const left = (await stagesInUse(tx, row.pipelineId)).filter((each) => each.id !== id);
  if (!left.some((each) => endOf(each.role) === 'open')) throw refuse.conflict('A pipeline needs a stage where leads are still under way. Nothing was changed.', 'Add another stage first.');
  const ids = await leadsAt(tx, id);
  const act = scope.newId();
  await appendEntries(tx, { workspaceId, now, act, actor: scope.me.label, from }, ids.map((leadId) => ({ leadId, stageId: to.id, reason: stageClosed(row.name) })));
  await tx.update(stage).set({ archivedAt: now, movesTo }).where(eq(stage.id, id));
  await projectLeads(tx, { workspaceId, now }, ids);
  await scope.audit({ action: 'pipeline.stage-archived', subjectKind: 'stage', subjectId: id, details: { name: row.name, to: to.name, leads: ids.length } });
  return { act, moved: ids.length };
};

export const restoreStage = async (scope: Scope, from: LogOrigin, id: string, act: string | null) => {
  const row = await findStage(scope.tx, id);
  if (!row.archivedAt) throw refuse.conflict(`“${row.name}” is in use. Nothing was changed.`, 'Reload to see the stages as they are now.');
  const same = (await stagesInUse(scope.tx, row.pipelineId)).find((each) => row.role !== null && each.role === row.role);
  if (same) throw refuse.conflict(`“${same.name}” now stands for what “${row.name}” stood for. Nothing was changed.`, 'Let that stage stand for something else first.');
  await scope.tx.update(stage).set({ archivedAt: null, movesTo: null }).where(eq(stage.id, id));
  if (act) await undoAct(scope, from, act);
  await scope.audit({ action: 'pipeline.stage-restored', subjectKind: 'stage', subjectId: id, details: { name: row.name } });
  return DONE;
};

/** @throws 404 for a word nobody was asked about, or a stage that is not here */
export const sayWord = async (scope: Scope, said: { source: string; word: string; stageId: string | null }) => {
  const to = said.stageId ? await findStage(scope.tx, said.stageId) : null;
  const [row] = await scope.tx.update(stageWord).set({ stageId: said.stageId }).where(and(eq(stageWord.sourceId, said.source), eq(stageWord.word, said.word))).returning();
  if (!row) throw refuse.notFound('word');
  await scope.audit({ action: 'pipeline.word-said', subjectKind: 'source', subjectId: said.source, details: { word: row.spelling, stage: to?.name ?? '', said: to ? 'yes' : 'no' } });
  await followSetup(scope);
  return DONE;
};
