import { describeFault } from '../log/fault';
import { refuse } from '../http/refusal';
import type { WorkspaceTx } from '../db/database';
import type { TokenScope } from '../../lib/scopes';
import type { AuditEntry, Context, Services, Standing } from './context';

/** Everything a handler needs once the asker is known to belong to the workspace. */
export type Scope = {
  tx: WorkspaceTx;
  workspaceId: string;
  me: Standing;
  now: Date;
  newId(): string;
  services: Services;
  /** Written in the same transaction as the act itself. Never called for anything a respondent does. */
  audit(entry: AuditEntry): Promise<void>;
  /** Runs once the transaction is in, e.g. to wake a job; its failure does not undo the act. */
  afterwards(work: () => Promise<unknown>): void;
};

/**
 * Handler order: who asks → which workspace → transaction → standing → `work`.
 * @throws 401 without an account; 404 for a workspace one does not belong to; 403 when the token's scope does not reach.
 */
export const withWorkspace = async <T>(context: Context, workspaceId: string, scope: TokenScope, work: (scope: Scope) => Promise<T>): Promise<T> => {
  const { actor, services } = context;
  if (!actor) throw refuse.notSignedIn();
  if (actor.kind === 'token') {
    if (actor.workspaceId !== workspaceId) throw refuse.notFound('workspace');
    if (!actor.scopes.includes(scope)) throw refuse.forbidden(`use this token for "${scope}"`);
  }
  const now = services.now();
  const waiting: (() => Promise<unknown>)[] = [];
  const result = await services.db.inWorkspace(workspaceId, async (tx) => {
    const me = await services.standingOf(tx, actor);
    if (!me) throw refuse.notFound('workspace');
    const audit = (entry: AuditEntry) => services.recordAudit(tx, workspaceId, now, { id: me.userId, label: me.label }, entry);
    return work({ tx, workspaceId, me, now, newId: services.newId, services, audit, afterwards: (later) => void waiting.push(later) });
  });
  for (const later of waiting) await later().catch((error: unknown) => services.log.warn({ fault: describeFault(error).fault }, 'work after a saved act failed'));
  return result;
};

/** Turns a policy's "no" into a refusal that says what was not allowed. */
export const allow = (permitted: boolean, what: string, todo?: string): void => {
  if (!permitted) throw refuse.forbidden(what, todo);
};
