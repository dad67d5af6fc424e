import { createHash, randomBytes } from 'node:crypto';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { ADDRESS_HEADER } from './headers';
import { createGuessGuard, type Guess, type GuessGuard } from './guess-guard';

/** Says that somebody signed in to one account with this browser; signed, and worth nothing without the password. */
const COOKIE = 'lockstep.browser';
const SIGN_IN = '/sign-in/email';
const HALF_A_YEAR_S = 180 * 24 * 60 * 60;

const folded = (email: unknown): string => String(email ?? '').normalize('NFKC').trim().toLowerCase();
const accountKey = (email: unknown): string => createHash('sha256').update(folded(email)).digest('base64url').slice(0, 22);

type Asking = { body?: unknown; headers?: Headers; secret: string; getSignedCookie(key: string, secret: string): Promise<string | false | null> };

const emailIn = (body: unknown): unknown => (typeof body === 'object' && body !== null && 'email' in body ? body.email : '');

const guessOf = async ({ body, headers, secret, getSignedCookie }: Asking): Promise<Guess> => {
  const account = accountKey(emailIn(body));
  const [owner, browser] = ((await getSignedCookie(COOKIE, secret)) || '').split('.');
  if (browser && owner === account) return { account, place: browser, known: true };
  return { account, place: headers?.get(ADDRESS_HEADER) ?? 'unknown', known: false };
};

/** The library's hooks that count sign-ins per account, whether or not there is such an account. */
export const createSignInGuard = (secure: boolean, now: () => Date, guard: GuessGuard = createGuessGuard()) => ({
  before: createAuthMiddleware(async (ctx) => {
    if (ctx.path !== SIGN_IN) return;
    const wait = guard.admit(await guessOf({ body: ctx.body, headers: ctx.headers, secret: ctx.context.secret, getSignedCookie: ctx.getSignedCookie }), now());
    if (wait === 0) return;
    const seconds = String(Math.ceil(wait / 1_000));
    throw new APIError('TOO_MANY_REQUESTS', { code: 'TOO_MANY_TRIES', message: `Too many tries to sign in to this account. Try again in ${seconds} seconds.` }, { 'retry-after': seconds });
  }),
  after: createAuthMiddleware(async (ctx) => {
    const session = ctx.context.newSession;
    if (!session || (ctx.path !== SIGN_IN && ctx.path !== '/sign-up/email')) return;
    const guess = await guessOf({ body: ctx.body, headers: ctx.headers, secret: ctx.context.secret, getSignedCookie: ctx.getSignedCookie });
    guard.passed(guess);
    const browser = guess.known ? guess.place : randomBytes(16).toString('base64url');
    await ctx.setSignedCookie(COOKIE, `${accountKey(session.user.email)}.${browser}`, ctx.context.secret, { httpOnly: true, sameSite: 'lax', secure, path: '/api/auth', maxAge: HALF_A_YEAR_S });
  }),
  forgive: (email: string) => guard.forgive(accountKey(email)),
});
