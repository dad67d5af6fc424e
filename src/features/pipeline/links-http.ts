import { ORPCError } from '@orpc/server';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { isStorable } from '../../lib/storable-text';
import { hashSecret } from '../../platform/crypto/secrets';
import { describeFault } from '../../platform/log/fault';
import type { Services } from '../../platform/rpc/context';
import { workspacesBehind } from '../workspace/public';
import type { Acting } from './acting';
import { wakeWebhooks } from './announce';
import { decideHandoffs, type Decision } from './commands/decide-handoffs';
import { leadTitle } from './commands/mail-offers';
import { handoffLink } from './handoff-schema';
import { askingPage, dayOf, linkText as t, saying, type OfferShown } from './link-page';
import { linkFacts, othersOfSales, type LinkFacts } from './link-repo';

const SECRET = /^lsh_[\w-]{43}$/u;

const answer = z.object({ reason: z.string().trim().max(300).default(''), note: z.string().trim().max(1000).default(''), nurture: z.string().max(10).default(''), person: z.string().max(40).default('') });
type Answer = z.infer<typeof answer>;

type Said = { status: 200 | 404 | 409 | 410 | 422 | 500 | 507; html: string };

const unknown: Said = { status: 404, html: saying(t('unknown.title'), t('unknown.text')) };

const titleOf = (facts: LinkFacts): string => leadTitle(facts.lead ?? { name: null, company: null });
const dayIn = (facts: LinkFacts, at: Date): string => dayOf(at, facts.workspace.timeZone);

/** What became of the offer, for whoever comes second. */
const answered = (facts: LinkFacts): Said => {
  const { offer } = facts;
  const state = offer.state === 'offered' ? 'withdrawn' : offer.state;
  const day = dayIn(facts, offer.nurtureUntil ?? offer.decidedAt ?? offer.offeredAt);
  return { status: 409, html: saying(t(`was.${state}`, { lead: titleOf(facts), day }), t('was.text', { by: offer.decidedBy ?? '', day: dayIn(facts, offer.decidedAt ?? offer.offeredAt) }), offer.reason ? t('was.reason', { reason: offer.reason }) : null) };
};

/** Answers that need no form: the offer was answered, or the link has had its time. */
const closed = (facts: LinkFacts, now: Date): Said | undefined => {
  if (facts.offer.state !== 'offered') return answered(facts);
  if (facts.link.expiresAt <= now) return { status: 410, html: saying(t('expired.title'), t('expired.text', { day: dayIn(facts, facts.link.expiresAt) })) };
  return undefined;
};

const asking = async (tx: Acting['tx'], facts: LinkFacts, fault: OfferShown['fault'] = null): Promise<Said> => ({
  status: fault === null ? 200 : fault === 'full' ? 507 : 422,
  html: askingPage({
    purpose: facts.link.purpose, lead: titleOf(facts), optedOut: facts.optedOut, channel: facts.lead?.channel ?? null, from: facts.offer.offeredByName, day: dayIn(facts, facts.offer.offeredAt), note: facts.offer.offerNote, name: facts.person?.name ?? null,
    workspace: facts.workspace.name, until: dayIn(facts, facts.link.expiresAt), reasons: facts.reasons, people: facts.link.purpose === 'hand_on' ? await othersOfSales(tx, facts.offer.toPersonId) : [], fault,
  }),
});

const decisionOf = async (tx: Acting['tx'], facts: LinkFacts, said: Answer, now: Date): Promise<Decision | 'reason' | 'person' | 'day'> => {
  const note = said.note || null;
  if (facts.link.purpose === 'accept') return { kind: 'accept', note: null };
  if (facts.link.purpose === 'hand_on') return (await othersOfSales(tx, facts.offer.toPersonId)).some((row) => row.id === said.person) ? { kind: 'hand_on', toPersonId: said.person, note } : 'person';
  if (!facts.reasons.includes(said.reason)) return 'reason';
  if (said.nurture === '') return { kind: 'reject', reason: said.reason, note };
  const nurtureUntil = new Date(`${said.nurture}T12:00:00Z`);
  return Number.isNaN(nurtureUntil.getTime()) || nurtureUntil <= now ? 'day' : { kind: 'recycle', reason: said.reason, nurtureUntil, note };
};

const act = async (services: Services, workspaceId: string, tokenHash: string, said: Answer): Promise<Said> => {
  const waiting: (() => Promise<unknown>)[] = [];
  const now = services.now();
  const result = await services.db.inWorkspace(workspaceId, async (tx): Promise<Said> => {
    const facts = await linkFacts(tx, tokenHash);
    if (!facts) return unknown;
    const over = closed(facts, now);
    if (over) return over;
    const decision = await decisionOf(tx, facts, said, now);
    if (typeof decision === 'string') return asking(tx, facts, decision);
    const label = t('for', { name: facts.person?.name ?? '', workspace: facts.workspace.name });
    const mailing = { services, afterwards: (work: () => Promise<unknown>) => void waiting.push(work) };
    const by: Acting = {
      tx, workspaceId, now, newId: services.newId, mailing, label: facts.person?.name ?? label, userId: null, from: 'link',
      audit: (entry) => services.recordAudit(tx, workspaceId, now, { id: null, label: `${facts.person?.name ?? ''} (link in a mail)`.trim() }, entry),
    };
    await decideHandoffs(by, [facts.offer.id], decision);
    await wakeWebhooks({ tx, workspaceId, ...mailing });
    await tx.update(handoffLink).set({ usedAt: now }).where(eq(handoffLink.id, facts.link.id));
    const became = (await linkFacts(tx, tokenHash)) ?? facts;
    const state = became.offer.state as 'accepted' | 'rejected' | 'recycled' | 'handed_on';
    return { status: 200, html: saying(t(`done.${state}`, { lead: titleOf(became), day: dayIn(became, became.offer.nurtureUntil ?? now) }), t('done.text')) };
  });
  for (const later of waiting) await later().catch((error: unknown) => services.log.warn({ fault: describeFault(error).fault }, 'work after a saved act failed'));
  return result;
};

/** Of two who answer at once the second finds the offer answered once it gets its turn, and is told by whom. */
const secondComer = async (services: Services, workspaceId: string, tokenHash: string): Promise<Said> =>
  services.db.inWorkspace(workspaceId, async (tx) => {
    const facts = await linkFacts(tx, tokenHash);
    return facts ? answered(facts) : unknown;
  });

/**
 * Pages behind the links of a mail, under `/l`. Opening one changes nothing, so that scanners that follow links do no harm; its button answers the
 * offer once. They read no cookie: the secret in the address is the key, and only its hash is stored.
 */
export const handoffPages = (services: Services): Hono => {
  const app = new Hono();
  const reply = (c: Context, { status, html }: Said) => {
    c.header('cache-control', 'no-store');
    return c.html(html, status);
  };
  const handle = (work: (workspaceId: string, tokenHash: string, c: Context) => Promise<Said>) => async (c: Context) => {
    const secret = c.req.param('secret') ?? '';
    if (!SECRET.test(secret)) return reply(c, unknown);
    const tokenHash = hashSecret(secret);
    const workspaceId = await workspacesBehind(services.db, 'handoff', tokenHash);
    if (!workspaceId) return reply(c, unknown);
    try {
      return reply(c, await work(workspaceId, tokenHash, c));
    } catch (error) {
      if (error instanceof ORPCError && error.code === 'CONFLICT') return reply(c, await secondComer(services, workspaceId, tokenHash));
      if (error instanceof ORPCError && error.code === 'DISK_FULL') return reply(c, { status: 507, html: saying(t('busy.title'), t('fault.full')) });
      services.log.error(describeFault(error), 'a link could not be served');
      return reply(c, { status: 500, html: saying(t('busy.title'), t('busy.text')) });
    }
  };
  app.get('/:secret', handle((workspaceId, tokenHash) =>
    services.db.inWorkspace(workspaceId, async (tx) => {
      const facts = await linkFacts(tx, tokenHash);
      return facts ? (closed(facts, services.now()) ?? (await asking(tx, facts))) : unknown;
    }),
  ));
  app.post('/:secret', bodyLimit({ maxSize: 16 * 1024 }), handle(async (workspaceId, tokenHash, c) => {
    const said = answer.safeParse(await c.req.parseBody().catch(() => ({})));
    return act(services, workspaceId, tokenHash, said.success && isStorable(said.data) ? said.data : answer.parse({}));
  }));
  return app;
};
