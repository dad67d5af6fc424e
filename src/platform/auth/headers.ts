/** Set by the server from the socket (or a trusted proxy) and stripped from what clients send; limits sign-in attempts. */
export const ADDRESS_HEADER = 'x-lockstep-address';

/** The invitation's secret travels in this header while an account is opened. */
export const INVITATION_HEADER = 'x-lockstep-invitation';
