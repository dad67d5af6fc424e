import { replay, type StageInfo } from '../../features/pipeline/domain/log';
import { boardAt } from '../../features/pipeline/board-repo';
import { endOf } from '../../features/pipeline/domain/stages';
import { handoff } from '../../features/pipeline/handoff-schema';
import { lead, stage, stageEvent } from '../../features/pipeline/schema';
import type { TestApp } from './test-app';

const FAR = new Date('2999-01-01T00:00:00Z');

/**
 * What is not as it must be in a workspace's pipeline: every lead stands where its log leads when it is replayed, counts add up, also those of the
 * board replayed in the database, nothing that people did belongs to nobody, and offers are in states that follow from each other.
 */
export const pipelineFaults = (app: TestApp, workspaceId: string): Promise<string[]> =>
  app.services.db.inWorkspace(workspaceId, async (tx) => {
    const faults: string[] = [];
    const leads = await tx.select().from(lead);
    const events = await tx.select().from(stageEvent);
    const offers = await tx.select().from(handoff);
    const stages = new Map((await tx.select().from(stage)).map((row): [string, StageInfo] => [row.id, { id: row.id, position: row.position, end: endOf(row.role) }]));
    const ids = new Set(leads.map((row) => row.id));
    for (const row of leads) {
      const state = replay(events.filter((event) => event.leadId === row.id).map((event) => ({ ...event, at: event.at.getTime() })), stages);
      const told = JSON.stringify([row.stageId, row.stageSince.getTime(), row.enteredAt.getTime(), row.end, row.endedAt?.getTime() ?? null, row.furthest]);
      const replayed = JSON.stringify(state && [state.stageId, state.since, state.enteredAt, state.end, state.endedAt, state.furthest]);
      if (told !== replayed) faults.push(`${row.id} stands at ${told}, its log leads to ${replayed}`);
      const open = offers.filter((offer) => offer.leadId === row.id && offer.state === 'offered').length;
      if (open > 1) faults.push(`${row.id} is on offer ${open} times`);
    }
    for (const event of events) if (event.from !== 'import' && !ids.has(event.leadId)) faults.push(`an entry by ${event.actor} belongs to no lead`);
    for (const offer of offers) {
      if (!ids.has(offer.leadId)) faults.push(`offer ${offer.id} belongs to no lead`);
      if ((offer.state === 'offered') !== (offer.decidedAt === null)) faults.push(`offer ${offer.id} is ${offer.state} and was decided at ${offer.decidedAt?.toISOString()}`);
      if (offer.state === 'rejected' && !offer.reason) faults.push(`offer ${offer.id} was returned without a reason`);
      if (offer.state === 'recycled' && !offer.nurtureUntil) faults.push(`offer ${offer.id} was sent back without a date`);
      if (offer.state === 'handed_on' && !offers.some((next) => next.offerAct === offer.decisionAct && next.leadId === offer.leadId)) faults.push(`offer ${offer.id} was handed on to nobody`);
      if (offer.settledAt && !offer.disputedAt) faults.push(`offer ${offer.id} was settled and never disputed`);
      if (offer.disputedAt && (offer.state === 'offered' || offer.state === 'withdrawn')) faults.push(`offer ${offer.id} is disputed and ${offer.state}`);
    }
    const counts = (rows: readonly { stageId: string; leads: number }[]) => JSON.stringify(rows.map((row) => [row.stageId, row.leads]).toSorted());
    const now = counts(await boardAt(tx, workspaceId, {}, null));
    const replayed = counts(await boardAt(tx, workspaceId, {}, FAR));
    if (now !== replayed) faults.push(`the board shows ${now}, replayed it shows ${replayed}`);
    const added = (await boardAt(tx, workspaceId, {}, null)).reduce((sum, row) => sum + row.leads, 0);
    if (added !== leads.length) faults.push(`the board shows ${added} of ${leads.length} leads`);
    return faults;
  });
