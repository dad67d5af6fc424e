import type { Scope } from '../../../platform/rpc/with-workspace';
import { settingOf } from '../handoff-repo';
import { pipelineSetting } from '../handoff-schema';

export type Setting = { returnReasons: string[]; personViews: boolean };

/** Reasons to return a lead with, and whether views may compare single persons. */
export const changeSetting = async (scope: Scope, { returnReasons, personViews }: Setting): Promise<{ done: true }> => {
  const before = await settingOf(scope.tx);
  const reasons = [...new Set(returnReasons)];
  await scope.tx.insert(pipelineSetting).values({ workspaceId: scope.workspaceId, returnReasons: reasons, personViews }).onConflictDoUpdate({ target: pipelineSetting.workspaceId, set: { returnReasons: reasons, personViews } });
  const what = before.personViews === personViews ? 'reasons' : personViews ? 'on' : 'off';
  await scope.audit({ action: 'pipeline.setting-changed', subjectKind: 'pipeline', subjectId: scope.workspaceId, details: { what, reasons: reasons.length } });
  return { done: true };
};
