import type { Context } from '../../platform/rpc/context';
import type { Scope } from '../../platform/rpc/with-workspace';
import type { LogOrigin } from './log-repo';

/** By which an offer is mailed to whom it is made. */
export type Mailing = Pick<Scope, 'services' | 'afterwards'>;

/** Somebody who acts on leads: a member, an API token, or the person a link was mailed to. Without `mailing` nobody is written to: nobody reads the demo company's mail. */
export type Acting = Pick<Scope, 'tx' | 'workspaceId' | 'now' | 'newId' | 'audit'> & { label: string; userId: string | null; from: LogOrigin; mailing: Mailing | null };

export const originOf = (context: Context): LogOrigin => (context.actor?.kind === 'token' ? 'api' : 'hand');

export const acting = (scope: Scope, from: LogOrigin): Acting => ({ ...scope, label: scope.me.label, userId: scope.me.userId, from, mailing: scope });
