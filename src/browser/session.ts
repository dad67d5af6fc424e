/** `status` 0: the server could not be reached. */
export type SignInOutcome = { ok: true } | { ok: false; status: number; code: string; message: string };

const unreachable: SignInOutcome = { ok: false, status: 0, code: 'UNREACHABLE', message: '' };

const refused = async (response: Response): Promise<SignInOutcome> => {
  const answer = (await response.json().catch(() => ({}))) as { message?: string; code?: string };
  return { ok: false, status: response.status, code: answer.code ?? '', message: answer.message ?? '' };
};

/** Never throws: what went wrong is in the outcome. */
const post = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<SignInOutcome> => {
  const response = await fetch(`/api/auth${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }).catch(() => null);
  if (!response) return unreachable;
  return response.ok ? { ok: true } : refused(response);
};

export const signIn = (email: string, password: string) => post('/sign-in/email', { email, password });
/** The invitation's secret travels in a header while an account is opened. */
export const signUp = (name: string, email: string, password: string, invitation: string | null) =>
  post('/sign-up/email', { name, email, password }, invitation ? { 'x-lockstep-invitation': invitation } : {});
/** Whose session this browser holds by now; null for nobody's, or where the server cannot be reached. */
export const signedInAs = async (): Promise<string | null> => {
  const answer = (await fetch('/api/auth/get-session').then((response) => (response.ok ? response.json() : null)).catch(() => null)) as { user?: { email?: string } } | null;
  return answer?.user?.email ?? null;
};
export const signOut = () => post('/sign-out', {});
export const askForReset = (email: string) => post('/request-password-reset', { email, redirectTo: '/new-password' });
export const setPassword = (token: string, newPassword: string) => post('/reset-password', { token, newPassword });

/** Leaves for the identity provider; comes back to `returnTo` signed in, else to `refusedTo` with an `error` in the address. */
export const signInWithProvider = async (returnTo: string, refusedTo: string): Promise<SignInOutcome> => {
  const response = await fetch('/api/auth/sign-in/social', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ provider: 'oidc', callbackURL: returnTo, errorCallbackURL: refusedTo }) }).catch(() => null);
  if (!response) return unreachable;
  if (!response.ok) return refused(response);
  const answer = (await response.json().catch(() => ({}))) as { url?: string };
  if (!answer.url) return { ok: false, status: response.status, code: '', message: '' };
  location.assign(answer.url);
  return { ok: true };
};
