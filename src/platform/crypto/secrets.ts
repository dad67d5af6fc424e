import { createHash, randomBytes } from 'node:crypto';

/** A secret for a link or a token: 256 random bits, base64url, with a prefix that scanners of leaked secrets recognise. */
export const newSecret = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`;

/** Only this hash is stored. The secret has full entropy, so a plain SHA-256 suffices. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
