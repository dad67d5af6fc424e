import type { WorkspaceTx } from '../../../platform/db/database';
import type { Services } from '../../../platform/rpc/context';
import { sealerOf } from '../../../platform/crypto/server-key';
import { actingAs, keepsTime, seatNow, stamped } from '../domain/acting';
import { check } from '../domain/check';
import { concludedOf } from '../domain/concluded';
import type { Operation, Seat } from '../domain/operation';
import type { State } from '../domain/state';
import type { Outcome } from '../live-contract';
import { newHuddleSecret, signerOf, type Pass } from '../pass';
import { append, forgetNames, lockKnowing, operationsAfter, type Entry } from '../repo';
import { figuresOf } from './figures';
import { mayLead } from './may-lead';
import { advanced, purposeOf, secretOf, type Standing } from './standing';
import { newsWord } from './words';

export type Sent = { id: string; operation: Operation };
type Waiting = { pass: Pass; sent: Sent; done(outcome: Outcome): void; failed(error: unknown): void };
type Turn = { inTurn<T>(work: () => Promise<T>): Promise<T>; standing(): Standing; adopt(next: Standing): void };

/** Operations that one transaction takes. */
const AT_ONCE = 200;

const filled = async (services: Services, tx: WorkspaceTx, state: State, seat: Seat, op: Operation): Promise<Operation> => {
  if (op.kind !== 'show') return stamped(state, op, seat.role);
  const me = op.tool === null || !seat.userId ? null : await services.standingOf(tx, { kind: 'account', userId: seat.userId, name: '', email: '' });
  return { ...op, figures: me && op.tool !== null ? await figuresOf(tx, me, op.tool) : null };
};

const audited = async (services: Services, tx: WorkspaceTx, workspaceId: string, huddleId: string, name: string, seat: Seat, op: Operation): Promise<void> => {
  const by = { id: seat.userId, label: seat.name };
  const at = services.now();
  if (op.kind === 'start') await services.recordAudit(tx, workspaceId, at, by, { action: 'huddle.started', subjectKind: 'huddle', subjectId: huddleId, details: { name } });
  if (op.kind === 'finish') await services.recordAudit(tx, workspaceId, at, by, { action: 'huddle.finished', subjectKind: 'huddle', subjectId: huddleId, details: { name } });
  if (op.kind === 'tighten') await services.recordAudit(tx, workspaceId, at, by, { action: 'huddle.tightened', subjectKind: 'huddle', subjectId: huddleId, details: { name } });
};

/** What the Huddle's own row keeps of these. */
const rowAfter = (services: Services, huddleId: string, state: State, entries: readonly Entry[]): { secret?: string; changed: Parameters<typeof append>[4] } => {
  const ended = entries.some(({ operation }) => operation.kind === 'finish');
  const changed = { name: state.name, phase: state.phase, ...(state.phase === 'finished' ? { concluded: concludedOf(state) } : {}) };
  if (!ended) return { changed };
  // Passes of the Huddle end with it, and with their secret the last way from a note to a seat.
  const secret = newHuddleSecret();
  return { secret, changed: { ...changed, sealedSecret: sealerOf(services.config).seal(secret, purposeOf(huddleId)) } };
};

type Written = { next: Standing; outcomes: Outcome[] };

/** One transaction: each operation is known already, refused, or saved under the next number. */
const write = async (services: Services, tx: WorkspaceTx, workspaceId: string, huddleId: string, known: Standing, batch: readonly Waiting[]): Promise<Written> => {
  const place = await lockKnowing(tx, huddleId, batch.map(({ sent }) => sent.id));
  if (!place) return { next: known, outcomes: batch.map(({ sent }) => ({ id: sent.id, saved: false, refusal: 'finished' })) };
  const { row, saved } = place;
  const came = row.seq > known.state.seq ? await operationsAfter(tx, huddleId, known.state.seq) : [];
  // Another process may have ended the Huddle, and with it every pass.
  const secret = came.some(({ operation }) => operation.kind === 'finish') ? secretOf(services, row) : known.secret;
  let next = came.length > 0 ? { ...advanced(known, came), row, secret } : known;
  for (const { id, seq } of came) saved.set(id, seq);
  const entries: Entry[] = [];
  const outcomes: Outcome[] = [];
  for (const { pass, sent } of batch) {
    const before = saved.get(sent.id);
    const seat = seatNow(next.state, pass.seat);
    const op = seat ? await filled(services, tx, next.state, seat, sent.operation) : sent.operation;
    const by = seat ? actingAs(next.state, seat, op, signerOf(pass.mac)) : null;
    const now = services.now().getTime();
    const refusal = before !== undefined ? null : !seat || !by || !(await mayLead(services, tx, seat)) ? 'not_yours' : check(next.state, op, { seat, by }, now);
    if (before !== undefined) outcomes.push({ id: sent.id, saved: true, seq: before });
    else if (refusal !== null || !by || !seat) outcomes.push({ id: sent.id, saved: false, refusal: refusal ?? 'not_yours' });
    else {
      const entry: Entry = { id: sent.id, seq: next.state.seq + 1, at: keepsTime(next.state, op, by) ? now : null, by, operation: op };
      next = advanced(next, [entry]);
      entries.push(entry);
      saved.set(sent.id, entry.seq);
      outcomes.push({ id: sent.id, saved: true, seq: entry.seq });
      await audited(services, tx, workspaceId, huddleId, next.state.name, seat, op);
    }
  }
  const { secret: fresh, changed } = rowAfter(services, huddleId, next.state, entries);
  await append(tx, workspaceId, huddleId, entries, changed, newsWord(next.secret, entries));
  if (entries.some(({ operation }) => operation.kind === 'tighten' && operation.to !== 'named')) await forgetNames(tx, huddleId);
  return { next: fresh === undefined ? next : { ...next, secret: fresh }, outcomes };
};

/** Saves what comes in: while one transaction is under way the next ones gather, so that three hundred votes at once are a few transactions. */
export const createWriter = (services: Services, workspaceId: string, huddleId: string, { inTurn, standing, adopt }: Turn) => {
  let waiting: Waiting[] = [];
  const flush = async (): Promise<void> => {
    const batch = waiting.slice(0, AT_ONCE);
    waiting = waiting.slice(AT_ONCE);
    if (batch.length === 0) return;
    try {
      const { next, outcomes } = await services.db.inWorkspace(workspaceId, (tx) => write(services, tx, workspaceId, huddleId, standing(), batch));
      // Saved before anybody is told: the one who wrote first, then the others.
      if (next !== standing()) adopt(next);
      for (const [at, each] of batch.entries()) each.done(outcomes[at] as Outcome);
    } catch (error) {
      for (const each of batch) each.failed(error);
    }
  };
  return {
    submit: (pass: Pass, sent: readonly Sent[]): Promise<Outcome[]> => {
      const all = sent.map((each) => new Promise<Outcome>((done, failed) => waiting.push({ pass, sent: each, done, failed })));
      void inTurn(flush);
      return Promise.all(all);
    },
  };
};
