import type { Role, Side } from '../../lib/vocabulary';
import type { Config } from '../config/config';
import type { Database, WorkspaceTx } from '../db/database';
import type { JobRunner } from '../jobs/jobs';
import type { Logger } from '../log/log';
import type { Mailer } from '../mail/mail';

/** Who is asking, before any workspace is known. */
export type Actor =
  | { kind: 'account'; userId: string; name: string; email: string }
  | { kind: 'token'; tokenId: string; workspaceId: string; scopes: string[]; createdBy: string };


/** Who somebody is inside one workspace. */
export type Standing = {
  userId: string;
  label: string;
  role: Role;
  personId: string | null;
  /** Set for the linked leader of sales or of marketing. */
  headOf: Side | null;
};

export type AuditEntry = { action: string; subjectKind: string; subjectId?: string | null; details?: Record<string, unknown> };

/** What the composition gives to every handler and job. */
export type Services = {
  config: Config;
  db: Database;
  /** Short owner connections, only for what the application role may not do (VACUUM in mix and close). */
  ownerUrl: string;
  log: Logger;
  now(): Date;
  newId(): string;
  /** The program's version. */
  version: string;
  jobs: JobRunner;
  /** Null without a mail server: then the outbox page is the way. */
  mail: Mailer;
  standingOf(tx: WorkspaceTx, actor: Actor): Promise<Standing | null>;
  /** Asked before a workspace's rows are erased: gives back what has to go once they are, such as key files. */
  beforeErasing(tx: WorkspaceTx): Promise<() => Promise<void>>;
  recordAudit(tx: WorkspaceTx, workspaceId: string, at: Date, actor: { id: string | null; label: string }, entry: AuditEntry): Promise<void>;
};

export type Context = { services: Services; actor: Actor | null; headers: Headers };
