import { ORPCError } from '@orpc/server';
import type { RefusalData } from '../../lib/api';


const refusal = (code: string, status: number, message: string, todo: string, fields?: RefusalData['fields'], cause?: unknown) =>
  new ORPCError<string, RefusalData>(code, { status, message, data: { saved: false, todo, ...(fields ? { fields } : {}) }, ...(cause === undefined ? {} : { cause }) });

/** One place for every refusal: stable code, status, what to do. Nothing was saved in any of them. */
export const refuse = {
  notSignedIn: () => refusal('NOT_SIGNED_IN', 401, 'You are not signed in, or your session has ended.', 'Sign in and try again.'),
  /** Also used for things of another workspace: whether they exist is nobody's business. */
  notFound: (what: string) => refusal('NOT_FOUND', 404, `There is no such ${what} here.`, 'Go back and reload the list; it may have been removed.'),
  forbidden: (what: string, todo = 'Ask an owner or admin of this workspace.') => refusal('FORBIDDEN', 403, `Your role does not allow you to ${what}.`, todo),
  conflict: (message: string, todo: string) => refusal('CONFLICT', 409, message, todo),
  changedMeanwhile: (what: string) =>
    refusal('CHANGED_MEANWHILE', 409, `Somebody changed this ${what} while you were editing it.`, 'Reload to see their change, then make yours again.'),
  invalid: (message: string, todo: string, fields?: RefusalData['fields']) => refusal('INVALID', 422, message, todo, fields),
  tooLarge: (message: string, todo: string) => refusal('TOO_LARGE', 413, message, todo),
  tooMany: (todo: string) => refusal('TOO_MANY', 429, 'Too many attempts in a short time.', todo),
  /** A message of a machine whose signature, or its time, does not hold. */
  unsigned: (message: string) => refusal('UNSIGNED', 401, `${message} Nothing was saved.`, 'See docs/webhooks.md for how messages are signed.'),
  busy: () => refusal('BUSY', 503, 'Something larger is being written just now. Nothing was saved.', 'Send it again in a minute.'),
  /** Everybody waits for the database. @param cause what was met, for jobs that try again by themselves */
  crowded: (cause?: unknown) => refusal('BUSY', 503, 'The server has more to do just now than it can at once. Nothing was saved.', 'Try again in a few seconds.', undefined, cause),
  /** RFC 4918 §11.5, Insufficient Storage. */
  diskFull: () => refusal('DISK_FULL', 507, 'The disk of this server is almost full, so nothing new is kept just now. Nothing was saved; everything saved before can be read.', 'Tell whoever runs this server to make room on its disk. Saving then works again by itself: try again.'),
  gone: (message: string, todo: string) => refusal('GONE', 410, message, todo),
};
