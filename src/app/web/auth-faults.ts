import type { SignInOutcome } from '../../browser/session';
import { t } from './text';

type Failure = Extract<SignInOutcome, { ok: false }>;

const common = ({ status, message }: Failure): string | null => {
  if (status === 0) return t('auth.offline');
  if (status === 429) return t('auth.tooMany');
  // A full disk has a mend of its own, and the server names it.
  if (status === 507 && message !== '') return message;
  if (status >= 500) return t('auth.server');
  return null;
};

/** Why signing in did not work, and what to do. Whether an address has an account is not told. */
export const signInFault = (failure: Failure): string => common(failure) ?? t('signIn.failed');

/** Why the identity provider's way in was not open, and what to do. */
export const providerFault = (failure: Failure): string => common(failure) ?? t('signIn.provider.failed');

/**
 * What an `error` in the address says that one came back with from the identity provider; '' without one.
 * Codes: RFC 6749, 4.1.2.1 (from the provider) and those of better-auth's OAuth callback.
 */
export const returnedFault = (code: string | null): string => {
  if (!code) return '';
  if (code === 'access_denied') return t('signIn.provider.refused');
  if (code === 'account_not_linked') return t('signIn.provider.hasPassword');
  if (code === 'email_not_found') return t('signIn.provider.noEmail');
  return t('signIn.provider.failed');
};

/** Why an account was not opened, and what to do. */
export const signUpFault = (failure: Failure): string => {
  const known = common(failure);
  if (known) return known;
  if (failure.code === 'INVITATION_NEEDED') return t('signUp.invitationNeeded');
  if (failure.code.startsWith('USER_ALREADY_EXISTS')) return t('signUp.exists');
  return t('signUp.failed', { reason: failure.message });
};

export const resetFault = (failure: Failure): string => common(failure) ?? t('newPassword.failed');
