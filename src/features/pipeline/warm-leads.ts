import { setTimeout as pause } from 'node:timers/promises';
import { asc, eq } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { lookup } from '../../platform/db/schema';
import { describeFault } from '../../platform/log/fault';
import type { Services } from '../../platform/rpc/context';
import { hasRoom, readAhead } from './held-leads';
import { PORTIONS } from './revision';
import { readStaysAhead } from './stays-repo';

/** Portions read in one go, of 256: of a million leads less than a tenth of a second of this thread. */
const STEP = 8;
/** Where leads change faster than they are read, whoever looks reads the rest. */
const MOST_STEPS = (4 * PORTIONS) / STEP;
const DAY = 86_400_000;

type Parts = Pick<Services, 'db' | 'log' | 'now'>;
/** Workspaces that are read ahead just now, of each program. */
const busy = new WeakMap<Services['db'], Set<string>>();

/** Rests after each step for as long as it took, so that requests come first. */
const stepwise = async ({ db }: Parts, workspaceId: string, step: (tx: WorkspaceTx) => Promise<number>): Promise<void> => {
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const began = Date.now();
    if ((await db.inWorkspace(workspaceId, step)) === 0) return;
    await pause(Date.now() - began);
  }
};

/**
 * Reads what pages hold of all leads, and their stays of this year and the last, portion by portion, before anybody asks for them. A page that is asked for
 * meanwhile reads only what is left. Never fails: what was not read ahead is read by whoever looks.
 */
export const warmLeads = async (services: Parts, workspaceId: string): Promise<void> => {
  const here = busy.get(services.db) ?? new Set<string>();
  busy.set(services.db, here);
  if (here.has(workspaceId)) return;
  here.add(workspaceId);
  try {
    await stepwise(services, workspaceId, (tx) => readAhead(tx, workspaceId, STEP));
    // A day earlier, since a year begins earlier in other zones.
    const lastYear = new Date(Date.UTC(services.now().getUTCFullYear() - 1, 0, 1) - DAY);
    await stepwise(services, workspaceId, (tx) => readStaysAhead(tx, workspaceId, lastYear, STEP));
  } catch (error) {
    services.log.warn({ fault: describeFault(error).fault }, 'leads could not be read ahead; whoever looks first reads them');
  } finally {
    here.delete(workspaceId);
  }
};

/** After a start: one workspace after the other, as many as are held at all. */
export const warmAllLeads = async (services: Parts): Promise<void> => {
  const rows = await services.db.outside((tx) => tx.selectDistinct({ id: lookup.workspace }).from(lookup).where(eq(lookup.kind, 'user')).orderBy(asc(lookup.workspace))).catch(() => []);
  for (const { id } of rows) if (hasRoom()) await warmLeads(services, id);
};
