import { randomUUID } from 'node:crypto';
import { forgetWaves } from '../features/assessment/commands/forget-waves';
import { recordAudit, standingOf } from '../features/workspace/public';
import type { Config } from '../platform/config/config';
import type { Database } from '../platform/db/database';
import type { JobRunner } from '../platform/jobs/jobs';
import type { Logger } from '../platform/log/log';
import type { Mailer } from '../platform/mail/mail';
import type { Services } from '../platform/rpc/context';

/** What the outside gives; tests give their own clock and jobs. */
export type Parts = { config: Config; db: Database; ownerUrl: string; log: Logger; jobs: JobRunner; mail: Mailer; version: string; now?: () => Date };

export const createServices = ({ now = () => new Date(), ...parts }: Parts): Services => {
  const services: Services = {
    ...parts,
    now,
    newId: randomUUID,
    standingOf,
    beforeErasing: (tx) => forgetWaves(services, tx),
    recordAudit: (tx, workspaceId, at, actor, entry) => recordAudit(tx, workspaceId, randomUUID(), at, actor, entry),
  };
  return services;
};
