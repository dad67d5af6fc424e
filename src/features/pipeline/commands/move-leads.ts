import { refuse } from '../../../platform/http/refusal';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { needsReason } from '../domain/moves';
import { appendEntries, lockLeads, stagePlaces, type LogOrigin } from '../log-repo';
import { projectLeads } from '../projection';

export type Move = { ids: readonly string[]; stageId: string; reason: string | null; version?: number | undefined };

/**
 * Moves leads to a stage: adds to their log and lets them follow. Leads that stand there already are left as they are.
 * @returns the act, by which it can be taken back, and how many moved
 * @throws 404 for a lead or stage that is not here, 409 when the lead changed since it was read, 422 when a reason is missing
 */
export const moveLeads = async (scope: Scope, from: LogOrigin, move: Move): Promise<{ act: string; moved: number }> => {
  const { tx, workspaceId, now } = scope;
  const leads = await lockLeads(tx, move.ids);
  const places = await stagePlaces(tx);
  const to = places.get(move.stageId);
  if (!to) throw refuse.notFound('stage');
  if (to.archivedAt) throw refuse.conflict(`The stage "${to.name}" is archived. Nothing was moved.`, 'Choose a stage that is in use.');
  if (move.version !== undefined && leads.some((row) => row.version !== move.version)) throw refuse.changedMeanwhile('lead');
  const moving = leads.filter((row) => row.stageId !== to.id);
  const reason = move.reason?.trim() ?? '';
  if (reason === '' && moving.some((row) => needsReason(places.get(row.stageId) ?? to, to)))
    throw refuse.invalid(`Moving to "${to.name}" from a later stage, or out of the process, needs a reason. Nothing was moved.`, 'Say why in a few words: the other side reads it.', [{ path: 'reason', message: 'A reason is needed here.' }]);
  const act = scope.newId();
  await appendEntries(tx, { workspaceId, now, act, actor: scope.me.label, from }, moving.map((row) => ({ leadId: row.id, stageId: to.id, reason: reason || null })));
  await projectLeads(tx, { workspaceId, now }, moving.map((row) => row.id));
  if (moving.length > 0) await scope.audit({ action: 'lead.moved', subjectKind: 'act', subjectId: act, details: { leads: moving.length, stage: to.name, reason, why: reason ? 'yes' : 'no' } });
  return { act, moved: moving.length };
};
