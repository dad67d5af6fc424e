import { randomUUID } from 'node:crypto';
import { drizzle } from 'drizzle-orm/node-postgres';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { genericOAuth } from 'better-auth/plugins';
import type { Config } from '../config/config';
import type { Database } from '../db/database';
import { ADDRESS_HEADER, INVITATION_HEADER } from './headers';
import { createSignInGuard } from './sign-in-guard';
import { account, session, user, verification } from './schema';

export type AuthHooks = {
  /** Who may open an account: the first person, and those with a valid invitation. */
  maySignUp(email: string, invitation: string | null): Promise<boolean>;
  sendAccountMail(kind: 'reset', to: string, link: string): Promise<void>;
  /** The system's clock unless given. */
  now?(): Date;
};

export type Auth = ReturnType<typeof createAuth>;

/** Routes of the library that no page of ours calls; what is switched off cannot be attacked. */
const UNUSED = ['/verify-password', '/verify-email', '/send-verification-email', '/change-email', '/update-session', '/delete-user', '/delete-user/callback', '/link-social', '/unlink-account', '/list-accounts', '/refresh-token', '/get-access-token', '/account-info'];

/** Accounts by e-mail and password, and by one OpenID Connect provider when configured. There is no default account. */
export const createAuth = (config: Config, db: Database, secret: string, hooks: AuthHooks) => {
  const guard = createSignInGuard(config.baseUrl.startsWith('https://'), hooks.now ?? (() => new Date()));
  return betterAuth({
    logger: { disabled: true },
    appName: 'Lockstep',
    baseURL: config.baseUrl,
    basePath: '/api/auth',
    secret,
    telemetry: { enabled: false },
    disabledPaths: UNUSED,
    // The library has a page of its own for what went wrong at the identity provider; ours says what to do.
    onAPIError: { errorURL: `${config.baseUrl.replace(/\/$/, '')}/sign-in` },
    database: drizzleAdapter(drizzle(db.pool), { provider: 'pg', schema: { user, session, account, verification } }),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 10,
      maxPasswordLength: 200,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 3600,
      onPasswordReset: async ({ user: owner }) => guard.forgive(owner.email),
      sendResetPassword: ({ user: to, url }) => hooks.sendAccountMail('reset', to.email, url),
    },
    session: { expiresIn: 60 * 60 * 24 * 14, updateAge: 60 * 60 * 24, cookieCache: { enabled: false } },
    user: { deleteUser: { enabled: false }, changeEmail: { enabled: false } },
    rateLimit: { enabled: true, window: 60, max: 100, customRules: { '/sign-in/email': { window: 60, max: 10 }, '/sign-up/email': { window: 60, max: 10 }, '/request-password-reset': { window: 60, max: 5 } } },
    advanced: {
      // Said outright, since the library switches both off where it believes itself under test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      database: { generateId: () => randomUUID() },
      useSecureCookies: config.baseUrl.startsWith('https://'),
      cookiePrefix: 'lockstep',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    hooks: {
      before: createAuthMiddleware(async (ctx) => {
        await guard.before(ctx);
        if (ctx.path !== '/sign-up/email') return;
        const email = String((ctx.body as { email?: unknown } | undefined)?.email ?? '');
        if (!(await hooks.maySignUp(email, ctx.headers?.get(INVITATION_HEADER) ?? null)))
          throw new APIError('FORBIDDEN', {
            code: 'INVITATION_NEEDED',
            message: 'This installation is open to invited people only. Nothing was saved. Ask a workspace owner or admin for an invitation link.',
          });
      }),
      after: guard.after,
    },
    databaseHooks: {
      user: { create: { before: async (created) => ({ data: { ...created, email: created.email.normalize('NFKC').trim().toLowerCase() } }) } },
    },
    plugins: config.oidc
      ? [
          genericOAuth({
            config: [
              {
                providerId: 'oidc',
                clientId: config.oidc.clientId,
                clientSecret: config.oidc.clientSecret,
                discoveryUrl: `${config.oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
                scopes: ['openid', 'email', 'profile'],
                pkce: true,
                // Claims of a token whose signature nobody checked are anybody's claims.
                requireIdTokenVerification: true,
              },
            ],
          }),
        ]
      : [],
  });
};
