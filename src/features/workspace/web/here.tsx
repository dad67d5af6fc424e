import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { Answered, EmptyState } from '../../../ui/page';
import type { workspaceContract } from '../contract';
import { can, type WorkspaceAction } from '../policy';
import { workspaceCalls } from './calls';
import { roleName } from './roles';
import { t } from './text';

type Outputs = InferContractRouterOutputs<typeof workspaceContract>;
export type Here = Outputs['read'];
export type Member = Outputs['members'][number];
export type Invitation = Outputs['invitations'][number];
export type Token = Outputs['tokens'][number];
export type Mail = Outputs['outbox'][number];
export type AuditEvent = Outputs['audit'][number];

/** The workspace and one's standing in it; shared by all pages through the query cache. */
export const useHere = (workspace: string) => useQuery(workspaceCalls.read.queryOptions({ input: { workspace } }));

/** A settings page for those whom the policy lets in; the others are told why not. */
export const ForThose = ({ workspace, who, children }: { workspace: string; who: WorkspaceAction; children: (here: Here) => ReactNode }) => (
  <Answered query={useHere(workspace)}>
    {(here) => (can(here.me, who) ? children(here) : <EmptyState title={t('notAllowed.title')}>{t('notAllowed.text', { role: roleName(here.role) })}</EmptyState>)}
  </Answered>
);
