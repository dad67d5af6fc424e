/** Connections lost, the server stopping or out of room, two transactions in each other's way (PostgreSQL, appendix A). */
const PASSING = /^(08|40|53|57|58)|^55P03$|^ECONN|^EPIPE$|^ETIMEDOUT$/u;

const codesOf = (error: unknown): string[] => {
  const codes: string[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') codes.push(at.code);
    if (/Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/u.test(at.message)) codes.push('ECONNRESET');
  }
  return codes;
};

/** Whether the database may well do the same in a moment: it restarts, is full of work, or the network broke. */
export const isPassingFault = (error: unknown): boolean => codesOf(error).some((code) => PASSING.test(code));

/** Every connection was in use for as long as anybody waits for one (the words of pg-pool); nothing had begun. */
export const isPoolBusy = (error: unknown): boolean => {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (at.message === 'timeout exceeded when trying to connect') return true;
  return false;
};
