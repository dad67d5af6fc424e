import type { Services } from '../../platform/rpc/context';

const SOON_MS = 2 * 60_000;

/** Per program and workspace, until when a matching is on its way already. */
const expected = new WeakMap<Services['db'], Map<string, number>>();

/** Records that come in one by one are matched together: within two minutes, and not again meanwhile. */
export const matchSoon = async (services: Services, workspaceId: string): Promise<void> => {
  const known = expected.get(services.db) ?? new Map<string, number>();
  expected.set(services.db, known);
  const now = services.now().getTime();
  if ((known.get(workspaceId) ?? 0) > now) return;
  known.set(workspaceId, now + SOON_MS);
  await services.jobs.send('customers.match', { workspaceId }, { startAfter: new Date(now + SOON_MS) });
};
