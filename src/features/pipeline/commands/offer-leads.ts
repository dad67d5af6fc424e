import { refuse } from '../../../platform/http/refusal';
import { currentVersions } from '../../agreements/public';
import { peopleToAsk } from '../../people/public';
import type { Acting } from '../acting';
import { announceHandoffs } from '../announce';
import { openOffersOf } from '../handoff-repo';
import { handoff } from '../handoff-schema';
import { appendEntries, lockLeads, recordIdsOf, stagePlaces, type LeadRow } from '../log-repo';
import { projectLeads } from '../projection';
import { roleStage } from '../role-stage';
import { mailOffers } from './mail-offers';

export type Offer = { ids: readonly string[]; toPersonId: string | null; note: string | null; dueAt: Date | null };

/** @throws 404 for somebody who is not here, or not of sales */
export const salesPerson = async (by: Pick<Acting, 'tx'>, id: string) => {
  const found = (await peopleToAsk(by.tx)).find((row) => row.id === id && row.function === 'sales');
  if (!found) throw refuse.notFound('person of sales');
  return found;
};

/** Writes the offers of leads that the caller holds, and mails them. `kept`: versions of terms by lead, of one that is only handed on. */
export const writeOffers = async (by: Acting, leads: readonly Pick<LeadRow, 'id' | 'name' | 'company' | 'channel'>[], offer: Omit<Offer, 'ids'>, act: string, kept?: ReadonlyMap<string, Record<string, number>>): Promise<void> => {
  const records = await recordIdsOf(by.tx, leads.map((row) => row.id));
  const termVersions = await currentVersions(by.tx);
  const rows = leads.map((row) => ({
    workspaceId: by.workspaceId, id: by.newId(), leadId: row.id, recordId: records.get(row.id) ?? row.id, state: 'offered' as const, toPersonId: offer.toPersonId,
    offeredBy: by.userId, offeredByName: by.label, offeredAt: by.now, offerNote: offer.note, offerAct: act, dueAt: offer.dueAt, termVersions: kept?.get(row.id) ?? termVersions,
  }));
  for (let at = 0; at < rows.length; at += 500) await by.tx.insert(handoff).values(rows.slice(at, at + 500));
  await announceHandoffs(by.tx, by, 'handoff.offered', by.label, rows.map((row) => row.id));
  if (offer.toPersonId && by.mailing) await mailOffers(by, by.mailing, await salesPerson(by, offer.toPersonId), offer.note, rows.map((row, at) => ({ handoffId: row.id, lead: leads[at] ?? { id: row.leadId, name: null, company: null, channel: null } })));
};

/**
 * Offers leads to sales: to a person, who gets a mail, or to whoever takes them. A lead that stood before it moves to "qualified".
 * @throws 404 for a lead or person that is not here, 409 for a lead that is on offer already
 */
export const offerLeads = async (by: Acting, offer: Offer): Promise<{ act: string; offered: number }> => {
  const leads = await lockLeads(by.tx, offer.ids);
  const there = new Set((await openOffersOf(by.tx, offer.ids)).map((row) => row.leadId));
  if (there.size === leads.length) throw refuse.conflict(leads.length === 1 ? 'This lead is on offer already. Nothing was changed.' : 'All of these leads are on offer already. Nothing was changed.', 'Wait for the answer, or take the offer back first.');
  const fresh = leads.filter((row) => !there.has(row.id));
  const places = await stagePlaces(by.tx);
  const act = by.newId();
  const moving = fresh.flatMap((row) => {
    const to = roleStage(places, 'qualified', row.pipelineId);
    const from = places.get(row.stageId);
    return to && from && (from.end !== 'open' || from.position < to.position) && from.end !== 'won' ? [{ leadId: row.id, stageId: to.id, reason: null }] : [];
  });
  await appendEntries(by.tx, { workspaceId: by.workspaceId, now: by.now, act, actor: by.label, from: by.from }, moving);
  await writeOffers(by, fresh, offer, act);
  await projectLeads(by.tx, by, fresh.map((row) => row.id));
  await by.audit({ action: 'lead.offered', subjectKind: 'act', subjectId: act, details: { leads: fresh.length } });
  return { act, offered: fresh.length };
};
