import { createHmac } from 'node:crypto';

/**
 * A person's way in: computed from the wave's secret and the invitation's id whenever a link is sent, and never stored, so
 * that a copy of the database opens nobody's link.
 */
const mac = (secret: Buffer, use: string, invitationId: string): Buffer => createHmac('sha256', secret).update(`lockstep-${use}-1|${invitationId}`).digest();

/** 128 bits, base64url. */
export const linkToken = (secret: Buffer, invitationId: string): string => mac(secret, 'link', invitationId).subarray(0, 16).toString('base64url');

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LETTERS = 12;

/** 60 bits as 12 characters of Crockford's base32, which has no I, L, O or U to misread. */
export const shortCode = (secret: Buffer, invitationId: string): string => {
  const bits = mac(secret, 'code', invitationId).readBigUInt64BE();
  return Array.from({ length: CODE_LETTERS }, (_, at) => CROCKFORD.charAt(Number((bits >> BigInt(59 - 5 * at)) & 31n))).join('');
};

/** The link as it is sent. `h` is the hash of the wave's public list. */
export const linkOf = (baseUrl: string, waveId: string, token: string, h: string): string => `${baseUrl}/a#${waveId}.${token}.${h}`;

/** As printed and read aloud: three groups of four. */
export const codeAsPrinted = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');
