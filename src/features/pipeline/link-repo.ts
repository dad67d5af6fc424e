import { and, eq } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { optedOut } from '../customers/public';
import { peopleById, peopleToAsk } from '../people/public';
import { workspaceFacts } from '../workspace/public';
import { settingOf } from './handoff-repo';
import { handoff, handoffLink } from './handoff-schema';
import { lead } from './schema';

/** Everything a link's page shows, or nothing when its offer is gone. */
export const linkFacts = async (tx: WorkspaceTx, tokenHash: string) => {
  const [found] = await tx
    .select({ link: handoffLink, offer: handoff, lead: { name: lead.name, company: lead.company, channel: lead.channel } })
    .from(handoffLink)
    .innerJoin(handoff, and(eq(handoff.workspaceId, handoffLink.workspaceId), eq(handoff.id, handoffLink.handoffId)))
    .leftJoin(lead, and(eq(lead.workspaceId, handoff.workspaceId), eq(lead.id, handoff.leadId)))
    .where(eq(handoffLink.tokenHash, tokenHash));
  if (!found) return undefined;
  const { toPersonId } = found.offer;
  const person = toPersonId ? (await peopleById(tx, [toPersonId])).get(toPersonId) : undefined;
  const out = (await optedOut(tx, found.offer.workspaceId, [found.offer.leadId])).size > 0;
  return { ...found, person, optedOut: out, workspace: await workspaceFacts(tx), reasons: (await settingOf(tx)).returnReasons };
};
export type LinkFacts = NonNullable<Awaited<ReturnType<typeof linkFacts>>>;

/** To whom a lead can be handed on: everybody of sales but the person it is offered to. */
export const othersOfSales = async (tx: WorkspaceTx, but: string | null) =>
  (await peopleToAsk(tx)).filter((row) => row.function === 'sales' && row.id !== but).map(({ id, name }) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name));
