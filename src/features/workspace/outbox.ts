import { and, asc, eq, gt, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { MailFault, wordsOf } from '../../platform/mail/mail-fault';
import type { Services } from '../../platform/rpc/context';
import { CLAIM_MS, heldBefore, nextTry } from './domain/delivery';
import { addLookup, removeLookup } from './repo';
import { outboxMail } from './schema';

export type OutboxRow = typeof outboxMail.$inferSelect;
export type OutgoingMail = Pick<typeof outboxMail.$inferInsert, 'id' | 'workspaceId' | 'kind' | 'recipient' | 'subject' | 'body' | 'link' | 'waveId' | 'invitationId' | 'createdAt'>;

/** What goes out for a row, or why it does not any more. */
export type Written = { subject: string; text: string } | { never: string };

/** One sender stays with a workspace for so long at most; the next minute goes on. */
const RUN_MS = 5 * 60_000;

/** Writers of mail hold this together; who notes that nothing is left holds it alone, so that no mail is forgotten in between. */
const lockOutbox = (tx: WorkspaceTx, workspaceId: string, how: 'shared' | 'alone') =>
  tx.execute(how === 'alone' ? sql`select pg_advisory_xact_lock(4401, hashtext(${workspaceId}))` : sql`select pg_advisory_xact_lock_shared(4401, hashtext(${workspaceId}))`);

/** Puts mails into the outbox; a job sends them when a mail server is set up. */
export const postMails = async (tx: WorkspaceTx, mails: OutgoingMail[]): Promise<void> => {
  const [first] = mails;
  if (!first) return;
  await expectMail(tx, first.workspaceId);
  for (let at = 0; at < mails.length; at += 500) await tx.insert(outboxMail).values(mails.slice(at, at + 500));
};

/** Notes that this workspace has mail to send, so that it is looked after each minute. */
export const expectMail = async (tx: WorkspaceTx, workspaceId: string): Promise<void> => {
  await lockOutbox(tx, workspaceId, 'shared');
  await addLookup(tx, 'outbox', workspaceId, workspaceId);
};

const unsent = (waveId: string | null) =>
  and(isNull(outboxMail.sentAt), isNull(outboxMail.failure), waveId === null ? isNull(outboxMail.invitationId) : and(eq(outboxMail.waveId, waveId), isNotNull(outboxMail.invitationId)));

/** Waits for nothing but its turn: not held, and no earlier try or claim stands in the way. */
const due = (waveId: string | null, now: Date) =>
  and(unsent(waveId), or(lte(outboxMail.notBefore, now), and(isNull(outboxMail.notBefore), gt(outboxMail.createdAt, heldBefore(now)))));

/** Whether a wave (or, for null, the workspace itself) has mail to send now. */
export const hasMailDue = async (tx: WorkspaceTx, waveId: string | null, now: Date): Promise<boolean> =>
  (await tx.select({ id: outboxMail.id }).from(outboxMail).where(due(waveId, now)).limit(1)).length > 0;

/** Workspaces that may have mail to send. */
export const workspacesWithMail = (services: Services): Promise<string[]> =>
  services.db.outside(async (tx) => (await tx.execute<{ workspace: string }>(sql`select workspace from lookup where kind = 'outbox'`)).rows.map((row) => row.workspace));

/** Forgets a workspace whose outbox holds nothing that could still go out by itself. */
export const settleOutbox = (services: Services, workspaceId: string): Promise<void> =>
  services.db.inWorkspace(workspaceId, async (tx) => {
    await lockOutbox(tx, workspaceId, 'alone');
    const [left] = await tx.select({ id: outboxMail.id }).from(outboxMail).where(and(isNull(outboxMail.sentAt), isNull(outboxMail.failure), or(isNotNull(outboxMail.notBefore), gt(outboxMail.createdAt, heldBefore(services.now()))))).limit(1);
    if (!left) await removeLookup(tx, 'outbox', workspaceId, workspaceId);
  });

/** Takes the oldest due mail and holds it against other senders, in the database rather than by a lock that a slow server would keep. */
const claimNext = async (services: Services, tx: WorkspaceTx, waveId: string | null): Promise<OutboxRow | undefined> => {
  const now = services.now();
  const [next] = await tx.select().from(outboxMail).where(due(waveId, now)).orderBy(asc(outboxMail.createdAt), asc(outboxMail.id)).limit(1).for('update', { skipLocked: true });
  if (next) await tx.update(outboxMail).set({ tries: next.tries + 1, notBefore: new Date(now.getTime() + CLAIM_MS) }).where(eq(outboxMail.id, next.id));
  return next && { ...next, tries: next.tries + 1 };
};

type Change = Partial<Pick<OutboxRow, 'sentAt' | 'failure' | 'spent' | 'notBefore' | 'delay'>>;
const SENT: Change = { notBefore: null, delay: null, failure: null };

/** What a failure means for the mail: given up, or put off. */
const afterFault = (error: unknown, tries: number, now: Date): Change => {
  const notBefore = error instanceof MailFault && error.verdict === 'refused' ? null : nextTry(tries, now);
  return notBefore ? { notBefore, delay: wordsOf(error) } : { notBefore: null, delay: null, failure: wordsOf(error) };
};

const deliverOne = async (services: Services, workspaceId: string, waveId: string | null, write: (row: OutboxRow, tx: WorkspaceTx) => Promise<Written>): Promise<'none' | 'done' | 'unreachable'> => {
  const { mail } = services;
  if (!mail) return 'none';
  const claimed = await services.db.inWorkspace(workspaceId, async (tx) => {
    const row = await claimNext(services, tx, waveId);
    return row && { row, written: await write(row, tx) };
  });
  if (!claimed) return 'none';
  const { row, written } = claimed;
  const note = (change: Change) => services.db.inWorkspace(workspaceId, (tx) => tx.update(outboxMail).set(change).where(eq(outboxMail.id, row.id)));
  if ('never' in written) {
    await note({ failure: written.never, spent: true, notBefore: null, delay: null });
    return 'done';
  }
  const fault: unknown = await mail.send({ to: row.recipient, id: row.id, ...written }).then(() => null, (error: unknown) => error);
  await note(fault === null ? { ...SENT, sentAt: services.now() } : afterFault(fault, row.tries, services.now()));
  return fault instanceof MailFault && fault.verdict === 'unreachable' ? 'unreachable' : 'done';
};

/**
 * Sends what is due, one mail after the other, each claimed, sent and noted on its own: a server killed on the way repeats one
 * mail at most. Stops when the mail server cannot be reached, since the next mail would fare no better.
 * @returns how many were tried
 */
export const deliver = async (services: Services, workspaceId: string, waveId: string | null, write: (row: OutboxRow, tx: WorkspaceTx) => Promise<Written>): Promise<number> => {
  const started = performance.now();
  let tried = 0;
  while (performance.now() - started < RUN_MS) {
    const outcome = await deliverOne(services, workspaceId, waveId, write);
    if (outcome === 'none') break;
    tried += 1;
    if (outcome === 'unreachable') break;
  }
  return tried;
};
