import { oc } from '@orpc/contract';
import { z } from 'zod';

/** What every refusal tells besides its message: whether anything was saved, and what to do. */
export const refusalData = z.object({
  saved: z.boolean(),
  todo: z.string(),
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type RefusalData = z.infer<typeof refusalData>;

const refusal = (status: number, message: string) => ({ status, message, data: refusalData });

/** The start of every contract: the refusals any call may meet, so that the API document names them. */
export const api = oc.errors({
  NOT_SIGNED_IN: refusal(401, 'You are not signed in.'),
  FORBIDDEN: refusal(403, 'Your role does not allow this.'),
  NOT_FOUND: refusal(404, 'There is no such thing here.'),
  CONFLICT: refusal(409, 'This does not fit what is already there.'),
  CHANGED_MEANWHILE: refusal(409, 'Somebody changed this meanwhile.'),
  GONE: refusal(410, 'This is no longer there.'),
  TOO_LARGE: refusal(413, 'This is too large.'),
  INVALID: refusal(422, 'This could not be accepted.'),
  TOO_MANY: refusal(429, 'Too many attempts.'),
  BUSY: refusal(503, 'Something larger is being written just now.'),
  DISK_FULL: refusal(507, 'The disk of this server is full.'),
});
