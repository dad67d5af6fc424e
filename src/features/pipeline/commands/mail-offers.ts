import { lookup } from '../../../platform/db/schema';
import { hashSecret, newSecret } from '../../../platform/crypto/secrets';
import { formatIcu } from '../../../lib/icu';
import { optedOut, optOutWords } from '../../customers/public';
import { postMails, workspaceFacts } from '../../workspace/public';
import type { Acting, Mailing } from '../acting';
import { LINK_PURPOSES, type LinkPurpose } from '../domain/handoffs';
import { handoffLink } from '../handoff-schema';
import letter from '../messages/letter.en.json';

/** How long a link answers an offer. */
const DAYS = 14;
/** More than these are better answered on the page. */
const MOST_IN_A_LETTER = 20;
/** A taken-back offer should not have been mailed: the letter waits a little longer than the way back is offered. */
const WAIT = 15_000;

export const leadTitle = (of: { name: string | null; company: string | null }): string => [of.name, of.company].filter(Boolean).join(', ').replace(/\s+/gu, ' ') || letter.unnamed;

type Offered = { handoffId: string; lead: { id: string; name: string | null; company: string | null; channel: string | null } };

/** The links of each offer, by its id; written at once. */
const linksFor = async (by: Acting, { services }: Mailing, handoffIds: readonly string[]): Promise<Map<string, Record<LinkPurpose, string>>> => {
  const expiresAt = new Date(by.now.getTime() + DAYS * 86_400_000);
  const made = handoffIds.flatMap((handoffId) => LINK_PURPOSES.map((purpose) => ({ handoffId, purpose, secret: newSecret('lsh') })));
  await by.tx.insert(handoffLink).values(made.map(({ handoffId, purpose, secret }) => ({ workspaceId: by.workspaceId, id: by.newId(), handoffId, purpose, tokenHash: hashSecret(secret), expiresAt })));
  await by.tx.insert(lookup).values(made.map(({ secret }) => ({ kind: 'handoff' as const, key: hashSecret(secret), workspace: by.workspaceId })));
  return new Map(handoffIds.map((id) => [id, Object.fromEntries(made.filter((link) => link.handoffId === id).map(({ purpose, secret }) => [purpose, `${services.config.baseUrl}/l/${secret}`])) as Record<LinkPurpose, string>]));
};

/** One letter to whom leads are offered, with links that answer each of them without an account. */
export const mailOffers = async (by: Acting, mailing: Mailing, to: { name: string; email: string }, note: string | null, offered: readonly Offered[]): Promise<void> => {
  const facts = await workspaceFacts(by.tx);
  const shown = offered.slice(0, MOST_IN_A_LETTER);
  const links = await linksFor(by, mailing, shown.map((each) => each.handoffId));
  const out = await optedOut(by.tx, by.workspaceId, shown.map(({ lead }) => lead.id));
  const blocks = shown.map(({ handoffId, lead }) => {
    const own = links.get(handoffId);
    return formatIcu(letter['offer.lead'], 'en', { lead: leadTitle(lead), channel: lead.channel ?? '', out: out.has(lead.id) ? 'yes' : 'no', outWords: optOutWords.whole, known: lead.channel ? 'yes' : 'no', accept: own?.accept ?? '', back: own?.return ?? '', on: own?.hand_on ?? '' });
  });
  const page = `${mailing.services.config.baseUrl}/w/${by.workspaceId}/pipeline/mine`;
  const values = { workspace: facts.name, name: to.name, from: by.label, leads: offered.length, lead: leadTitle(offered[0]?.lead ?? { name: null, company: null }), more: offered.length - shown.length, days: DAYS, note: note ?? '', noted: note ? 'yes' : 'no', page, blocks: blocks.join('\n\n') };
  await postMails(by.tx, [{ id: by.newId(), workspaceId: by.workspaceId, kind: 'lead-offer', recipient: to.email, subject: formatIcu(letter['offer.subject'], 'en', values), body: formatIcu(letter['offer.body'], 'en', values), link: page, waveId: null, invitationId: null, createdAt: by.now }]);
  mailing.afterwards(() => mailing.services.jobs.send('outbox-send', { workspaceId: by.workspaceId }, { startAfter: new Date(by.now.getTime() + WAIT) }));
};
