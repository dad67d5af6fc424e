import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import type { WorkspaceTx } from '../../../platform/db/database';
import { DEFAULT_STAGES } from '../domain/stages';
import { pipeline, stage } from '../schema';

/** The workspace's main pipeline; a workspace without one gets the default process. */
export const ensurePipeline = async (tx: WorkspaceTx, { workspaceId, now }: { workspaceId: string; now: Date }): Promise<string> => {
  const [there] = await tx.select({ id: pipeline.id }).from(pipeline).where(eq(pipeline.isDefault, true)).orderBy(asc(pipeline.createdAt)).limit(1);
  if (there) return there.id;
  const id = randomUUID();
  const [made] = await tx.insert(pipeline).values({ workspaceId, id, name: 'Shared pipeline', isDefault: true, createdAt: now }).onConflictDoNothing().returning({ id: pipeline.id });
  // Somebody else made it in between.
  if (!made) return ensurePipeline(tx, { workspaceId, now });
  await tx.insert(stage).values(DEFAULT_STAGES.map((setup, position) => ({ workspaceId, id: randomUUID(), pipelineId: id, position, ...setup })));
  return id;
};
