import type { Context } from '../../platform/rpc/context';
import type { Scope } from '../../platform/rpc/with-workspace';
import type { LogOrigin } from './log-repo';

/** Somebody who acts on leads: a member, an API token, or the person a link was mailed to. */
export type Acting = Pick<Scope, 'tx' | 'workspaceId' | 'now' | 'newId' | 'services' | 'audit' | 'afterwards'> & { label: string; userId: string | null; from: LogOrigin };

export const originOf = (context: Context): LogOrigin => (context.actor?.kind === 'token' ? 'api' : 'hand');

export const acting = (scope: Scope, from: LogOrigin): Acting => ({ ...scope, label: scope.me.label, userId: scope.me.userId, from });
