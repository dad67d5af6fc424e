import { generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the next ID token is made; whatever is missing is as it should be. */
export type Issue = { key: KeyObject; issuer?: string; audience?: string; nonce?: string; alg?: 'none' };
type Who = { sub: string; email: string; email_verified: boolean; name: string };
export type IdentityProvider = {
  url: string;
  /** Who signs in there; may be changed between two sign-ins. */
  who: Who;
  right: KeyObject;
  wrong: KeyObject;
  issues(next: Issue): void;
  /** The next that come to its sign-in page are sent back with this error (RFC 6749, 4.1.2.1); null lets them in. */
  refuses(error: string | null): void;
  stop(): Promise<void>;
};

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An OpenID provider on a port of its own: discovery, keys, a sign-in page that asks nothing, authorisation code, token. Whether the client keeps to PKCE is not checked. */
export const startIdentityProvider = async (): Promise<IdentityProvider> => {
  const right = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const wrong = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let issue: Issue = { key: right.privateKey };
  let refusal: string | null = null;
  let url = '';
  const idToken = () => {
    const now = Math.floor(Date.now() / 1000);
    const head = `${part(issue.alg ? { alg: 'none' } : { alg: 'RS256', kid: 'one' })}.${part({ ...self.who, iss: issue.issuer ?? url, aud: issue.audience ?? 'lockstep', iat: now, exp: now + 300, ...(issue.nonce ? { nonce: issue.nonce } : {}) })}`;
    return `${head}.${issue.alg ? '' : sign('RSA-SHA256', Buffer.from(head), issue.key).toString('base64url')}`;
  };
  const answers: Record<string, () => unknown> = {
    '/.well-known/openid-configuration': () => ({ issuer: url, authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token`, jwks_uri: `${url}/keys`, id_token_signing_alg_values_supported: ['RS256'], response_types_supported: ['code'], subject_types_supported: ['public'] }),
    '/keys': () => ({ keys: [{ ...right.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] }),
    '/token': () => ({ access_token: 'of no use', token_type: 'Bearer', expires_in: 300, id_token: idToken() }),
  };
  /** Where the browser is sent back to from the sign-in page. */
  const leave = (asked: URLSearchParams): string => {
    const nonce = asked.get('nonce');
    issue = { key: right.privateKey, ...(nonce ? { nonce } : {}) };
    const back = new URL(asked.get('redirect_uri') ?? '');
    back.search = new URLSearchParams({ state: asked.get('state') ?? '', ...(refusal === null ? { code: 'abc' } : { error: refusal }) }).toString();
    return back.href;
  };
  const server: Server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', url);
    if (asked.pathname === '/authorize') return void response.writeHead(302, { location: leave(asked.searchParams) }).end();
    const answer = answers[asked.pathname];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer?.() ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const self: IdentityProvider = {
    url, right: right.privateKey, wrong: wrong.privateKey,
    who: { sub: randomUUID(), email: 'ida@company.example', email_verified: true, name: 'Ida' },
    issues: (next) => void (issue = next),
    refuses: (error) => void (refusal = error),
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
  return self;
};
