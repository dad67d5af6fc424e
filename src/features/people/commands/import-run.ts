import { and, eq, lt } from 'drizzle-orm';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import type { Services } from '../../../platform/rpc/context';
import { can } from '../policy';
import { peopleImportRun } from '../schema';
import type { Run } from './import-people';
import type { Step } from './write-changes';

type Of = { services: Services; workspaceId: string; id: string };

const EVERY_MS = 300;
const EVERY_SHARE = 0.05;
/** What a server left that was ended meanwhile. */
const LEFT_MS = 24 * 3_600_000;

const stopped = () => refuse.conflict('The import was stopped. Nothing was saved.', 'Import the file again whenever you like.');

const thisRun = (id: string) => eq(peopleImportRun.id, id);
const stillRunning = (id: string) => and(thisRun(id), eq(peopleImportRun.state, 'running'));

/** Before the file is read. The same import again begins anew. */
export const beginRun = async (scope: Scope, id: string): Promise<void> => {
  const begun = { state: 'running' as const, share: 0, begunAt: scope.now };
  await scope.tx.delete(peopleImportRun).where(lt(peopleImportRun.begunAt, new Date(scope.now.getTime() - LEFT_MS)));
  await scope.tx.insert(peopleImportRun).values({ workspaceId: scope.workspaceId, id, ...begun }).onConflictDoUpdate({ target: [peopleImportRun.workspaceId, peopleImportRun.id], set: begun });
};

/** Beside the transaction that writes, so that others see how far it is; a few times a second at most, or every twentieth. */
const stepOf = ({ services, workspaceId, id }: Of): Step => {
  let last = { at: 0, share: 0 };
  return async (share) => {
    const at = Date.now();
    if (at - last.at < EVERY_MS && share - last.share < EVERY_SHARE) return;
    last = { at, share };
    // Saying how far it is must not end an import on a busy server; whether somebody stopped it is asked once more at its end.
    const running = await services.db.inWorkspace(workspaceId, (tx) => tx.update(peopleImportRun).set({ share }).where(stillRunning(id)).returning({ id: peopleImportRun.id })).catch(() => undefined);
    if (running?.length === 0) throw stopped();
  };
};

/** An import that others can watch and stop. Once its transaction has come to the end, nobody can any more. @throws 409 when somebody did; nothing is written then */
export const importRun = (of: Of): Run => ({
  step: stepOf(of),
  end: async ({ tx }) => {
    const running = await tx.delete(peopleImportRun).where(stillRunning(of.id)).returning({ id: peopleImportRun.id });
    if (running.length === 0) throw stopped();
  },
});

/** Whatever became of it, it is no longer under way. */
export const dropRun = ({ services, workspaceId, id }: Of): Promise<unknown> => services.db.inWorkspace(workspaceId, (tx) => tx.delete(peopleImportRun).where(thisRun(id)));

/** How far an import is, from 0 to 1; null when none of this id is under way. */
export const readRun = async (scope: Scope, id: string): Promise<{ share: number | null }> => {
  allow(can(scope.me, 'people:import'), 'import people');
  const [run] = await scope.tx.select().from(peopleImportRun).where(thisRun(id));
  return { share: run?.state === 'running' ? run.share : null };
};

/** Stops an import that is under way. It waits for one that is just ending. @returns false when there is none, or none any more */
export const stopRun = async (scope: Scope, id: string): Promise<{ stopped: boolean }> => {
  allow(can(scope.me, 'people:import'), 'import people');
  const found = await scope.tx.update(peopleImportRun).set({ state: 'stopped' }).where(thisRun(id)).returning({ id: peopleImportRun.id });
  return { stopped: found.length > 0 };
};
