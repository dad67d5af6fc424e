import type { Side } from '../../../lib/vocabulary';
import type { Services } from '../../../platform/rpc/context';
import { addMember } from '../repo';
import { workspace } from '../schema';

export type Founder = { userId: string; name: string; email: string };

/** Creates a workspace with its founder as owner. Who stands left is drawn by the new id's last bit, so it alternates fairly. */
export const createWorkspace = async (services: Services, founder: Founder, wanted: { name: string; timeZone: string; isDemo?: boolean }) => {
  const workspaceId = services.newId();
  const now = services.now();
  const leftSide: Side = Number.parseInt(workspaceId.slice(-1), 16) % 2 === 0 ? 'sales' : 'marketing';
  await services.db.inWorkspace(workspaceId, async (tx) => {
    await tx.insert(workspace).values({ workspaceId, name: wanted.name, timeZone: wanted.timeZone, leftSide, isDemo: wanted.isDemo ?? false, createdAt: now });
    await addMember(tx, { workspaceId, ...founder, role: 'owner', personId: null, joinedAt: now });
    await services.recordAudit(tx, workspaceId, now, { id: founder.userId, label: founder.name }, { action: 'workspace.created', subjectKind: 'workspace', subjectId: workspaceId });
  });
  return { id: workspaceId, name: wanted.name, role: 'owner' as const, isDemo: wanted.isDemo ?? false };
};
