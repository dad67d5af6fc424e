import type { Auth } from '../platform/auth/auth';
import { hashSecret } from '../platform/crypto/secrets';
import type { Actor, Services } from '../platform/rpc/context';
import { tokenActor } from '../features/workspace/public';

/** Who sends this request: an API token's bearer, an account's session, or nobody. A bad token is nobody, even beside a good cookie. */
export const actorOf = async (request: Request, services: Services, auth: Auth): Promise<Actor | null> => {
  const header = request.headers.get('authorization');
  if (header !== null) {
    const secret = /^Bearer (lst_[\w-]{20,})$/.exec(header)?.[1];
    return secret ? tokenActor(services, hashSecret(secret)) : null;
  }
  const found = await auth.api.getSession({ headers: request.headers, query: { disableRefresh: services.db.readOnly() } });
  return found ? { kind: 'account', userId: found.user.id, name: found.user.name, email: found.user.email } : null;
};
