import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Standard Webhooks 1.0.0: the headers and the symmetric scheme, HMAC-SHA256 over `id.timestamp.body`. */
export const WEBHOOK_HEADERS = { id: 'webhook-id', timestamp: 'webhook-timestamp', signature: 'webhook-signature' } as const;

const PREFIX = 'whsec_';
/** Seconds by which the clocks of sender and receiver may differ. */
export const TOLERANCE_S = 5 * 60;

/** 32 random bytes, written as the standard does. */
export const newWebhookSecret = (): string => `${PREFIX}${randomBytes(32).toString('base64')}`;

const signature = (secret: string, id: string, timestamp: string, body: string): Buffer =>
  createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64')).update(`${id}.${timestamp}.${body}`).digest();

/** The three headers of one try. @param at when this try is made, in milliseconds; the id stays the same over all tries */
export const signedHeaders = (secret: string, id: string, at: number, body: string): Record<string, string> => {
  const timestamp = String(Math.floor(at / 1000));
  return { [WEBHOOK_HEADERS.id]: id, [WEBHOOK_HEADERS.timestamp]: timestamp, [WEBHOOK_HEADERS.signature]: `v1,${signature(secret, id, timestamp, body).toString('base64')}` };
};

export type Verdict = 'good' | 'incomplete' | 'forged' | 'stale';

/** Checks a message as it came in. Several signatures, split by spaces, are allowed while a secret is being changed: one good one is enough. */
export const verifyMessage = (secret: string, headers: Headers, body: string, now: number): Verdict => {
  const id = headers.get(WEBHOOK_HEADERS.id) ?? '';
  const timestamp = headers.get(WEBHOOK_HEADERS.timestamp) ?? '';
  const given = (headers.get(WEBHOOK_HEADERS.signature) ?? '').split(' ').filter((one) => one.startsWith('v1,'));
  if (!/^[^\s.]{1,200}$/u.test(id) || !/^\d{1,12}$/u.test(timestamp) || given.length === 0) return 'incomplete';
  const wanted = signature(secret, id, timestamp, body);
  const matches = given.slice(0, 5).map((one) => Buffer.from(one.slice(3), 'base64')).filter((bytes) => bytes.length === wanted.length && timingSafeEqual(bytes, wanted));
  if (matches.length === 0) return 'forged';
  return Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_S ? 'stale' : 'good';
};
