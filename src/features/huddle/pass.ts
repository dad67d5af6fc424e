import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * A seat's pass: who it is, and a proof made of the Huddle's secret. It is never stored, so that a copy of the database opens no seat, and the keys that
 * notes and votes are known by cannot be made again without it.
 */
export type Pass = { workspace: string; huddle: string; seat: string; mac: Buffer };

const UUID_BYTES = 16;
const MAC_BYTES = 16;

export const newHuddleSecret = (): string => randomBytes(32).toString('base64url');

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');
const uuidOf = (bytes: Buffer): string => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');

/** A pass is its seat's for good. A ticket lies in a link that whoever leads hands out, and is exchanged for the pass by one device. */
const KINDS = { pass: { prefix: 'lsp_', label: 'lockstep-seat-1' }, ticket: { prefix: 'lsi_', label: 'lockstep-ticket-1' } } as const;
type Kind = keyof typeof KINDS;

const macOf = (kind: Kind, secret: string, huddle: string, seat: string): Buffer => createHmac('sha256', secret).update(`${KINDS[kind].label}|${huddle}|${seat}`).digest().subarray(0, MAC_BYTES);

const write = (kind: Kind) => (secret: string, { workspace, huddle, seat }: Omit<Pass, 'mac'>): string =>
  KINDS[kind].prefix + Buffer.concat([bytesOf(workspace), bytesOf(huddle), bytesOf(seat), macOf(kind, secret, huddle, seat)]).toString('base64url');
export const passFor = write('pass');
export const ticketFor = write('ticket');

const read = (kind: Kind) => (text: string): Pass | undefined => {
  const { prefix } = KINDS[kind];
  if (!text.startsWith(prefix) || !/^[\w-]{86}$/u.test(text.slice(prefix.length))) return undefined;
  const bytes = Buffer.from(text.slice(prefix.length), 'base64url');
  const part = (at: number) => uuidOf(bytes.subarray(at * UUID_BYTES, (at + 1) * UUID_BYTES));
  return { workspace: part(0), huddle: part(1), seat: part(2), mac: bytes.subarray(3 * UUID_BYTES) };
};
/** Undefined for what is no pass at all. Whether its proof holds is `holds`. */
export const readPass = read('pass');
export const readTicket = read('ticket');

const proves = (kind: Kind) => (secret: string, { huddle, seat, mac }: Pass): boolean => timingSafeEqual(macOf(kind, secret, huddle, seat), mac);
export const holds = proves('pass');
export const holdsTicket = proves('ticket');

/** Makes the key a thing of this seat is known by. */
export const signerOf = (mac: Buffer) => (thing: string): string => createHmac('sha256', mac).update(thing).digest().subarray(0, 16).toString('base64url');

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LETTERS = 8;

/** 40 bits in Crockford's base32, which has no I, L, O or U to misread. */
export const newCode = (): string => Array.from(randomBytes(CODE_LETTERS), (byte) => LETTERS.charAt(byte & 31)).join('');

/** What somebody typed, as the code it means. */
export const asCode = (typed: string): string => typed.toUpperCase().replace(/[\s-]/gu, '').replaceAll('O', '0').replace(/[IL]/gu, '1');

/** The same uuid for the same words, so that doing something twice does it once. */
export const uuidFor = (...words: string[]): string => {
  const bytes = createHash('sha256').update(words.join('|')).digest().subarray(0, UUID_BYTES);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return uuidOf(bytes);
};
