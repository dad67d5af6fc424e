/** What may be said of an unexpected failure: its kind. */
export const faultKind = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? ` ${cause.code}` : '';
  return `${cause instanceof Error ? cause.name : 'unknown'}${code}`;
};

/** Drizzle's message quotes every parameter of the failed statement, PostgreSQL's own may quote a value. */
const quotesData = (error: Error): boolean => ('query' in error && 'params' in error) || 'severity' in error;

/**
 * For the log: the message, unless it quotes what was being saved, which may be names, mails or answers; then the kind
 * and the places in the program alone.
 */
export const describeFault = (error: unknown): { fault: string; stack?: string } => {
  if (!(error instanceof Error)) return { fault: 'unknown' };
  if (!quotesData(error)) return { fault: error.message, stack: error.stack };
  const places = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)).join('\n');
  return { fault: faultKind(error), ...(places ? { stack: places } : {}) };
};
